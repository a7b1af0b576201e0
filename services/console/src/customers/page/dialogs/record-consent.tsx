import { ConsentState, CustomerChannel, recordConsent } from "@guanxi/client/gen/guanxi";
import { AutoComplete, Flex, Form, Input, Radio, Select } from "antd";
import { usePurpose } from "../cards/consents.tsx";
import { keep } from "../data.ts";
import { useChoices } from "../edit/fields.tsx";
import { useSeen } from "../seen.ts";
import { FormDialog } from "./form-dialog.tsx";
import { useDialogs } from "./words.ts";

interface Values {
  channel: CustomerChannel;
  purpose: string;
  state: ConsentState;
  evidence: string;
}

interface Props {
  channel?: string;
  purpose?: string;
  withdraw?: boolean;
  onClose: () => void;
}

const KNOWN_PURPOSES = ["marketing", "survey"];

export function RecordConsent({ channel, purpose = "marketing", withdraw = false, onClose }: Props) {
  const say = useDialogs();
  const choices = useChoices();
  const purposeName = usePurpose();
  const { customerId } = useSeen();
  return (
    <FormDialog<Values>
      title={say(withdraw ? "withdrawConsent" : "consent")}
      done={say("consentDone")}
      onClose={onClose}
      send={async (consent, headers) => keep(await recordConsent(customerId, { consent }, headers))}
      initial={{
        channel: (channel ?? "CHANNEL_EMAIL") as CustomerChannel,
        purpose,
        state: withdraw ? "STATE_WITHDRAWN" : "STATE_GRANTED",
      }}
    >
      <Form.Item name="state" label={say("decision")}>
        <Radio.Group options={choices("ConsentState", ConsentState)} />
      </Form.Item>
      <Flex gap="0 12px" wrap>
        <Form.Item name="channel" label={say("channel")} style={{ flex: "1 1 180px" }}>
          <Select options={choices("CustomerChannel", CustomerChannel)} />
        </Form.Item>
        <Form.Item
          name="purpose"
          label={say("purpose")}
          style={{ flex: "1 1 180px" }}
          rules={[{ required: true, pattern: /^[a-z][a-z0-9_]{0,39}$/, message: say("purposePattern") }]}
        >
          <AutoComplete
            options={KNOWN_PURPOSES.map((value) => ({ value, label: `${purposeName(value)} (${value})` }))}
          />
        </Form.Item>
      </Flex>
      <Form.Item
        name="evidence"
        label={say("evidence")}
        rules={[{ required: true, whitespace: true, message: say("needed") }]}
      >
        <Input maxLength={1000} placeholder={say("evidenceHint")} />
      </Form.Item>
    </FormDialog>
  );
}
