import { CaseKind, CasePriority, createCase } from "@guanxi/client/gen/guanxi";
import { Flex, Form, Input, Select } from "antd";
import { useChoices } from "../edit/fields.tsx";
import { useSeen } from "../seen.ts";
import { usePage } from "../words.ts";
import { FormDialog } from "./form-dialog.tsx";
import { useDialogs } from "./words.ts";

interface Values {
  subject: string;
  kind: CaseKind;
  priority: CasePriority;
  description?: string;
}

export function NewCase({ onClose }: { onClose: () => void }) {
  const say = useDialogs();
  const page = usePage();
  const choices = useChoices();
  const { customerId } = useSeen();
  return (
    <FormDialog<Values>
      title={page("newCase")}
      done={say("caseDone")}
      onClose={onClose}
      send={(values, headers) => createCase({ ...values, customerId }, headers)}
      initial={{ kind: "KIND_QUESTION", priority: "PRIORITY_NORMAL" }}
    >
      <Form.Item
        name="subject"
        label={say("subject")}
        rules={[{ required: true, whitespace: true, message: say("needed") }]}
      >
        <Input maxLength={500} autoFocus />
      </Form.Item>
      <Flex gap="0 12px" wrap>
        <Form.Item name="kind" label={say("kind")} style={{ flex: "1 1 160px" }}>
          <Select options={choices("CaseKind", CaseKind)} />
        </Form.Item>
        <Form.Item name="priority" label={say("priority")} style={{ flex: "1 1 160px" }}>
          <Select options={choices("CasePriority", CasePriority)} />
        </Form.Item>
      </Flex>
      <Form.Item name="description" label={say("description")}>
        <Input.TextArea autoSize={{ minRows: 3, maxRows: 10 }} maxLength={20_000} />
      </Form.Item>
    </FormDialog>
  );
}
