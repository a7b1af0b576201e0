import {
  disqualifyLead,
  type Lead,
  LeadDisqualifyReason,
  qualifyLead,
  type QualificationInput,
  recycleLead,
} from "@guanxi/client/gen/guanxi";
import { Form, Input, Select } from "antd";
import type { ReactNode } from "react";
import { useMe } from "../api/session.ts";
import { useLabel } from "../text/texts.ts";
import { Refused } from "./conflict.tsx";
import { dayOf, dayText } from "./days.ts";
import { AmountInput, DayInput } from "./editors.tsx";
import { Rule, Saying, useBegun } from "./saying.tsx";
import { leadAgain, leadChanged } from "./lead-data.ts";
import { useLeadShown } from "./lead-fields.tsx";
import { nameOfLead } from "./lead-moves.ts";
import { useLeadWords } from "./lead-words.ts";
import { moneyOf, typedOf } from "../text/money.ts";

interface DialogProps {
  lead: Lead;
  onClose: () => void;
}

interface FrameProps<V> extends DialogProps {
  title: string;
  verb: string;
  danger?: boolean;
  initial: Partial<V>;
  call: (entered: V, headers: Record<string, string>) => Promise<Lead>;
  children: ReactNode;
}

function LeadDialog<V extends object>({ lead, call: act, ...rest }: FrameProps<V>) {
  const { read, call } = useBegun(lead, () => leadAgain(lead.leadId));
  const send = async (entered: V) => {
    const after = await call((headers) => act(entered, headers));
    rest.onClose();
    await leadChanged(after);
  };
  return <Saying<V> {...rest} send={send} refused={(error) => <LeadRefused error={error} lead={read} />} />;
}

const ANSWERS = ["need", "budget", "authority", "timing"] as const;

function LeadRefused({ error, lead }: { error: unknown; lead: Lead }) {
  const say = useLeadWords();
  const label = useLabel();
  const { labelOf, shown } = useLeadShown();
  const answers = ANSWERS.map(
    (field) => [labelOf(field), shown(field, lead.qualification?.[field])] as const,
  );
  return <Refused error={error} now={[[say("status"), label("LeadStatus", lead.status)], ...answers]} />;
}

interface Answered {
  need?: string;
  budget?: string;
  authority?: string;
  timing?: string;
}

export function QualifyDialog({ lead, onClose }: DialogProps) {
  const say = useLeadWords();
  const { tenant } = useMe();
  const { budget, need = "", authority = "", timing } = lead.qualification ?? {};
  const currencyCode = budget?.currencyCode || tenant.currencyCode;
  return (
    <LeadDialog<Answered>
      lead={lead}
      onClose={onClose}
      title={say("qualifyTitle", { name: nameOfLead(lead) })}
      verb={say("qualify")}
      initial={{ need, authority, budget: typedOf(budget), timing: dayText(timing) }}
      call={(entered, headers) =>
        qualifyLead(lead.leadId, { qualification: answersOf(entered, currencyCode) }, headers)
      }
    >
      <Rule title={say("qualifyRule")} />
      <Form.Item
        name="need"
        label={say("need")}
        dependencies={["budget"]}
        rules={[
          ({ getFieldValue }) => ({
            validator: (_, value?: string) =>
              value?.trim() || getFieldValue("budget")
                ? Promise.resolve()
                : Promise.reject(new Error(say("qualifyMissing"))),
          }),
        ]}
      >
        <Input.TextArea autoFocus maxLength={2000} autoSize={{ minRows: 2, maxRows: 6 }} />
      </Form.Item>
      <Form.Item name="budget" label={say("budget")}>
        <AmountInput currencyCode={currencyCode} />
      </Form.Item>
      <Form.Item name="authority" label={say("authority")}>
        <Input maxLength={500} />
      </Form.Item>
      <Form.Item name="timing" label={say("timing")}>
        <DayInput />
      </Form.Item>
    </LeadDialog>
  );
}

function answersOf(
  { need = "", budget, authority = "", timing = "" }: Answered,
  currencyCode: string,
): QualificationInput {
  const amount = moneyOf(budget, currencyCode);
  const day = dayOf(timing);
  return {
    need: need.trim(),
    authority: authority.trim(),
    ...(amount && { budget: amount }),
    ...(day && { timing: day }),
  };
}

export function DisqualifyDialog({ lead, onClose }: DialogProps) {
  const say = useLeadWords();
  const label = useLabel();
  const reasons = Object.values(LeadDisqualifyReason).filter((value) => !value.endsWith("UNSPECIFIED"));
  return (
    <LeadDialog<{ disqualifyReason: LeadDisqualifyReason; note?: string }>
      lead={lead}
      onClose={onClose}
      danger
      title={say("disqualifyTitle", { name: nameOfLead(lead) })}
      verb={say("disqualify")}
      initial={{}}
      call={(entered, headers) => disqualifyLead(lead.leadId, entered, headers)}
    >
      <Rule title={say("disqualifyRule")} />
      <Form.Item
        name="disqualifyReason"
        label={say("reason")}
        rules={[{ required: true, message: say("reasonMissing") }]}
      >
        <Select
          autoFocus
          options={reasons.map((value) => ({ value, label: label("LeadDisqualifyReason", value) }))}
        />
      </Form.Item>
      <Form.Item
        name="note"
        label={say("noteLabel")}
        dependencies={["disqualifyReason"]}
        rules={[
          ({ getFieldValue }) => ({
            required: getFieldValue("disqualifyReason") === "DISQUALIFY_REASON_OTHER",
            whitespace: true,
            message: say("noteMissing"),
          }),
        ]}
      >
        <Input.TextArea maxLength={500} autoSize={{ minRows: 2, maxRows: 5 }} />
      </Form.Item>
    </LeadDialog>
  );
}

export function RecycleDialog({ lead, onClose }: DialogProps) {
  const say = useLeadWords();
  return (
    <LeadDialog<{ reason?: string }>
      lead={lead}
      onClose={onClose}
      title={say("recycleTitle", { name: nameOfLead(lead) })}
      verb={say("recycle")}
      initial={{}}
      call={({ reason = "" }, headers) => recycleLead(lead.leadId, { reason }, headers)}
    >
      <Form.Item name="reason" label={say("why")}>
        <Input.TextArea autoFocus maxLength={500} autoSize={{ minRows: 2, maxRows: 5 }} />
      </Form.Item>
    </LeadDialog>
  );
}
