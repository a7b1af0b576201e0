import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import {
  ContactPointKind,
  CustomerChannel,
  type CustomerKind,
  type Date as Day,
  type FieldDefinition,
  PartyRole,
} from "@guanxi/client/gen/guanxi";
import { Button, Checkbox, DatePicker, Flex, Form, Input, InputNumber, Select, Typography } from "antd";
import type { ReactNode } from "react";
import { useLabel, useLanguage } from "../../../text/texts.ts";
import { useCards } from "../card-words.ts";
import { labelOf, optionsOf } from "../custom.ts";
import { dayOf, pickedOf } from "../dates.ts";
import { useEdit } from "./words.ts";

interface Props {
  kind: CustomerKind;
  hidden: ReadonlySet<string>;
  fields: readonly FieldDefinition[];
  addresses: number;
}

export function FieldInputs({ kind, hidden, fields, addresses }: Props) {
  const say = useEdit();
  const card = useCards();
  const choices = useChoices();
  const organisation = kind === "KIND_ORGANISATION";
  const item = (
    name: string,
    label: string,
    input: ReactNode,
    rules?: { required: boolean; message: string }[],
  ) => (
    <Form.Item
      {...(hidden.has(name) ? {} : { name })}
      label={label}
      {...(rules ? { rules } : {})}
      {...(hidden.has(name) ? { extra: say("masked") } : {})}
    >
      {hidden.has(name) ? <Input disabled value="***" /> : input}
    </Form.Item>
  );
  return (
    <>
      {item("displayName", card("displayName"), <Input maxLength={200} />, [
        { required: true, message: say("nameNeeded") },
      ])}
      {item("legalName", card("legalName"), <Input maxLength={200} />)}
      {organisation &&
        item("creditCode", card("creditCode"), <Input maxLength={18} placeholder={say("creditHint")} />)}
      {item("industry", card("industry"), <Input maxLength={100} />)}
      {item(
        "partyRoles",
        card("partyRoles"),
        <Select
          mode="multiple"
          showSearch={{ optionFilterProp: "label" }}
          options={choices("PartyRole", PartyRole)}
        />,
      )}
      {!organisation && item("birthDate", card("birthDate"), <DayPicker />)}
      {hidden.has("contactPoints") ? item("contactPoints", card("contactPoints"), null) : <Points />}
      {hidden.has("addresses") ? item("addresses", card("address"), null) : <Address count={addresses} />}
      {item(
        "preferredChannel",
        card("preferredChannel"),
        <Select options={choices("CustomerChannel", CustomerChannel, true)} />,
      )}
      {item("language", card("language"), <Input maxLength={35} placeholder="zh-CN" />)}
      {fields.map((field) => (
        <Custom key={field.key} field={field} hidden={hidden.has(`custom.${field.key}`)} />
      ))}
    </>
  );
}

/** What one may choose of an enum; with `none`, also nothing. */
export function useChoices() {
  const label = useLabel();
  return (name: string, values: Readonly<Record<string, string>>, none = false) =>
    Object.values(values)
      .filter((value) => none || !value.endsWith("UNSPECIFIED"))
      .map((value) => ({ value, label: label(name, value) || "—" }));
}

/** antd picks moments; the contract has days. */
function DayPicker({
  value,
  onChange,
  ...rest
}: {
  value?: Day;
  onChange?: (day: Day | undefined) => void;
  id?: string;
}) {
  return (
    <DatePicker
      {...rest}
      style={{ width: "100%" }}
      value={pickedOf(value) ?? null}
      onChange={(picked) => onChange?.(picked ? dayOf(picked) : undefined)}
    />
  );
}

function Points() {
  const say = useEdit();
  const card = useCards();
  const choices = useChoices();
  return (
    <Form.List name="contactPoints">
      {(rows, { add, remove }) => (
        <fieldset style={{ border: 0, margin: "0 0 16px", padding: 0 }}>
          <legend style={{ padding: "0 0 4px" }}>
            <Typography.Text>{card("contactPoints")}</Typography.Text>
          </legend>
          {rows.map(({ key, name }) => (
            <Flex key={key} gap={6} align="center" style={{ marginBottom: 6 }}>
              <Form.Item name={[name, "kind"]} noStyle>
                <Select
                  aria-label={say("kindOfPoint")}
                  style={{ width: 92, flex: "none" }}
                  options={choices("ContactPointKind", ContactPointKind)}
                />
              </Form.Item>
              <Form.Item name={[name, "value"]} noStyle rules={[{ required: true, message: say("point") }]}>
                <Input aria-label={say("point")} />
              </Form.Item>
              <Form.Item name={[name, "primary"]} noStyle valuePropName="checked">
                <Checkbox aria-label={say("primary")} title={say("primary")} />
              </Form.Item>
              <Button
                type="text"
                size="small"
                icon={<DeleteOutlined />}
                aria-label={say("removePoint", { n: name + 1 })}
                onClick={() => remove(name)}
              />
            </Flex>
          ))}
          <Button
            size="small"
            type="dashed"
            icon={<PlusOutlined />}
            onClick={() => add({ kind: "KIND_PHONE", value: "", label: "", primary: false })}
          >
            {say("addPoint")}
          </Button>
        </fieldset>
      )}
    </Form.List>
  );
}

function Address({ count }: { count: number }) {
  const say = useEdit();
  const card = useCards();
  const part = (name: string | (string | number)[], label: string, width: string) => (
    <Form.Item name={["addresses", 0, ...[name].flat()]} noStyle>
      <Input aria-label={label} placeholder={label} style={{ width }} maxLength={200} />
    </Form.Item>
  );
  return (
    <Form.Item
      label={card("address")}
      {...(count > 1 ? { extra: say("moreAddresses", { count: count - 1 }) } : {})}
    >
      <Flex gap={6} wrap>
        {part("administrativeArea", say("state"), "calc(50% - 3px)")}
        {part("locality", say("city"), "calc(50% - 3px)")}
        {part(["addressLines", 0], say("street"), "100%")}
        {part("postalCode", say("postal"), "calc(50% - 3px)")}
        {part("regionCode", say("country"), "calc(50% - 3px)")}
      </Flex>
    </Form.Item>
  );
}

function Custom({ field, hidden }: { field: FieldDefinition; hidden: boolean }) {
  const say = useEdit();
  const language = useLanguage();
  const label = labelOf(field, language);
  if (hidden)
    return (
      <Form.Item label={label} extra={say("masked")}>
        <Input disabled value="***" />
      </Form.Item>
    );
  return (
    <Form.Item
      name={`custom.${field.key}`}
      label={label}
      {...(field.type === "TYPE_BOOL" ? { valuePropName: "checked" } : {})}
    >
      {inputOf(field, language)}
    </Form.Item>
  );
}

function inputOf(field: FieldDefinition, language: "zh" | "en"): ReactNode {
  if (field.type === "TYPE_BOOL") return <Checkbox />;
  if (field.type === "TYPE_NUMBER") return <InputNumber style={{ width: "100%" }} />;
  if (field.type === "TYPE_ENUM") return <Select allowClear options={optionsOf(field, language)} />;
  if (field.type === "TYPE_DATE") return <Input type="date" />;
  return <Input />;
}
