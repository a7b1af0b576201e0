// How a condition reads.
import { useLabel, useLanguage } from "../../text/texts.ts";
import { useFormat } from "../../text/format.ts";
import { titleOf } from "../list/columns.tsx";
import type { NamedField } from "./fields.ts";
import { type Condition, type Group, isGroup, type Node, type Op, takesNone } from "./model.ts";
import { type FilterSay, useFilterWords } from "./words.ts";

export interface People {
  /** Of a user or a category. */
  nameOf: (id: string) => string;
}

export interface Naming {
  field: (field: NamedField) => string;
  op: (op: Op, field: NamedField | undefined) => string;
  value: (value: string, field: NamedField) => string;
  condition: (condition: Condition, fields: ReadonlyMap<string, NamedField>) => string;
  node: (node: Node, fields: ReadonlyMap<string, NamedField>) => string;
}

type Key = Parameters<FilterSay>[0];

export function useNaming({ nameOf }: People): Naming {
  const say = useFilterWords();
  const label = useLabel();
  const format = useFormat();
  const language = useLanguage();
  const field = ({ name, definition }: NamedField) =>
    definition ? titleOf(definition, language) : say(name as Key);
  const op = (op: Op, field: NamedField | undefined) =>
    say(field?.type === "tags" && (op === "any_of" || op === "none_of") ? `op.tags.${op}` : `op.${op}`);
  const value = (value: string, { type, enumeration, definition }: NamedField) => {
    if (enumeration) return label(enumeration.name, enumeration.prefix + value);
    if (type === "ref") return nameOf(value);
    if (type === "time" || type === "date")
      return Number.isNaN(Date.parse(value)) ? value : format.date(value);
    const option = definition?.options.find((each) => each.value === value);
    return option ? titleOf({ ...definition!, key: value, labels: option.labels }, language) : value;
  };
  const values = (condition: Condition, of: NamedField) => {
    const { op, values } = condition;
    if (op === "last_days" || op === "not_last_days") return `${values[0]} ${say("days")}`;
    return values.map((each) => value(each, of)).join(language === "zh" ? "、" : ", ");
  };
  const condition: Naming["condition"] = (each, fields) => {
    const of = fields.get(each.field);
    if (!of) return each.field;
    return [field(of), op(each.op, of), takesNone(each.op) ? "" : values(each, of)].filter(Boolean).join(" ");
  };
  const node: Naming["node"] = (each, fields) =>
    isGroup(each) ? group(each, fields) : condition(each, fields);
  const group = ({ is, of }: Group, fields: ReadonlyMap<string, NamedField>): string =>
    of.map((each) => node(each, fields)).join(is === "all" ? ` ${say("and")} ` : ` ${say("or")} `);
  return { field, op, value, condition, node };
}
