// Where a customer stands, as a person says it, with why.
import {
  changeCustomerClass,
  changeGrade,
  changeLifecycleStage,
  changeRelationshipLevel,
  ChurnReason,
  type Customer,
  CustomerClass,
  Grade,
  LifecycleStage,
  RelationshipLevel,
} from "@guanxi/client/gen/guanxi";
import { Checkbox, Form, Input, Select } from "antd";
import { useLabel } from "../../../text/texts.ts";
import { keep } from "../data.ts";
import type { Judged } from "../doing.ts";
import { useChoices } from "../edit/fields.tsx";
import { useSeen } from "../seen.ts";
import { usePage } from "../words.ts";
import { FormDialog } from "./form-dialog.tsx";
import { useDialogs } from "./words.ts";

interface Values {
  value: string;
  reason: string;
  force?: boolean;
  churnReason?: ChurnReason;
  churnNote?: string;
}

interface Scale {
  name: string;
  values: Readonly<Record<string, string>>;
  title: "changeStage" | "changeClass" | "changeGrade" | "changeLevel";
  now: (customer: Customer) => string;
  /** Whether it may be taken away again. */
  clears: boolean;
  forces: boolean;
  change: (customerId: string, values: Values, headers: { "Idempotency-Key": string }) => Promise<Customer>;
}

const SCALES: Readonly<Record<Judged, Scale>> = {
  stage: {
    name: "LifecycleStage",
    values: LifecycleStage,
    title: "changeStage",
    now: ({ lifecycleStage }) => lifecycleStage,
    clears: false,
    forces: true,
    change: (customerId, { value, ...rest }, headers) =>
      changeLifecycleStage(customerId, { ...rest, lifecycleStage: value as LifecycleStage }, headers),
  },
  class: {
    name: "CustomerClass",
    values: CustomerClass,
    title: "changeClass",
    now: ({ customerClass }) => customerClass,
    clears: false,
    forces: false,
    change: (customerId, { value, reason }, headers) =>
      changeCustomerClass(customerId, { customerClass: value as CustomerClass, reason }, headers),
  },
  grade: {
    name: "Grade",
    values: Grade,
    title: "changeGrade",
    now: ({ grade }) => grade,
    clears: true,
    forces: false,
    change: (customerId, { value, reason }, headers) =>
      changeGrade(customerId, { grade: value as Grade, reason }, headers),
  },
  level: {
    name: "RelationshipLevel",
    values: RelationshipLevel,
    title: "changeLevel",
    now: ({ relationshipLevel }) => relationshipLevel,
    clears: true,
    forces: true,
    change: (customerId, { value, reason, force = false }, headers) =>
      changeRelationshipLevel(
        customerId,
        { relationshipLevel: value as RelationshipLevel, reason, force },
        headers,
      ),
  },
};

export function Judge({
  about,
  departed,
  onClose,
}: {
  about: Judged;
  departed?: boolean;
  onClose: () => void;
}) {
  const say = useDialogs();
  const page = usePage();
  const label = useLabel();
  const choices = useChoices();
  const { customer, customerId } = useSeen();
  const scale = SCALES[about];
  const [form] = Form.useForm<Values>();
  const value = Form.useWatch("value", form) as string | undefined;
  const options = Object.values(scale.values)
    .filter((each) => scale.clears || !each.endsWith("UNSPECIFIED"))
    .map((each) => ({ value: each, label: label(scale.name, each) || say("none") }));
  const needed = [{ required: true, message: say("needed") }];
  return (
    <FormDialog<Values>
      form={form}
      title={page(scale.title)}
      done={say("judged")}
      onClose={onClose}
      send={async (values, headers) => keep(await scale.change(customerId, values, headers))}
      initial={{ value: departed ? "LIFECYCLE_STAGE_DEPARTED" : scale.now(customer) }}
    >
      <Form.Item name="value" label={say("to")}>
        <Select options={options} autoFocus />
      </Form.Item>
      {value === "LIFECYCLE_STAGE_DEPARTED" && (
        <>
          <Form.Item name="churnReason" label={say("churnReason")} rules={needed}>
            <Select options={choices("ChurnReason", ChurnReason)} />
          </Form.Item>
          <Form.Item name="churnNote" label={say("churnNote")}>
            <Input.TextArea maxLength={1000} autoSize={{ minRows: 2 }} />
          </Form.Item>
        </>
      )}
      <Form.Item
        name="reason"
        label={say("reason")}
        rules={[{ required: true, whitespace: true, message: say("needed") }]}
      >
        <Input maxLength={500} />
      </Form.Item>
      {scale.forces && (
        <Form.Item name="force" valuePropName="checked">
          <Checkbox>{say("force")}</Checkbox>
        </Form.Item>
      )}
    </FormDialog>
  );
}
