// A lead becomes a customer, a contact and an opportunity: into which customer, and what the opportunity is.
import { type ConvertLeadBody, convertLead, findDuplicates, type Lead } from "@guanxi/client/gen/guanxi";
import { useQuery } from "@tanstack/react-query";
import { Alert, Flex, Form, Input, Modal, Radio, Select, Spin, Switch, Typography } from "antd";
import { useState } from "react";
import { ifMatch, once } from "../api/api.ts";
import { useMay, useMe } from "../api/session.ts";
import { Problem } from "../ui/problem.tsx";
import { CustomerPicker } from "../ui/customer-picker.tsx";
import { useUi } from "../ui/words.ts";
import { chosenPipeline, usePipelines } from "./data.ts";
import { dayOf, dayText } from "./days.ts";
import { AmountInput, DayInput } from "./editors.tsx";
import { candidateOf, NEW, OTHER, startOf } from "./into.ts";
import { leadChanged, useLead } from "./lead-data.ts";
import { nameOfLead } from "./lead-moves.ts";
import { useLeadWords } from "./lead-words.ts";
import { ConversionResult } from "./conversion.tsx";
import { moneyOf, typedOf } from "../text/money.ts";
import { usePipelineName } from "./stage-name.ts";

interface Props {
  lead: Lead;
  onClose: () => void;
}

interface Entered {
  /** NEW, OTHER, or the id of a customer that looks alike. */
  into: string;
  otherId?: string;
  withOpportunity: boolean;
  opportunityName?: string;
  amount?: string;
  expectedCloseDate?: string;
  pipelineId?: string;
}

export function ConvertDialog({ lead, onClose }: Props) {
  const say = useLeadWords();
  const ui = useUi();
  const { tenant } = useMe();
  const [form] = Form.useForm<Entered>();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const [sent, setSent] = useState(false);
  const latest = useLead(lead.leadId).data ?? lead;
  const convert = async (entered: Entered) => {
    setBusy(true);
    setError(undefined);
    try {
      const body = bodyOf(entered, lead.qualification?.budget?.currencyCode || tenant.currencyCode);
      await leadChanged(await convertLead(lead.leadId, body, { ...ifMatch(latest.etag), ...once() }));
      setSent(true);
    } catch (error) {
      setError(error);
    }
    setBusy(false);
  };
  const refused = latest.conversion?.state === "STATE_REFUSED";
  const showsResult = sent && !refused;
  return (
    <Modal
      open
      width={640}
      title={say("convertTitle", { name: nameOfLead(lead) })}
      okText={showsResult ? say("close") : say("convert")}
      cancelText={ui("cancel")}
      cancelButtonProps={{ style: { display: showsResult ? "none" : undefined } }}
      onCancel={onClose}
      onOk={showsResult ? onClose : form.submit}
      confirmLoading={busy}
    >
      {sent && <ConversionResult lead={latest} />}
      {!showsResult && <ConvertForm lead={lead} form={form} onFinish={(entered) => void convert(entered)} />}
      {error !== undefined && <Problem error={error} />}
    </Modal>
  );
}

interface FormProps {
  lead: Lead;
  form: ReturnType<typeof Form.useForm<Entered>>[0];
  onFinish: (entered: Entered) => void;
}

function ConvertForm({ lead, form, onFinish }: FormProps) {
  const say = useLeadWords();
  const may = useMay();
  const duplicates = useQuery({
    queryKey: ["lead", lead.leadId, "duplicates"],
    enabled: may("customer", "read"),
    queryFn: ({ signal }) => findDuplicates({ customer: candidateOf(lead) }, { signal }),
    staleTime: 0,
  });
  if (duplicates.isLoading) return <Spin style={{ display: "block", margin: "48px auto" }} />;
  const candidates = duplicates.data?.candidates.filter(({ archived }) => !archived) ?? [];
  return (
    <Form
      name="conversion"
      form={form}
      layout="vertical"
      onFinish={onFinish}
      initialValues={{
        into: startOf(candidates),
        withOpportunity: true,
        opportunityName: lead.organisationName || lead.personName,
        amount: typedOf(lead.qualification?.budget),
        expectedCloseDate: dayText(lead.qualification?.timing),
      }}
    >
      <Alert type="info" showIcon title={say("convertRule")} style={{ marginBottom: 16 }} />
      {duplicates.error && <Problem error={duplicates.error} />}
      <Into lead={lead} candidates={candidates} />
      <OpportunityInputs lead={lead} />
    </Form>
  );
}

