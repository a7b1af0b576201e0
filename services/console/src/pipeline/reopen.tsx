import { type Opportunity, type Pipeline, reopenOpportunity } from "@guanxi/client/gen/guanxi";
import { Form, Input, Select } from "antd";
import { openStages } from "./data.ts";
import { DealRefused } from "./conflict.tsx";
import { Rule, Saying, useBegun } from "./saying.tsx";
import { changed, readAgain } from "./heard.ts";
import { useStageName } from "./stage-name.ts";
import { useWords } from "./words.ts";

interface Props {
  deal: Opportunity;
  pipeline: Pipeline;
  onClose: () => void;
}

interface Entered {
  reason: string;
  stageId?: string;
}

export function ReopenDialog({ deal, pipeline, onClose }: Props) {
  const say = useWords();
  const nameOf = useStageName();
  const { read, call } = useBegun(deal, () => readAgain(deal.opportunityId));
  const stages = openStages(pipeline);
  const last = deal.stageEntries.findLast(({ stageId }) => stages.some((each) => each.stageId === stageId));
  const stageAtFirst = last?.stageId ?? stages[0]?.stageId;
  const send = async ({ reason, stageId = "" }: Entered) => {
    const body = { reason, ...(stageId && { stageId }) };
    const after = await call((headers) => reopenOpportunity(deal.opportunityId, body, headers));
    onClose();
    await changed(after);
  };
  return (
    <Saying<Entered>
      title={say("reopenTitle", { name: deal.displayName })}
      verb={say("reopen")}
      initial={stageAtFirst ? { stageId: stageAtFirst } : {}}
      onClose={onClose}
      send={send}
      refused={(error) => <DealRefused error={error} deal={read} pipeline={pipeline} />}
    >
      <Rule title={say("reopenRule")} />
      <Form.Item
        name="reason"
        label={say("reason")}
        rules={[{ required: true, whitespace: true, message: say("reasonMissing") }]}
      >
        <Input.TextArea maxLength={500} autoSize={{ minRows: 2, maxRows: 5 }} autoFocus />
      </Form.Item>
      <Form.Item name="stageId" label={say("backTo")}>
        <Select options={stages.map((stage) => ({ value: stage.stageId, label: nameOf(stage) }))} />
      </Form.Item>
    </Saying>
  );
}
