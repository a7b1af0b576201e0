import { createLead, type LeadInput, SourceChannel } from "@guanxi/client/gen/guanxi";
import { App, Flex, Form, Input, Select } from "antd";
import { useState } from "react";
import { once } from "../api/api.ts";
import { useMe } from "../api/session.ts";
import { useLabel } from "../text/texts.ts";
import { useLeadsAddress } from "./address.ts";
import { Saying } from "./saying.tsx";
import { leadChanged } from "./lead-data.ts";
import { useLeadWords } from "./lead-words.ts";
import { UserPicker } from "./pickers.tsx";

interface Entered {
  organisationName?: string;
  personName?: string;
  jobTitle?: string;
  phone?: string;
  email?: string;
  city?: string;
  channel?: SourceChannel;
  interest?: string;
  ownerId?: string;
}

export function NewLead({ onClose }: { onClose: () => void }) {
  const say = useLeadWords();
  const { message } = App.useApp();
  const { user } = useMe();
  const [, change] = useLeadsAddress();
  // One key for as long as the form is open: sent again after a lost answer, it still makes one lead.
  const [key] = useState(once);
  const send = async (entered: Entered) => {
    const made = await createLead(inputOf(entered), key);
    message.success(say("created"));
    onClose();
    change({ lead: made.leadId });
    await leadChanged(made);
  };
  return (
    <Saying<Entered>
      title={say("createTitle")}
      verb={say("create")}
      onClose={onClose}
      send={send}
      initial={{ ownerId: user.userId }}
    >
      <LeadInputs />
    </Saying>
  );
}

const WIDE = { flex: "1 1 200px", marginBottom: 16 };

function LeadInputs() {
  const say = useLeadWords();
  const label = useLabel();
  const form = Form.useFormInstance<Entered>();
  const named = () => Boolean(form.getFieldValue("personName") || form.getFieldValue("organisationName"));
  const rules = [
    { validator: () => (named() ? Promise.resolve() : Promise.reject(new Error(say("nameOrOrganisation")))) },
  ];
  const channels = Object.values(SourceChannel).filter((value) => !value.endsWith("UNSPECIFIED"));
  return (
    <Flex gap="0 16px" wrap>
      <Form.Item style={WIDE} name="organisationName" label={say("organisation")}>
        <Input maxLength={200} autoFocus />
      </Form.Item>
      <Form.Item
        style={WIDE}
        name="personName"
        label={say("name")}
        dependencies={["organisationName"]}
        rules={rules}
      >
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item style={WIDE} name="phone" label={say("phone")}>
        <Input type="tel" maxLength={50} />
      </Form.Item>
      <Form.Item
        style={WIDE}
        name="email"
        label={say("email")}
        rules={[{ type: "email", message: say("emailWrong") }]}
      >
        <Input type="email" />
      </Form.Item>
      <Form.Item style={WIDE} name="jobTitle" label={say("jobTitle")}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item style={WIDE} name="city" label={say("city")}>
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item style={WIDE} name="channel" label={say("source")}>
        <Select
          allowClear
          showSearch={{ optionFilterProp: "label" }}
          options={channels.map((value) => ({ value, label: label("SourceChannel", value) }))}
        />
      </Form.Item>
      <Form.Item style={WIDE} name="ownerId" label={say("owner")}>
        <UserPicker label={say("owner")} />
      </Form.Item>
      <Form.Item style={{ flex: "1 1 100%" }} name="interest" label={say("interest")}>
        <Input.TextArea
          maxLength={2000}
          autoSize={{ minRows: 2, maxRows: 6 }}
          placeholder={say("interestHint")}
        />
      </Form.Item>
    </Flex>
  );
}

function inputOf({ channel, ...entered }: Entered): LeadInput {
  const said = Object.entries(entered).filter(([, value]) => value);
  return { ...Object.fromEntries(said), ...(channel && { source: { channel } }) };
}
