import { createOpportunity, type OpportunityInput, type Pipeline } from "@guanxi/client/gen/guanxi";
import { App, Form, Input, Select } from "antd";
import { useState } from "react";
import { once } from "../api/api.ts";
import { useMe } from "../api/session.ts";
import { CustomerPicker } from "../ui/customer-picker.tsx";
import { usePipelineAddress } from "./address.ts";
import { openStages } from "./data.ts";
import { dayOf } from "./days.ts";
import { AmountInput, DayInput } from "./editors.tsx";
import { Saying } from "./saying.tsx";
import { changed } from "./heard.ts";
import { moneyOf } from "../text/money.ts";
import { UserPicker } from "./pickers.tsx";
import { useStageName } from "./stage-name.ts";
import { useWords } from "./words.ts";

interface Entered {
  displayName: string;
  customerId?: string;
  amount?: string;
  expectedCloseDate?: string;
  stageId: string;
  ownerId: string;
  nextStep?: string;
}

export function NewDeal({ pipeline, onClose }: { pipeline: Pipeline; onClose: () => void }) {
  const say = useWords();
  const { message } = App.useApp();
  const { user, tenant } = useMe();
  const nameOf = useStageName();
  const [search, change] = usePipelineAddress();
  // One key for as long as the form is open: sent again after a lost answer, it still makes one opportunity.
  const [key] = useState(once);
  const stages = openStages(pipeline);
  const send = async (entered: Entered) => {
    const made = await createOpportunity(inputOf(entered, pipeline, tenant.currencyCode), key);
    message.success(say("createDone"));
    onClose();
    change({ opportunity: made.opportunityId });
    await changed(made);
  };
  return (
    <Saying<Entered>
      title={say("createTitle")}
      verb={say("create")}
      onClose={onClose}
      send={send}
      initial={{
        ownerId: user.userId,
        ...(stages[0] && { stageId: stages[0].stageId }),
        ...(search.customer && { customerId: search.customer }),
      }}
    >
      <Form.Item
        name="displayName"
        label={say("name")}
        rules={[{ required: true, whitespace: true, message: say("nameMissing") }]}
      >
        <Input maxLength={300} autoFocus />
      </Form.Item>
      <Form.Item name="customerId" label={say("customer")} extra={say("customerHint")}>
        <CustomerPicker label={say("customer")} />
      </Form.Item>
      <Form.Item name="amount" label={say("amount")}>
        <AmountInput currencyCode={tenant.currencyCode} />
      </Form.Item>
      <Form.Item name="expectedCloseDate" label={say("expectedClose")}>
        <DayInput />
      </Form.Item>
      <Form.Item name="stageId" label={say("stageAtStart")}>
        <Select options={stages.map((stage) => ({ value: stage.stageId, label: nameOf(stage) }))} />
      </Form.Item>
      <Form.Item name="ownerId" label={say("owner")}>
        <UserPicker label={say("owner")} />
      </Form.Item>
      <Form.Item name="nextStep" label={say("nextStep")}>
        <Input maxLength={500} />
      </Form.Item>
    </Saying>
  );
}

function inputOf(entered: Entered, { pipelineId }: Pipeline, currencyCode: string): OpportunityInput {
  const { displayName, customerId, stageId, ownerId, nextStep } = entered;
  const amount = moneyOf(entered.amount, currencyCode);
  const expectedCloseDate = dayOf(entered.expectedCloseDate ?? "");
  return {
    displayName: displayName.trim(),
    pipelineId,
    stageId,
    ownerId,
    ...(customerId && { customerId }),
    ...(amount && { amount }),
    ...(expectedCloseDate && { expectedCloseDate }),
    ...(nextStep && { nextStep }),
  };
}
