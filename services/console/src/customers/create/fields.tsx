import { type FieldDefinition, SourceChannel } from "@guanxi/client/gen/guanxi";
import { DatePicker, Form, Input, InputNumber, Select } from "antd";
import dayjs from "dayjs";
import type { ReactNode } from "react";
import { useQuery } from "@tanstack/react-query";
import { useLabel, useLanguage } from "../../text/texts.ts";
import { titleOf } from "../list/columns.tsx";
import type { Book } from "../list/lookups.ts";
import { fieldsQuery } from "../page/data.ts";
import { useCreateWords } from "./words.ts";

interface Props {
  kind: "person" | "organisation";
  book: Book;
  tags: readonly string[];
  /** Below what tells who it is. */
  alike: ReactNode;
}

const CODE = /^[0-9A-HJ-NP-RT-UW-Y]{18}$/i;

export function Fields({ kind, book, tags, alike }: Props) {
  const say = useCreateWords();
  const label = useLabel();
  const isPerson = kind === "person";
  const channels = Object.values(SourceChannel).filter((each) => each !== "CHANNEL_UNSPECIFIED");
  return (
    <div>
      <Form.Item
        name="displayName"
        label={say(isPerson ? "personName" : "displayName")}
        rules={[{ required: true, whitespace: true, message: say("nameMissing") }]}
      >
        <Input autoFocus maxLength={200} autoComplete="off" />
      </Form.Item>
      <div className="customer-pair">
        <Form.Item name="phone" label={say("phone")}>
          <Input type="tel" maxLength={100} autoComplete="off" />
        </Form.Item>
        <Form.Item name="email" label={say("email")} rules={[{ type: "email", message: say("emailWrong") }]}>
          <Input type="email" maxLength={320} autoComplete="off" />
        </Form.Item>
      </div>
      {!isPerson && (
        <Form.Item
          name="creditCode"
          label={say("creditCode")}
          extra={say("creditCodeHint")}
          rules={[{ pattern: CODE, message: say("codeWrong") }]}
        >
          <Input maxLength={18} autoComplete="off" />
        </Form.Item>
      )}
      <div style={{ marginBottom: 16 }}>{alike}</div>
      {!isPerson && (
        <Form.Item name="legalName" label={say("legalName")}>
          <Input maxLength={200} autoComplete="off" />
        </Form.Item>
      )}
      <div className="customer-pair">
        <Form.Item
          name="channel"
          label={say("channel")}
          extra={say("channelHint")}
          rules={[{ required: true, message: say("channelMissing") }]}
        >
          <Select
            showSearch={{ optionFilterProp: "label" }}
            options={channels.map((value) => ({ value, label: label("SourceChannel", value) }))}
          />
        </Form.Item>
        <Form.Item name="detail" label={say("detail")} extra={say("detailHint")}>
          <Input maxLength={500} />
        </Form.Item>
      </div>
      <div className="customer-pair">
        <Form.Item name="city" label={say("city")}>
          <Input maxLength={100} autoComplete="off" />
        </Form.Item>
        {isPerson ? (
          <Form.Item name="birthDate" label={say("birthDate")}>
            <DatePicker style={{ width: "100%" }} disabledDate={(day) => day.isAfter(dayjs())} />
          </Form.Item>
        ) : (
          <Form.Item name="industry" label={say("industry")}>
            <Input maxLength={100} autoComplete="off" />
          </Form.Item>
        )}
      </div>
      <div className="customer-pair">
        <Form.Item name="ownerId" label={say("owner")}>
          <Select
            showSearch={{ optionFilterProp: "label" }}
            options={[
              ...book.users
                .filter(({ state }) => state === "STATE_ACTIVE")
                .map(({ userId, displayName }) => ({ value: userId, label: displayName })),
              { value: "", label: say("pool") },
            ]}
          />
        </Form.Item>
        <Form.Item name="tags" label={say("tags")} extra={say("tagsHint")}>
          <Select mode="tags" options={tags.map((value) => ({ value, label: value }))} />
        </Form.Item>
      </div>
      <OwnFields />
    </div>
  );
}

/** The tenant's own fields without which no new customer is taken; the others are for the customer's page. */
function OwnFields() {
  const say = useCreateWords();
  const language = useLanguage();
  const { data = [] } = useQuery(fieldsQuery);
  return data
    .filter(({ required }) => required)
    .map((definition) => {
      const isDay = definition.type === "TYPE_DATE" || definition.type === "TYPE_TIME";
      return (
        <Form.Item
          key={definition.key}
          name={["custom", definition.key]}
          label={titleOf(definition, language)}
          rules={[{ required: true, message: say("valueMissing") }]}
          {...(isDay && {
            getValueProps: (value: unknown) => ({ value: value ? dayjs(String(value)) : null }),
            normalize: (day: dayjs.Dayjs | null) =>
              definition.type === "TYPE_DATE" ? day?.format("YYYY-MM-DD") : day?.toISOString(),
          })}
        >
          <OwnField definition={definition} />
        </Form.Item>
      );
    });
}

/** The form gives it its value. */
function OwnField({ definition, ...given }: { definition: FieldDefinition }) {
  const say = useCreateWords();
  const language = useLanguage();
  switch (definition.type) {
    case "TYPE_NUMBER":
      return <InputNumber {...given} style={{ width: "100%" }} precision={0} />;
    case "TYPE_DECIMAL":
      return <InputNumber<string> {...given} style={{ width: "100%" }} stringMode />;
    case "TYPE_BOOL":
      return (
        <Select
          {...given}
          options={[
            { value: true, label: say("yes") },
            { value: false, label: say("no") },
          ]}
        />
      );
    case "TYPE_DATE":
    case "TYPE_TIME":
      return <DatePicker {...given} style={{ width: "100%" }} showTime={definition.type === "TYPE_TIME"} />;
    case "TYPE_ENUM":
      return (
        <Select
          {...given}
          options={definition.options.map((option) => ({
            value: option.value,
            label: titleOf({ ...definition, key: option.value, labels: option.labels }, language),
          }))}
        />
      );
    default:
      return <Input {...given} maxLength={2000} />;
  }
}
