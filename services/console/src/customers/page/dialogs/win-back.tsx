import { endWinBack, startWinBack, WinBackOutcome } from "@guanxi/client/gen/guanxi";
import { DatePicker, Form, Input, Select } from "antd";
import type { Dayjs } from "dayjs";
import { dayOf } from "../dates.ts";
import { useChoices } from "../edit/fields.tsx";
import { useSeen } from "../seen.ts";
import { FormDialog } from "./form-dialog.tsx";
import { UserSelect } from "./tasks.tsx";
import { useDialogs } from "./words.ts";

interface Begun {
  measure?: string;
  ownerId?: string;
  due?: Dayjs;
}

export function StartWinBack({ onClose }: { onClose: () => void }) {
  const say = useDialogs();
  const { customer, customerId } = useSeen();
  const send = ({ measure, ownerId, due }: Begun, headers: { "Idempotency-Key": string }) =>
    startWinBack(
      {
        customerId,
        ...(measure ? { measure } : {}),
        ...(ownerId ? { ownerId } : {}),
        ...(due ? { dueDate: dayOf(due) } : {}),
      },
      headers,
    );
  return (
    <FormDialog<Begun>
      title={say("startWinBack")}
      done={say("winBackStarted")}
      onClose={onClose}
      send={send}
      initial={customer.ownerId ? { ownerId: customer.ownerId } : {}}
    >
      <Form.Item name="measure" label={say("measure")} extra={say("measureHint")}>
        <Input maxLength={500} autoFocus />
      </Form.Item>
      <Form.Item name="ownerId" label={say("owner")}>
        <UserSelect />
      </Form.Item>
      <Form.Item name="due" label={say("due")}>
        <DatePicker style={{ width: "100%" }} />
      </Form.Item>
    </FormDialog>
  );
}

interface Ended {
  outcome: WinBackOutcome;
  outcomeNote?: string;
}

export function EndWinBack({ winBackId, onClose }: { winBackId: string; onClose: () => void }) {
  const say = useDialogs();
  const choices = useChoices();
  return (
    <FormDialog<Ended>
      title={say("endWinBack")}
      done={say("winBackEnded")}
      onClose={onClose}
      send={(values, headers) => endWinBack(winBackId, values, headers)}
    >
      <Form.Item name="outcome" label={say("outcome")} rules={[{ required: true, message: say("needed") }]}>
        <Select options={choices("WinBackOutcome", WinBackOutcome)} autoFocus />
      </Form.Item>
      <Form.Item name="outcomeNote" label={say("note")}>
        <Input maxLength={500} />
      </Form.Item>
    </FormDialog>
  );
}
