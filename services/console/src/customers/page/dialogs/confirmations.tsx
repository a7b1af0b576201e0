// What needs no more than a reason.
import { archiveCustomer, claimCustomer, restoreCustomer, unmergeCustomers } from "@guanxi/client/gen/guanxi";
import { Form, Input, Typography } from "antd";
import { queries } from "../../../api/api.ts";
import { keep } from "../data.ts";
import { useSeen } from "../seen.ts";
import { usePage } from "../words.ts";
import { useCards } from "../card-words.ts";
import { FormDialog } from "./form-dialog.tsx";
import { useDialogs } from "./words.ts";

interface Values {
  reason?: string;
}

interface Props {
  onClose: () => void;
}

export function Archive({ onClose }: Props) {
  const say = useDialogs();
  const page = usePage();
  const { customer, customerId } = useSeen();
  return (
    <FormDialog<Values>
      title={page("archive")}
      ok={page("archive")}
      done={say("archiveDone")}
      onClose={onClose}
      send={async ({ reason = "" }, headers) => keep(await archiveCustomer(customerId, { reason }, headers))}
    >
      <Typography.Paragraph>{say("archiveText", { name: customer.displayName })}</Typography.Paragraph>
      <Reason />
    </FormDialog>
  );
}

export function Restore({ onClose }: Props) {
  const say = useDialogs();
  const page = usePage();
  const { customer, customerId } = useSeen();
  return (
    <FormDialog<Values>
      title={page("restore")}
      ok={page("restore")}
      done={say("restoreDone")}
      onClose={onClose}
      send={async (_values, headers) => keep(await restoreCustomer(customerId, {}, headers))}
    >
      <Typography.Paragraph>{say("restoreText", { name: customer.displayName })}</Typography.Paragraph>
    </FormDialog>
  );
}

export function Claim({ onClose }: Props) {
  const say = useDialogs();
  const page = usePage();
  const { customer, customerId } = useSeen();
  return (
    <FormDialog<Values>
      title={page("claim")}
      ok={say("claimOk")}
      done={say("claimDone")}
      onClose={onClose}
      send={async (_values, headers) => keep(await claimCustomer(customerId, {}, headers))}
    >
      <Typography.Paragraph>{say("claimText", { name: customer.displayName })}</Typography.Paragraph>
    </FormDialog>
  );
}

export function Unmerge({ mergeId, onClose }: Props & { mergeId: string }) {
  const say = useDialogs();
  const cards = useCards();
  const send = async ({ reason = "" }: Values, headers: { "Idempotency-Key": string }) => {
    await unmergeCustomers(mergeId, { reason }, headers);
    // Whose each entry is has changed.
    void queries.invalidateQueries({ queryKey: ["timeline"] });
  };
  return (
    <FormDialog<Values>
      title={cards("unmerge")}
      ok={cards("unmerge")}
      done={say("unmergeDone")}
      onClose={onClose}
      send={send}
    >
      <Typography.Paragraph>{say("unmergeText")}</Typography.Paragraph>
      <Reason />
    </FormDialog>
  );
}

function Reason() {
  const say = useDialogs();
  return (
    <Form.Item name="reason" label={say("reason")}>
      <Input maxLength={500} autoFocus />
    </Form.Item>
  );
}