function Into({ lead, candidates }: { lead: Lead; candidates: Parameters<typeof startOf>[0] }) {
  const say = useLeadWords();
  const into = Form.useWatch<string | undefined>("into");
  return (
    <>
      <Form.Item name="into" label={say("intoCustomer")} style={{ marginBottom: 16 }}>
        <Radio.Group>
          <Flex vertical gap={8}>
            {candidates.slice(0, 5).map(({ customerId, displayName, score, matchedFields }) => (
              <Radio key={customerId} value={customerId}>
                {displayName}
                <div>
                  <Typography.Text type="secondary">
                    {[
                      say("likely"),
                      say("likeness", { score }),
                      say("sameBy", {
                        fields: matchedFields
                          .map((field) => say(`field.${field}` as "field.name"))
                          .join(" / "),
                      }),
                    ].join(" · ")}
                  </Typography.Text>
                </div>
              </Radio>
            ))}
            <Radio value={NEW}>
              {say("intoNew", { name: lead.organisationName || lead.personName })}
              {into === NEW && (
                <div>
                  <Typography.Text type="secondary">{say("intoNewHint")}</Typography.Text>
                </div>
              )}
            </Radio>
            <Radio value={OTHER}>{say("intoOther")}</Radio>
          </Flex>
        </Radio.Group>
      </Form.Item>
      {into === OTHER && (
        <Form.Item name="otherId" rules={[{ required: true, message: say("customerMissing") }]}>
          <CustomerPicker label={say("intoOther")} />
        </Form.Item>
      )}
    </>
  );
}

function OpportunityInputs({ lead }: { lead: Lead }) {
  const say = useLeadWords();
  const { tenant } = useMe();
  const pipelines = usePipelines().data ?? [];
  const nameOf = usePipelineName();
  const wanted = Form.useWatch<boolean | undefined>("withOpportunity") ?? true;
  const wide = { flex: "1 1 200px", marginBottom: 16 };
  return (
    <>
      <Form.Item
        name="withOpportunity"
        label={say("withOpportunity")}
        valuePropName="checked"
        layout="horizontal"
        colon={false}
      >
        <Switch />
      </Form.Item>
      {wanted && (
        <Flex gap="0 16px" wrap>
          <Form.Item
            style={{ flex: "1 1 100%", marginBottom: 16 }}
            name="opportunityName"
            label={say("opportunityName")}
          >
            <Input maxLength={300} />
          </Form.Item>
          <Form.Item style={wide} name="amount" label={say("amount")}>
            <AmountInput currencyCode={lead.qualification?.budget?.currencyCode || tenant.currencyCode} />
          </Form.Item>
          <Form.Item style={wide} name="expectedCloseDate" label={say("expectedClose")}>
            <DayInput />
          </Form.Item>
          {pipelines.length > 1 && (
            <Form.Item
              style={wide}
              name="pipelineId"
              label={say("pipeline")}
              initialValue={chosenPipeline(pipelines, undefined)?.pipelineId}
            >
              <Select options={pipelines.map((each) => ({ value: each.pipelineId, label: nameOf(each) }))} />
            </Form.Item>
          )}
        </Flex>
      )}
    </>
  );
}

function bodyOf(entered: Entered, currencyCode: string): ConvertLeadBody {
  const { into, otherId = "", withOpportunity } = entered;
  const customerId = into === OTHER ? otherId : into === NEW ? "" : into;
  const opportunity = withOpportunity ? opportunityOf(entered, currencyCode) : { withoutOpportunity: true };
  return { ...(customerId && { customerId }), ...opportunity };
}

function opportunityOf(entered: Entered, currencyCode: string): ConvertLeadBody {
  const opportunityName = (entered.opportunityName ?? "").trim();
  const amount = moneyOf(entered.amount, currencyCode);
  const day = dayOf(entered.expectedCloseDate ?? "");
  return {
    ...(opportunityName && { opportunityName }),
    ...(amount && { amount }),
    ...(day && { expectedCloseDate: day }),
    ...(entered.pipelineId && { pipelineId: entered.pipelineId }),
  };
}
