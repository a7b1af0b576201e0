import {
  type Case,
  type Interaction,
  InteractionChannel,
  InteractionOutcome,
} from "@guanxi/client/gen/guanxi";
import { useQuery } from "@tanstack/react-query";
import { Alert, Checkbox, Flex, Form, Input, InputNumber, Segmented, Select } from "antd";
import { useMay } from "../../api/session.ts";
import { useLabel } from "../../text/texts.ts";
import { useCustomerName } from "../customer/customer-name.tsx";
import { portraitQuery, useMailboxes } from "../data.ts";
import { useWords } from "../words.ts";

interface MailProps {
  it: Case;
  answered: Interaction | undefined;
}

export function MailFields({ it, answered }: MailProps) {
  const say = useWords();
  const may = useMay();
  const mailboxes = useMailboxes();
  const recipients = useRecipients(it, answered);
  const none = mailboxes.data && !mailboxes.data.some(({ active }) => active);
  return (
    <>
      {none && may("mailbox", "read") && (
        <Alert
          type="info"
          showIcon
          title={
            <>
              <strong>{say("noMailbox")}</strong> {say("noMailboxHint")}
            </>
          }
          style={{ marginBottom: 12 }}
        />
      )}
      <Flex gap={12} wrap>
        <Form.Item name="to" label={say("to")} style={{ flex: 1, minWidth: 180 }}>
          <Select options={recipients} />
        </Form.Item>
        <Form.Item name="subject" label={say("mailSubject")} style={{ flex: 1, minWidth: 180 }}>
          <Input maxLength={1000} />
        </Form.Item>
      </Flex>
      <BodyField label="body" rows={5} />
      <Form.Item name="allowReroute" valuePropName="checked">
        <Checkbox>{say("allowReroute")}</Checkbox>
      </Form.Item>
    </>
  );
}

function useRecipients(it: Case, answered: Interaction | undefined) {
  const say = useWords();
  const name = useCustomerName(it.customerId);
  const { data } = useQuery({ ...portraitQuery(it.customerId), enabled: Boolean(it.customerId) });
  const writer = answered
    ? [{ value: "answer", label: say("toAnswer", { address: addressOf(answered) }) }]
    : [];
  const people = (data?.people?.people ?? []).map(({ contactId, displayName, title }) => ({
    value: contactId,
    label: [displayName, title].filter(Boolean).join(" · "),
  }));
  return [...writer, { value: "customer", label: say("toCustomer", { name }) }, ...people];
}

const addressOf = ({ email, partyAddress }: Interaction) =>
  email?.replyTo || partyAddress || email?.from || "";

/** A mail has its own form; a note is no contact. */
const LOGGED = Object.values(InteractionChannel).filter((value) => !/UNSPECIFIED|EMAIL/.test(value));

export function ContactFields() {
  const say = useWords();
  const label = useLabel();
  const outcomes = Object.values(InteractionOutcome).filter((value) => !value.endsWith("UNSPECIFIED"));
  return (
    <>
      <Flex gap={12} wrap>
        <Form.Item name="direction" label={say("direction")}>
          <Segmented
            options={[
              { value: "out", label: say("weCalled") },
              { value: "in", label: say("theyCalled") },
            ]}
          />
        </Form.Item>
        <Form.Item name="channel" label={say("channel")} style={{ width: 128 }}>
          <Select options={LOGGED.map((value) => ({ value, label: label("InteractionChannel", value) }))} />
        </Form.Item>
        <Form.Item name="minutes" label={say("minutes")} style={{ width: 112 }}>
          <InputNumber min={0} max={600} style={{ width: "100%" }} />
        </Form.Item>
      </Flex>
      <BodyField label="said" rows={3} />
      <Flex gap={12} wrap>
        <Form.Item name="outcome" label={say("outcome")} style={{ flex: 1, minWidth: 140 }}>
          <Select
            allowClear
            options={outcomes.map((value) => ({ value, label: label("InteractionOutcome", value) }))}
          />
        </Form.Item>
        <Form.Item noStyle dependencies={["outcome"]}>
          {({ getFieldValue }) =>
            getFieldValue("outcome") && (
              <Form.Item name="learned" label={say("learned")} style={{ flex: 2, minWidth: 180 }}>
                <Input placeholder={say("learnedHint")} maxLength={1000} />
              </Form.Item>
            )
          }
        </Form.Item>
      </Flex>
    </>
  );
}

export function NoteFields() {
  const say = useWords();
  return <BodyField label="internal" rows={3} hint={say("noteHint")} />;
}

function BodyField({
  label,
  rows,
  hint,
}: {
  label: "body" | "said" | "internal";
  rows: number;
  hint?: string;
}) {
  const say = useWords();
  return (
    <Form.Item
      name="body"
      label={say(label)}
      extra={hint}
      rules={[{ required: true, whitespace: true, message: say("required", { field: say(label) }) }]}
    >
      <Input.TextArea autoFocus autoSize={{ minRows: rows, maxRows: 16 }} maxLength={100_000} />
    </Form.Item>
  );
}
