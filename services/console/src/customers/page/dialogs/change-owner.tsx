import { changeOwner } from "@guanxi/client/gen/guanxi";
import { Form, Input } from "antd";
import { keep } from "../data.ts";
import { useSeen } from "../seen.ts";
import { usePage } from "../words.ts";
import { FormDialog } from "./form-dialog.tsx";
import { UserSelect } from "./tasks.tsx";
import { useDialogs } from "./words.ts";

interface Values {
  ownerId?: string;
  reason?: string;
}

export function ChangeOwner({ onClose }: { onClose: () => void }) {
  const say = useDialogs();
  const page = usePage();
  const { customer, customerId } = useSeen();
  const send = async ({ ownerId = "", reason = "" }: Values, headers: { "Idempotency-Key": string }) =>
    keep(await changeOwner(customerId, { ownerId, reason }, headers));
  return (
    <FormDialog<Values>
      title={page("changeOwner")}
      done={say("ownerDone")}
      onClose={onClose}
      send={send}
      initial={customer.ownerId ? { ownerId: customer.ownerId } : {}}
    >
      <Form.Item name="ownerId" label={say("owner")} extra={say("ownerHint")}>
        <UserSelect />
      </Form.Item>
      <Form.Item name="reason" label={say("reason")}>
        <Input maxLength={500} />
      </Form.Item>
    </FormDialog>
  );
}
