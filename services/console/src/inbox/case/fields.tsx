// Fields that several dialogs ask for.
import { Form, Input, Select } from "antd";
import { useLabel } from "../../text/texts.ts";
import { useQueues, useUsers } from "../data.ts";
import { useWords } from "../words.ts";

type Field =
  | "subject"
  | "description"
  | "topic"
  | "note"
  | "rootCauseNote"
  | "reason"
  | "acknowledgeMessage"
  | "splitSubject"
  | "actionName";

interface TextProps {
  name: string;
  label: Field;
  required?: boolean;
  rows?: number;
  hint?: string;
  max?: number;
}

export function TextField({ name, label, required = false, rows, hint, max = 5000 }: TextProps) {
  const say = useWords();
  const rules = required
    ? [{ required: true, whitespace: true, message: say("required", { field: say(label) }) }]
    : [];
  return (
    <Form.Item name={name} label={say(label)} rules={rules} extra={hint}>
      {rows ? (
        <Input.TextArea autoSize={{ minRows: rows, maxRows: 12 }} maxLength={max} />
      ) : (
        <Input maxLength={max} />
      )}
    </Form.Item>
  );
}

interface EnumProps {
  name: string;
  label: "kind" | "phase" | "origin" | "priority" | "resolution" | "rootCause";
  of: string;
  values: Readonly<Record<string, string>>;
  required?: boolean;
}

export function EnumField({ name, label, of, values, required = false }: EnumProps) {
  const say = useWords();
  const labelOf = useLabel();
  const rules = required ? [{ required: true, message: say("required", { field: say(label) }) }] : [];
  const options = Object.values(values)
    .filter((value) => !value.endsWith("UNSPECIFIED"))
    .map((value) => ({ value, label: labelOf(of, value) }));
  return (
    <Form.Item name={name} label={say(label)} rules={rules} style={{ flex: 1, minWidth: 140 }}>
      <Select options={options} allowClear={!required} />
    </Form.Item>
  );
}

export function QueueField({ hint }: { hint?: string }) {
  const say = useWords();
  const { data = [], isPending } = useQueues();
  return (
    <Form.Item name="queueId" label={say("queue")} extra={hint} style={{ flex: 1, minWidth: 140 }}>
      <Select
        allowClear
        loading={isPending}
        options={data.map(({ queueId, displayName }) => ({ value: queueId, label: displayName }))}
      />
    </Form.Item>
  );
}

/** Those of the chosen queue stand first. */
export function AssigneeField({ queueId, hint }: { queueId?: string | undefined; hint?: string }) {
  const say = useWords();
  const { data: users = [], isPending } = useUsers();
  const { data: queues = [] } = useQueues();
  const members = new Set(
    queues.find((queue) => queue.queueId === queueId)?.members.map(({ userId }) => userId),
  );
  const sorted = users.toSorted((a, b) => Number(members.has(b.userId)) - Number(members.has(a.userId)));
  return (
    <Form.Item name="assigneeId" label={say("assignee")} extra={hint} style={{ flex: 1, minWidth: 140 }}>
      <Select
        allowClear
        loading={isPending}
        showSearch={{ optionFilterProp: "label" }}
        options={sorted.map(({ userId, displayName }) => ({ value: userId, label: displayName }))}
      />
    </Form.Item>
  );
}
