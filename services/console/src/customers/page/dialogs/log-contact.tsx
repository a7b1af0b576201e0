import {
  type Direction,
  type InteractionChannel,
  InteractionOutcome,
  type RecordInteractionBody,
  recordInteraction,
} from "@guanxi/client/gen/guanxi";
import { Checkbox, DatePicker, Flex, Form, Input, InputNumber, Radio, Segmented, Select } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useLabel } from "../../../text/texts.ts";
import { useChoices } from "../edit/fields.tsx";
import { useSeen } from "../seen.ts";
import { usePage } from "../words.ts";
import { FormDialog } from "./form-dialog.tsx";
import { useDialogs } from "./words.ts";

interface Values {
  channel: InteractionChannel;
  direction: Direction;
  contactId?: string;
  time: Dayjs;
  minutes?: number;
  subject?: string;
  body?: string;
  outcome: InteractionOutcome;
  learned?: string;
  nothingNew?: boolean;
}

const CHANNELS: InteractionChannel[] = [
  "CHANNEL_PHONE",
  "CHANNEL_VISIT",
  "CHANNEL_WECHAT",
  "CHANNEL_EMAIL",
  "CHANNEL_SMS",
  "CHANNEL_WALK_IN",
  "CHANNEL_OTHER",
];

export function LogContact({
  answers,
  channel,
  onClose,
}: {
  answers?: string;
  channel?: string;
  onClose: () => void;
}) {
  const say = useDialogs();
  const page = usePage();
  const label = useLabel();
  const choices = useChoices();
  const { customerId, portrait } = useSeen();
  const people = portrait.people?.people ?? [];
  const send = (values: Values, headers: { "Idempotency-Key": string }) =>
    recordInteraction(bodyOf(values, customerId, answers), headers);
  const begin = CHANNELS.find((each) => each === `CHANNEL_${channel}`) ?? "CHANNEL_PHONE";
  return (
    <FormDialog<Values>
      title={page("logContact")}
      done={say("contactDone")}
      onClose={onClose}
      send={send}
      initial={{ channel: begin, direction: "DIRECTION_OUTBOUND", time: dayjs(), outcome: "OUTCOME_REACHED" }}
    >
      <Form.Item name="channel" label={say("channel")}>
        <Segmented
          options={CHANNELS.map((value) => ({ value, label: label("InteractionChannel", value) }))}
          style={{ maxWidth: "100%", overflowX: "auto" }}
        />
      </Form.Item>
      <Flex gap="0 12px" wrap>
        <Form.Item name="direction" label={say("direction")} style={{ flex: "1 1 240px" }}>
          <Radio.Group
            options={[
              { value: "DIRECTION_OUTBOUND", label: say("outbound") },
              { value: "DIRECTION_INBOUND", label: say("inbound") },
            ]}
          />
        </Form.Item>
        {people.length > 0 && (
          <Form.Item name="contactId" label={say("person")} style={{ flex: "1 1 180px" }}>
            <Select
              allowClear
              options={people.map(({ contactId, displayName, title }) => ({
                value: contactId,
                label: [displayName, title].filter(Boolean).join(" · "),
              }))}
            />
          </Form.Item>
        )}
      </Flex>
      <Flex gap="0 12px" wrap>
        <Form.Item
          name="time"
          label={say("when")}
          style={{ flex: "1 1 200px" }}
          rules={[{ required: true, message: say("needed") }]}
        >
          <DatePicker
            showTime={{ format: "HH:mm" }}
            format="YYYY-MM-DD HH:mm"
            style={{ width: "100%" }}
            disabledDate={(day) => day.isAfter(dayjs().endOf("day"))}
          />
        </Form.Item>
        <Form.Item name="minutes" label={say("duration")} style={{ flex: "0 1 120px" }}>
          <InputNumber min={0} max={1440} style={{ width: "100%" }} />
        </Form.Item>
      </Flex>
      <Form.Item name="subject" label={say("subject")}>
        <Input maxLength={1000} autoFocus />
      </Form.Item>
      <Form.Item name="body" label={say("body")}>
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} maxLength={100_000} />
      </Form.Item>
      <Form.Item name="outcome" label={say("outcome")} rules={[{ required: true, message: say("needed") }]}>
        <Select options={choices("InteractionOutcome", InteractionOutcome)} />
      </Form.Item>
      <LearnedInputs />
    </FormDialog>
  );
}

/** Every contact teaches something, or somebody says that it did not (R074). */
function LearnedInputs() {
  const say = useDialogs();
  const nothing = Form.useWatch("nothingNew") as boolean | undefined;
  return (
    <>
      <Form.Item
        name="learned"
        label={say("learned")}
        style={{ marginBottom: 4 }}
        dependencies={["nothingNew"]}
        rules={[
          ({ getFieldValue }) => ({
            validator: (_rule, value?: string) =>
              value?.trim() || getFieldValue("nothingNew")
                ? Promise.resolve()
                : Promise.reject(new Error(say("learnedNeeded"))),
          }),
        ]}
      >
        <Input.TextArea
          disabled={nothing ?? false}
          placeholder={say("learnedHint")}
          autoSize={{ minRows: 2, maxRows: 6 }}
        />
      </Form.Item>
      <Form.Item name="nothingNew" valuePropName="checked">
        <Checkbox>{say("nothingNew")}</Checkbox>
      </Form.Item>
    </>
  );
}

function bodyOf(values: Values, customerId: string, answers: string | undefined): RecordInteractionBody {
  const {
    channel,
    direction,
    contactId,
    time,
    minutes,
    subject,
    body,
    outcome,
    learned = "",
    nothingNew,
  } = values;
  const facts = learned.split("\n").flatMap((line) => line.trim() || []);
  return {
    interaction: {
      channel,
      direction,
      customerId,
      // "Now" is left to the service: its clock may be behind this one, and nothing happens in the future.
      ...(dayjs().diff(time, "minute") > 1 ? { eventTime: time.toISOString() } : {}),
      ...(contactId ? { contactId } : {}),
      ...(minutes ? { durationSeconds: minutes * 60 } : {}),
      ...(subject ? { subject } : {}),
      ...(body ? { body } : {}),
      ...(answers ? { inReplyToInteractionId: answers } : {}),
    },
    conclusion: { outcome, learned: nothingNew ? { nothingNew } : { facts } },
  };
}
