// What a step says, in one channel.
import { createMessageTemplate } from "@guanxi/client/gen/guanxi";
import { useMutation } from "@tanstack/react-query";
import { Form, Input, Select } from "antd";
import { queries, useOnce } from "../api/api.ts";
import { useLabel } from "../text/texts.ts";
import { FormModal } from "../ui/form-modal.tsx";
import { useCampaigns } from "./words.ts";

interface Values {
  name: string;
  channel: string;
  subject?: string;
  text: string;
}

const CHANNELS = ["EMAIL", "SMS", "WECHAT"];
// Liquid, the same in every language.
const START = "{{ customer.display_name }}\n\n\n\n{{ unsubscribe_url }}";

export function TemplateForm({ onEnd }: { onEnd: () => void }) {
  const say = useCampaigns();
  const label = useLabel();
  const [form] = Form.useForm<Values>();
  const onceFor = useOnce();
  const channel = Form.useWatch("channel", form);
  const { mutate, error, isPending } = useMutation({
    mutationFn: ({ name, channel, subject = "", text }: Values) => {
      const template = { name, variants: [{ channel, subject, text }] };
      return createMessageTemplate(template, onceFor(template));
    },
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ["templates"] });
      onEnd();
    },
  });
  return (
    <FormModal<Values>
      title={say("newTemplate")}
      form={form}
      initial={{ channel: "EMAIL", text: START }}
      busy={isPending}
      error={error}
      onSubmit={(values) => mutate(values)}
      onClose={onEnd}
    >
      <Form.Item name="name" label={say("name")} rules={[{ required: true }]}>
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item name="channel" label={say("channel")} rules={[{ required: true }]}>
        <Select options={CHANNELS.map((value) => ({ value, label: label("TemplateChannel", value) }))} />
      </Form.Item>
      {channel === "EMAIL" && (
        <Form.Item name="subject" label={say("subject")} rules={[{ required: true }]}>
          <Input maxLength={1000} />
        </Form.Item>
      )}
      <Form.Item name="text" label={say("text")} extra={say("textHint")} rules={[{ required: true }]}>
        <Input.TextArea rows={8} />
      </Form.Item>
    </FormModal>
  );
}
