import { completeTask, createTask, TaskKind } from "@guanxi/client/gen/guanxi";
import { DatePicker, Flex, Form, Input, Select, Typography } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useMe } from "../../../api/session.ts";
import { useUsers } from "../data.ts";
import { useChoices } from "../edit/fields.tsx";
import { useSeen } from "../seen.ts";
import { usePage } from "../words.ts";
import { FormDialog } from "./form-dialog.tsx";
import { useDialogs } from "./words.ts";

interface Values {
  title: string;
  kind: TaskKind;
  due: Dayjs | null;
  assigneeId?: string;
  note?: string;
}

const at = (days: number, hour: number) =>
  dayjs().add(days, "day").hour(hour).minute(0).second(0).millisecond(0);

export function NewTask({ onClose }: { onClose: () => void }) {
  const say = useDialogs();
  const page = usePage();
  const choices = useChoices();
  const { customerId } = useSeen();
  const { user } = useMe();
  const send = ({ title, kind, due, assigneeId, note }: Values, headers: { "Idempotency-Key": string }) =>
    createTask(
      {
        title: title.trim(),
        kind,
        customerId,
        ...(due ? { dueTime: due.toISOString() } : {}),
        ...(assigneeId ? { assigneeId } : {}),
        ...(note ? { note } : {}),
      },
      headers,
    );
  return (
    <FormDialog<Values>
      title={page("newTask")}
      done={say("taskDone")}
      onClose={onClose}
      send={send}
      initial={{ kind: "KIND_FOLLOW_UP", due: at(1, 10), assigneeId: user?.userId ?? "" }}
    >
      <Form.Item
        name="title"
        label={say("taskTitle")}
        rules={[{ required: true, whitespace: true, message: say("needed") }]}
      >
        <Input maxLength={500} autoFocus />
      </Form.Item>
      <Flex gap="0 12px" wrap>
        <Form.Item name="due" label={say("due")} style={{ flex: "1 1 200px" }}>
          <DatePicker
            showTime={{ format: "HH:mm" }}
            format="YYYY-MM-DD HH:mm"
            style={{ width: "100%" }}
            presets={[
              { label: say("today"), value: at(0, 18) },
              { label: say("tomorrow"), value: at(1, 10) },
              { label: say("nextWeek"), value: at(7, 10) },
            ]}
          />
        </Form.Item>
        <Form.Item name="kind" label={say("kind")} style={{ flex: "1 1 140px" }}>
          <Select options={choices("TaskKind", TaskKind)} />
        </Form.Item>
      </Flex>
      <Form.Item name="assigneeId" label={say("assignee")}>
        <UserSelect />
      </Form.Item>
      <Form.Item name="note" label={say("note")}>
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={10_000} />
      </Form.Item>
    </FormDialog>
  );
}

/** Colleagues that are still here. */
export function UserSelect(props: { id?: string; value?: string; onChange?: (userId: string) => void }) {
  const { data = [], isPending } = useUsers();
  const here = data.filter(({ state }) => state !== "STATE_DEACTIVATED");
  return (
    <Select
      {...props}
      allowClear
      loading={isPending}
      showSearch={{ optionFilterProp: "label" }}
      options={here.map(({ userId, displayName }) => ({ value: userId, label: displayName }))}
    />
  );
}

export function FinishTask({
  taskId,
  title,
  onClose,
}: {
  taskId: string;
  title: string;
  onClose: () => void;
}) {
  const say = useDialogs();
  return (
    <FormDialog<{ outcome?: string }>
      title={say("finishTask")}
      done={say("finished")}
      onClose={onClose}
      send={({ outcome = "" }, headers) => completeTask(taskId, { outcome }, headers)}
    >
      <Typography.Paragraph>{title}</Typography.Paragraph>
      <Form.Item name="outcome" label={say("finishOutcome")}>
        <Input.TextArea autoFocus autoSize={{ minRows: 2, maxRows: 6 }} maxLength={5_000} />
      </Form.Item>
    </FormDialog>
  );
}
