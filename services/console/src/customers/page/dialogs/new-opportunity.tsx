import { createOpportunity } from "@guanxi/client/gen/guanxi";
import { DatePicker, Flex, Form, Input, InputNumber } from "antd";
import type { Dayjs } from "dayjs";
import { useMe } from "../../../api/session.ts";
import { moneyOf } from "../../../text/money.ts";
import { dayOf } from "../dates.ts";
import { useSeen } from "../seen.ts";
import { usePage } from "../words.ts";
import { FormDialog } from "./form-dialog.tsx";
import { useDialogs } from "./words.ts";

interface Values {
  name: string;
  /** As it was written, so that no cent is lost on the way. */
  amount?: string;
  close?: Dayjs;
}

export function NewOpportunity({ onClose }: { onClose: () => void }) {
  const say = useDialogs();
  const page = usePage();
  const { customer, customerId } = useSeen();
  const currency = useMe().tenant?.currencyCode ?? "";
  const send = ({ name, amount, close }: Values, headers: { "Idempotency-Key": string }) =>
    createOpportunity(
      {
        displayName: name.trim(),
        customerId,
        ...(amount ? { amount: moneyOf(amount, currency) } : {}),
        ...(close ? { expectedCloseDate: dayOf(close) } : {}),
      },
      headers,
    );
  return (
    <FormDialog<Values>
      title={page("newOpportunity")}
      done={say("opportunityDone")}
      onClose={onClose}
      send={send}
      initial={{ name: `${customer.displayName} ` }}
    >
      <Form.Item
        name="name"
        label={say("name")}
        rules={[{ required: true, whitespace: true, message: say("needed") }]}
      >
        <Input maxLength={300} autoFocus />
      </Form.Item>
      <Flex gap="0 12px" wrap>
        <Form.Item name="amount" label={`${say("amount")} (${currency})`} style={{ flex: "1 1 180px" }}>
          <InputNumber<string> stringMode min="0" precision={2} style={{ width: "100%" }} />
        </Form.Item>
        <Form.Item name="close" label={say("close")} style={{ flex: "1 1 180px" }}>
          <DatePicker style={{ width: "100%" }} />
        </Form.Item>
      </Flex>
    </FormDialog>
  );
}
