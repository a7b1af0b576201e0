// A campaign before it begins: what for, for whom, and what it sends.
import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { type Campaign, createCampaign, updateCampaign } from "@guanxi/client/gen/guanxi";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Button, DatePicker, Drawer, Flex, Form, Input, InputNumber, Select, Typography } from "antd";
import { useState } from "react";
import { ifMatch, once, queries, renewIfChanged, useOnce } from "../api/api.ts";
import { useMay, useMe } from "../api/session.ts";
import { useLabel } from "../text/texts.ts";
import { AudiencePreview } from "./audience.tsx";
import { plansQuery, segmentsQuery, templatesQuery } from "./data.ts";
import { PlanForm } from "./plan-form.tsx";
import { Differences, Refused } from "./refused.tsx";
import { isShown, useShown } from "./shown.ts";
import { TemplateForm } from "./template-form.tsx";
import { audienceOf, changedParts, currencyOf, inputOf, patchOf, type Values, valuesOf } from "./values.ts";
import { useCampaigns } from "./words.ts";

export function CampaignForm({ campaign, onEnd }: { campaign?: Campaign; onEnd: () => void }) {
  const say = useCampaigns();
  const navigate = useNavigate();
  const { tenant } = useMe();
  const [form] = Form.useForm<Values>();
  const [beside, setBeside] = useState<"plan" | "template">();
  // What is written here was made of this version, whatever the page reads meanwhile.
  const [base] = useState(campaign);
  const onceFor = useOnce();
  const currency = currencyOf(base, tenant.currencyCode);
  const keep = useMutation({
    mutationFn: ({ mine, over }: { mine: Values; over: Campaign | undefined }) => {
      if (!base || !over) {
        const input = inputOf(mine, currency);
        return createCampaign(input, onceFor(input));
      }
      const parts = changedParts(valuesOf(base), mine);
      if (parts.length === 0) return Promise.resolve(over);
      const patch = patchOf(mine, valuesOf(over), parts, currency);
      return updateCampaign(base.campaignId, patch, { ...ifMatch(over.etag), ...once() });
    },
    onSuccess: async ({ campaignId }) => {
      await queries.invalidateQueries({ queryKey: ["campaigns"] });
      onEnd();
      await navigate({ to: "/campaigns/$campaignId", params: { campaignId } });
    },
    onError: (error) => renewIfChanged(error),
  });
  // Also what the form does not show.
  const save = (over: Campaign | undefined) =>
    keep.mutate({ mine: form.getFieldsValue(true) as Values, over });
  return (
    <Drawer
      open
      mask={{ closable: false }}
      size={640}
      onClose={onEnd}
      title={campaign?.name ?? say("create")}
      extra={
        <Button type="primary" loading={keep.isPending} onClick={() => form.submit()}>
          {say("save")}
        </Button>
      }
    >
      <Form<Values>
        name="campaign"
        form={form}
        layout="vertical"
        initialValues={
          campaign ? valuesOf(campaign) : { description: "", kind: "", steps: [{ waitDays: 0 }] }
        }
        onFinish={() => save(base)}
      >
        <Form.Item name="name" label={say("name")} rules={[{ required: true }]}>
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item name="kind" label={say("kind")}>
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item name="description" label={say("description")}>
          <Input.TextArea rows={2} maxLength={4000} />
        </Form.Item>
        <Target onNew={() => setBeside("plan")} />
        <Audience />
        <Steps onNewTemplate={() => setBeside("template")} />
        <Flex gap={16} wrap>
          <Form.Item name="period" label={say("period")}>
            <DatePicker.RangePicker allowEmpty={[true, true]} />
          </Form.Item>
          <Form.Item name="budget" label={`${say("budget")} (${currency})`}>
            <InputNumber<string> stringMode min="0" style={{ width: 160 }} />
          </Form.Item>
        </Flex>
        {keep.error && (
          <Refused
            error={keep.error}
            base={base}
            now={campaign}
            differences={(base, now) => <Theirs base={base} now={now} mine={keep.variables.mine} />}
            over={save}
            leave={onEnd}
          />
        )}
      </Form>
      {beside === "plan" && (
        <PlanForm
          onEnd={(target) => {
            setBeside(undefined);
            if (target) form.setFieldValue("target", target);
          }}
        />
      )}
      {beside === "template" && <TemplateForm onEnd={() => setBeside(undefined)} />}
    </Drawer>
  );
}

/** What somebody else has made of it since, beside one's own. */
function Theirs({ base, now, mine }: { base: Campaign; now: Campaign; mine: Values }) {
  const { labelOf, shown } = useShown(base);
  const [before, theirs] = [valuesOf(base), valuesOf(now)];
  const own = new Set(changedParts(before, mine));
  const parts = changedParts(before, theirs).filter(isShown);
  return (
    <Differences
      all={parts.map((part) => ({
        field: labelOf(part),
        theirs: shown(part, theirs),
        ...(own.has(part) && { mine: shown(part, mine) }),
      }))}
    />
  );
}

