// Winning and losing: what the service wants to know first, and why.
import {
  loseOpportunity,
  type Opportunity,
  OpportunityLostReason,
  type Pipeline,
  winOpportunity,
} from "@guanxi/client/gen/guanxi";
import { App, Form, Input, Select } from "antd";
import { useMe } from "../api/session.ts";
import { useLabel } from "../text/texts.ts";
import { DealRefused } from "./conflict.tsx";
import { useCompetitors } from "./data.ts";
import { dayOf, todayText } from "./days.ts";
import { AmountInput, DayInput } from "./editors.tsx";
import { Rule, Saying, useBegun } from "./saying.tsx";
import { changed, readAgain } from "./heard.ts";
import { moneyOf, typedOf } from "../text/money.ts";
import type { Ending } from "./moving.tsx";
import { useWords } from "./words.ts";

interface Props {
  pipeline: Pipeline;
  ending: Ending;
  onClose: () => void;
}

export function EndingDialog(props: Props) {
  return props.ending.stage.type === "TYPE_WON" ? <Winning {...props} /> : <Losing {...props} />;
}

function useEnding(deal: Opportunity, onClose: () => void, done: string) {
  const { message } = App.useApp();
  const { read, call } = useBegun(deal, () => readAgain(deal.opportunityId));
  const end = async (act: Parameters<typeof call>[0]) => {
    const after = await call(act);
    message.success(done);
    onClose();
    await changed(after);
  };
  return { read, end };
}

interface Win {
  amount: string;
  closeDate: string;
}

function Winning({ pipeline, ending: { deal, stage }, onClose }: Props) {
  const say = useWords();
  const { tenant } = useMe();
  const currencyCode = deal.amount?.currencyCode ?? tenant.currencyCode;
  const { read, end } = useEnding(deal, onClose, say("won"));
  const send = ({ amount, closeDate }: Win) => {
    const agreed = moneyOf(amount, currencyCode);
    const day = dayOf(closeDate);
    const body = {
      stageId: stage.stageId,
      ...(agreed && { amount: agreed }),
      ...(day && { closeDate: day }),
    };
    return end((headers) => winOpportunity(deal.opportunityId, body, headers));
  };
  return (
    <Saying<Win>
      title={say("winTitle", { name: deal.displayName })}
      verb={say("win")}
      initial={{ amount: typedOf(deal.amount), closeDate: todayText() }}
      onClose={onClose}
      send={send}
      refused={(error) => <DealRefused error={error} deal={read} pipeline={pipeline} />}
    >
      <Rule type={deal.amount ? "info" : "warning"} title={say("winRule")} />
      <Form.Item
        name="amount"
        label={say("agreedAmount")}
        rules={[{ required: true, message: say("amountMissing") }]}
      >
        <AmountInput currencyCode={currencyCode} autoFocus />
      </Form.Item>
      <Form.Item name="closeDate" label={say("wonOn")} rules={[{ required: true }]}>
        <DayInput past allowClear={false} />
      </Form.Item>
    </Saying>
  );
}

interface Loss {
  lostReason: OpportunityLostReason;
  note?: string;
  competitorId?: string;
  closeDate: string;
}

/** What people may say; that nothing was recorded is only for imports. */
const REASONS = Object.values(OpportunityLostReason).filter(
  (reason) => !/UNSPECIFIED$|NOT_RECORDED$/.test(reason),
);

function Losing({ pipeline, ending: { deal, stage }, onClose }: Props) {
  const say = useWords();
  const label = useLabel();
  const competitors = useCompetitors();
  const { read, end } = useEnding(deal, onClose, say("lost"));
  const send = ({ lostReason, note = "", competitorId = "", closeDate }: Loss) => {
    const day = dayOf(closeDate);
    const body = {
      stageId: stage.stageId,
      lostReason,
      note,
      ...(competitorId && { competitorId }),
      ...(day && { closeDate: day }),
    };
    return end((headers) => loseOpportunity(deal.opportunityId, body, headers));
  };
  return (
    <Saying<Loss>
      danger
      title={say("loseTitle", { name: deal.displayName })}
      verb={say("lose")}
      initial={{
        closeDate: todayText(),
        ...(deal.competitorId && { competitorId: deal.competitorId }),
      }}
      onClose={onClose}
      send={send}
      refused={(error) => <DealRefused error={error} deal={read} pipeline={pipeline} />}
    >
      <Rule title={say("loseRule")} />
      <Form.Item
        name="lostReason"
        label={say("lostReason")}
        rules={[{ required: true, message: say("lostReasonMissing") }]}
      >
        <Select
          autoFocus
          options={REASONS.map((value) => ({ value, label: label("OpportunityLostReason", value) }))}
        />
      </Form.Item>
      {(competitors.data ?? []).length > 0 && (
        <Form.Item name="competitorId" label={say("lostTo")}>
          <Select
            allowClear
            options={(competitors.data ?? []).map(({ competitorId, name }) => ({
              value: competitorId,
              label: name,
            }))}
          />
        </Form.Item>
      )}
      <Form.Item
        name="note"
        label={say("lostNote")}
        dependencies={["lostReason"]}
        rules={[
          ({ getFieldValue }) => ({
            required: getFieldValue("lostReason") === "LOST_REASON_OTHER",
            whitespace: true,
            message: say("lostNoteMissing"),
          }),
        ]}
      >
        <Input.TextArea maxLength={500} autoSize={{ minRows: 2, maxRows: 5 }} />
      </Form.Item>
      <Form.Item name="closeDate" label={say("lostOn")} rules={[{ required: true }]}>
        <DayInput past allowClear={false} />
      </Form.Item>
    </Saying>
  );
}
