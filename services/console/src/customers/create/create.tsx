// A new customer. Whoever may be the same one is shown while the form is filled in, before there are two.
import { PlusOutlined } from "@ant-design/icons";
import { createCustomer } from "@guanxi/client/gen/guanxi";
import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { App, Button, Drawer, Dropdown, Flex, Form, Segmented } from "antd";
import { useState } from "react";
import { once, problemOf, queries } from "../../api/api.ts";
import { useMay, useMe } from "../../api/session.ts";
import { useShortcuts } from "../../ui/shortcuts.ts";
import { useComplain } from "../../ui/problem.tsx";
import type { Book } from "../list/lookups.ts";
import { LIST } from "../list/rows.ts";
import type { CustomersSearch } from "../search.ts";
import { Alike, useAlike } from "./alike.tsx";
import { type Draft, fieldOf, inputOf } from "./draft.ts";
import { Fields } from "./fields.tsx";
import { useCreateWords } from "./words.ts";

type Kind = NonNullable<CustomersSearch["create"]>;

export function CreateButton({ onKind }: { onKind: (kind: Kind) => void }) {
  const say = useCreateWords();
  const may = useMay();
  const mayCreate = may("customer", "create");
  useShortcuts(mayCreate ? { c: () => onKind("organisation") } : {});
  if (!mayCreate) return null;
  return (
    <Dropdown
      trigger={["click"]}
      menu={{
        items: [
          { key: "organisation", label: say("organisation") },
          { key: "person", label: say("person") },
        ],
        onClick: ({ key }) => onKind(key as Kind),
      }}
    >
      <Button type="primary" icon={<PlusOutlined />}>
        {say("create")}
      </Button>
    </Dropdown>
  );
}

interface Props {
  kind: Kind | undefined;
  book: Book;
  tags: readonly string[];
  onClose: () => void;
}

export function CreateDrawer({ kind, book, tags, onClose }: Props) {
  const say = useCreateWords();
  return (
    <Drawer
      open={kind !== undefined}
      size={560}
      title={say("create")}
      mask={{ closable: false }}
      onClose={onClose}
      destroyOnHidden
    >
      {kind && <CreateForm first={kind} book={book} tags={tags} onClose={onClose} />}
    </Drawer>
  );
}

function CreateForm({ first, book, tags, onClose }: Omit<Props, "kind"> & { first: Kind }) {
  const say = useCreateWords();
  const { user } = useMe();
  const { message } = App.useApp();
  const complain = useComplain();
  const navigate = useNavigate();
  const [form] = Form.useForm<Draft>();
  const [kind, setKind] = useState<Kind>(first);
  const draft = Form.useWatch<Draft | undefined>((values) => values, form) ?? {};
  const customerKind = kind === "person" ? "KIND_PERSON" : "KIND_ORGANISATION";
  const alike = useAlike(customerKind, draft);
  const creation = useMutation({
    mutationFn: (values: Draft) => createCustomer(inputOf(customerKind, values), once()),
    onSuccess: async ({ customerId, displayName }) => {
      message.success(say("created", { name: displayName }));
      void queries.invalidateQueries({ queryKey: LIST, refetchType: "none" });
      await navigate({ to: "/customers/$customerId", params: { customerId } });
    },
    onError: (error, values) => {
      const faults = (problemOf(error).violations ?? []).flatMap(({ field, description }) => {
        const name = fieldOf(field, values);
        return name === undefined ? [] : [{ name: name as "displayName", errors: [description] }];
      });
      if (faults.length > 0) form.setFields(faults);
      else complain(error);
    },
  });
  return (
    <Form<Draft>
      name="new-customer"
      form={form}
      layout="vertical"
      initialValues={{ ownerId: user?.userId ?? "" }}
      scrollToFirstError={{ focus: true }}
      onFinish={(values) => creation.mutate(values)}
    >
      <Flex vertical gap={16}>
        <Segmented<Kind>
          block
          aria-label={say("kind")}
          value={kind}
          options={[
            { value: "organisation", label: say("organisation") },
            { value: "person", label: say("person") },
          ]}
          onChange={setKind}
        />
        <Fields kind={kind} book={book} tags={tags} alike={<Alike candidates={alike} />} />
        <Flex gap={8} justify="flex-end">
          <Button onClick={onClose}>{say("cancel")}</Button>
          <Button type="primary" htmlType="submit" loading={creation.isPending}>
            {say("save")}
          </Button>
        </Flex>
      </Flex>
    </Form>
  );
}