function Target({ onNew }: { onNew: () => void }) {
  const say = useCampaigns();
  const may = useMay();
  const { data: plans = [] } = useQuery(plansQuery);
  const { data: segments = [] } = useQuery(segmentsQuery);
  const nameOf = (id: string) => segments.find(({ segmentId }) => segmentId === id)?.name ?? "…";
  return (
    <Flex gap={8} align="flex-end">
      <Form.Item
        name="target"
        label={say("target")}
        tooltip={say("targetHint")}
        rules={[{ required: true }]}
        style={{ flex: 1, minWidth: 0 }}
      >
        <Select
          showSearch={{ optionFilterProp: "label" }}
          options={plans.map(({ planId, name, targets }) => ({
            label: name,
            title: name,
            options: targets.map(({ targetId, segmentId }) => ({
              value: `${planId}/${targetId}`,
              label: `${name} · ${nameOf(segmentId)}`,
            })),
          }))}
        />
      </Form.Item>
      {may("marketing_plan", "create") && (
        <Form.Item>
          <Button icon={<PlusOutlined />} onClick={onNew}>
            {say("newTarget")}
          </Button>
        </Form.Item>
      )}
    </Flex>
  );
}

function Audience() {
  const say = useCampaigns();
  const form = Form.useFormInstance<Values>();
  const { segmentIds, excludedSegmentIds, condition } = Form.useWatch([], form) ?? {};
  const { data: segments = [] } = useQuery(segmentsQuery);
  const label = useLabel();
  // One that is still being computed has no members to speak of, and a launch would be held up by it.
  const options = segments.map(({ segmentId, name, state }) => ({
    value: segmentId,
    label: state === "STATE_ACTIVE" ? name : `${name} (${label("SegmentState", state)})`,
    disabled: state !== "STATE_ACTIVE",
  }));
  return (
    <section aria-label={say("audience")}>
      <Typography.Title level={2} style={{ fontSize: 16 }}>
        {say("audience")}
      </Typography.Title>
      <Form.Item name="segmentIds" label={say("include")} rules={[{ required: true }]}>
        <Select mode="multiple" showSearch={{ optionFilterProp: "label" }} options={options} />
      </Form.Item>
      <Form.Item name="excludedSegmentIds" label={say("exclude")}>
        <Select mode="multiple" showSearch={{ optionFilterProp: "label" }} options={options} />
      </Form.Item>
      <Form.Item name="condition" label={say("condition")} extra={say("conditionHint")}>
        <Input style={{ fontFamily: "monospace" }} />
      </Form.Item>
      <AudiencePreview
        audience={audienceOf({ ...form.getFieldsValue(true), segmentIds, excludedSegmentIds, condition })}
      />
    </section>
  );
}

function Steps({ onNewTemplate }: { onNewTemplate: () => void }) {
  const say = useCampaigns();
  const may = useMay();
  const { data: templates = [] } = useQuery(templatesQuery);
  return (
    <section aria-label={say("steps")} style={{ marginTop: 24 }}>
      <Flex justify="space-between" align="center">
        <Typography.Title level={2} style={{ fontSize: 16 }}>
          {say("steps")}
        </Typography.Title>
        {may("message_template", "create") && (
          <Button icon={<PlusOutlined />} onClick={onNewTemplate}>
            {say("newTemplate")}
          </Button>
        )}
      </Flex>
      <Form.List name="steps">
        {(fields, { add, remove }) => (
          <>
            {fields.map(({ key, name }) => (
              <Flex key={key} gap={8} align="flex-end">
                <Form.Item
                  name={[name, "templateId"]}
                  label={`${say("step", { step: name + 1 })} · ${say("template")}`}
                  style={{ flex: 1, minWidth: 0 }}
                  extra={templates.length === 0 && say("noTemplates")}
                  rules={[{ required: true, message: say("noSteps") }]}
                >
                  <Select
                    showSearch={{ optionFilterProp: "label" }}
                    options={templates.map(({ templateId, name }) => ({ value: templateId, label: name }))}
                  />
                </Form.Item>
                <Form.Item name={[name, "waitDays"]} label={say("waitDays")}>
                  <InputNumber min={0} max={365} precision={0} />
                </Form.Item>
                <Form.Item>
                  <Button
                    icon={<DeleteOutlined />}
                    aria-label={say("removeStep", { step: name + 1 })}
                    onClick={() => remove(name)}
                  />
                </Form.Item>
              </Flex>
            ))}
            <Form.Item>
              <Button icon={<PlusOutlined />} onClick={() => add({ waitDays: 0 })}>
                {say("addStep")}
              </Button>
            </Form.Item>
          </>
        )}
      </Form.List>
    </section>
  );
}
