import { Form } from "antd";
import { CustomerPicker } from "../../ui/customer-picker.tsx";
import { useWords } from "../words.ts";

export function CustomerField({ required = false }: { required?: boolean }) {
  const say = useWords();
  const rules = required ? [{ required: true, message: say("required", { field: say("customer") }) }] : [];
  return (
    <Form.Item name="customerId" label={say("customer")} rules={rules}>
      <CustomerPicker label={say("customer")} />
    </Form.Item>
  );
}
