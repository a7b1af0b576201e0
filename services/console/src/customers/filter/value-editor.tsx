// What a condition compares with, asked for in the way of its field.
import { DatePicker, Input, InputNumber, Select } from "antd";
import dayjs from "dayjs";
import type { ReactNode } from "react";
import type { NamedField } from "./fields.ts";
import { type Condition, type FieldType, takesMany, takesNone } from "./model.ts";
import { useFilterWords } from "./words.ts";

export interface Choices {
  users: readonly { value: string; label: string }[];
  categories: readonly { value: string; label: string }[];
  /** Tags that stand on the rows that were loaded: there is no list of all. */
  tags: readonly string[];
  me: string;
  team: readonly string[];
  valueOf: (value: string, field: NamedField) => string;
}

interface Props {
  condition: Condition;
  field: NamedField;
  choices: Choices;
  onChange: (values: string[]) => void;
}

export function ValueEditor(props: Props) {
  const { condition, field } = props;
  if (takesNone(condition.op)) return null;
  const Editor = editorOf(condition.op, field);
  return <Editor {...props} />;
}

function editorOf(op: Condition["op"], { type, values }: NamedField): (props: Props) => ReactNode {
  if (op === "last_days" || op === "not_last_days") return Days;
  if (takesMany(op)) return type === "ref" || values ? Choose : Several;
  return EDITORS[type] ?? Words;
}

const EDITORS: Partial<Record<FieldType, (props: Props) => ReactNode>> = {
  int: Figure,
  decimal: Figure,
  date: Moment,
  time: Moment,
};

function Days({ condition, onChange }: Props) {
  const say = useFilterWords();
  const [days] = condition.values;
  return (
    <InputNumber
      aria-label={say("value")}
      style={{ width: 132 }}
      min={1}
      max={99999}
      precision={0}
      value={days ? Number(days) : null}
      suffix={say("days")}
      onChange={(value) => onChange(value === null ? [] : [String(value)])}
    />
  );
}

function Figure({ condition, field, onChange }: Props) {
  const say = useFilterWords();
  return (
    <InputNumber<string>
      aria-label={say("value")}
      style={{ width: 160 }}
      stringMode
      precision={field.type === "int" ? 0 : undefined}
      value={condition.values[0] ?? null}
      suffix={field.name === "completeness" ? "%" : undefined}
      onChange={(value) => onChange(value === null ? [] : [value])}
    />
  );
}

function Moment({ condition, field, onChange }: Props) {
  const say = useFilterWords();
  const [value] = condition.values;
  const isDay = field.type === "date";
  return (
    <DatePicker
      aria-label={say("value")}
      placeholder={say("pickDate")}
      style={{ width: 200 }}
      showTime={isDay ? false : { format: "HH:mm", defaultOpenValue: dayjs().startOf("day") }}
      format={isDay ? "YYYY-MM-DD" : "YYYY-MM-DD HH:mm"}
      value={value ? dayjs(value) : null}
      onChange={(date) =>
        onChange(date ? [isDay ? date.format("YYYY-MM-DD") : date.startOf("minute").toISOString()] : [])
      }
    />
  );
}

function Words({ condition, onChange }: Props) {
  const say = useFilterWords();
  return (
    <Input
      aria-label={say("value")}
      style={{ width: 220 }}
      maxLength={200}
      value={condition.values[0] ?? ""}
      onChange={({ target }) => onChange(target.value ? [target.value] : [])}
    />
  );
}

function Several({ condition, field, choices, onChange }: Props) {
  const say = useFilterWords();
  return (
    <Select
      aria-label={say("value")}
      mode="tags"
      style={{ minWidth: 220, maxWidth: 420 }}
      placeholder={say("typeTags")}
      maxTagTextLength={20}
      value={[...condition.values]}
      options={field.name === "tags" ? choices.tags.map((value) => ({ value, label: value })) : []}
      onChange={(values: string[]) => onChange(values.map((each) => each.trim()).filter(Boolean))}
    />
  );
}

const ME = "@me";
const TEAM = "@team";

function Choose({ condition, field, choices, onChange }: Props) {
  const say = useFilterWords();
  const isOwner = field.name === "owner_id";
  const known = isOwner ? choices.users : choices.categories;
  const mine = isOwner
    ? [
        { value: ME, label: say("me") },
        ...(choices.team.length > 1 ? [{ value: TEAM, label: say("myTeam") }] : []),
      ]
    : [];
  const values = field.values?.map((value) => ({ value, label: choices.valueOf(value, field) }));
  // Whom a link names and nobody knows here stays to be seen, and can be taken away.
  const strange = values ? [] : condition.values.filter((id) => !known.some(({ value }) => value === id));
  const options = values ?? [...mine, ...known, ...strange.map((value) => ({ value, label: value }))];
  const expand = (value: string) => (value === ME ? [choices.me] : value === TEAM ? choices.team : [value]);
  return (
    <Select
      aria-label={say("value")}
      mode="multiple"
      style={{ minWidth: 220, maxWidth: 420 }}
      placeholder={say("choose")}
      optionFilterProp="label"
      value={[...condition.values]}
      options={options}
      onChange={(chosen: string[]) => onChange([...new Set(chosen.flatMap(expand))])}
    />
  );
}
