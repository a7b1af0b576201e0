// Changes the particulars in place. What somebody else has changed meanwhile is never overwritten unseen.
import { type Customer, getCustomer, updateCustomer } from "@guanxi/client/gen/guanxi";
import { useMutation, useQuery } from "@tanstack/react-query";
import { App, Button, Flex, Form } from "antd";
import { useEffect, useState } from "react";
import { ifMatch, once, problemOf } from "../../../api/api.ts";
import { Problem } from "../../../ui/problem.tsx";
import { useUi } from "../../../ui/words.ts";
import "../../../ui/form-modal.css";
import { fieldsQuery, keep } from "../data.ts";
import { useSeen } from "../seen.ts";
import { changedKeys, type Fields } from "./conflict.ts";
import { ConflictPanel } from "./conflict-panel.tsx";
import { type Draft, draftOf, hiddenKeys, patchOf, tidy } from "./draft.ts";
import { FieldInputs } from "./fields.tsx";
import { useEdit } from "./words.ts";

/** Mine over the state that I had read, and theirs, which has come between. */
interface Clash {
  mine: Fields;
  theirs: Customer;
}

export function Editor({ customer, onClose }: { customer: Customer; onClose: () => void }) {
  const ui = useUi();
  const say = useEdit();
  const { message } = App.useApp();
  const { may } = useSeen();
  const [form] = Form.useForm<Draft>();
  // What the person began with; the page behind goes on being renewed.
  const [read] = useState(customer);
  const [base] = useState(() => draftOf(customer));
  const [clash, setClash] = useState<Clash>();
  const { data: fields = [] } = useQuery({ ...fieldsQuery, enabled: may("field_definition", "read") });
  useEffect(() => form.getFieldInstance("displayName")?.focus?.(), [form]);
  const save = useMutation({
    mutationFn: ({ changes, over }: { changes: Fields; over: Customer }) =>
      updateCustomer(read.customerId, patchOf(changes, over), { ...ifMatch(over.etag), ...once() }),
    onSuccess: (after) => {
      keep(after);
      void message.success(say("saved"));
      onClose();
    },
    onError: (error, { changes }) => {
      if (problemOf(error).status === 412) void compare({ ...base, ...changes });
    },
  });
  const compare = async (mine: Fields) => {
    // The refusal stands in the form already; where theirs cannot be read, the next try asks again, and mine is kept.
    const theirs = await getCustomer(read.customerId).catch(() => undefined);
    if (theirs) setClash((known) => ({ mine: known?.mine ?? mine, theirs }));
  };
  const finish = () => {
    // All that the form knows: what has no input, as the second address, is in it too.
    const mine = tidy({ ...base, ...(form.getFieldsValue(true) as Draft) });
    const changes = Object.fromEntries(changedKeys(base, mine).map((key) => [key, mine[key]]));
    if (Object.keys(changes).length > 0) return save.mutate({ changes, over: read });
    void message.info(say("same"));
    onClose();
  };
  if (clash)
    return (
      <ConflictPanel
        base={base}
        mine={clash.mine}
        theirs={draftOf(clash.theirs)}
        fields={fields}
        saving={save.isPending}
        onCancel={onClose}
        onSave={(changes) => save.mutate({ changes, over: clash.theirs })}
      />
    );
  const refused = save.error && problemOf(save.error).status !== 412;
  return (
    <Form
      name="master-data"
      form={form}
      className="tight-form"
      layout="vertical"
      size="small"
      requiredMark={false}
      initialValues={base}
      onFinish={finish}
      onKeyDown={(event) => event.key === "Escape" && !event.defaultPrevented && onClose()}
    >
      {refused && <Problem error={save.error} />}
      <FieldInputs
        kind={customer.kind}
        hidden={hiddenKeys(base)}
        fields={fields}
        addresses={base.addresses.length}
      />
      <Flex gap={8} justify="flex-end">
        <Button onClick={onClose}>{ui("cancel")}</Button>
        <Button type="primary" htmlType="submit" loading={save.isPending}>
          {ui("save")}
        </Button>
      </Flex>
    </Form>
  );
}
