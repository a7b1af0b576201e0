// A condition over customers, as the builder holds it. Its text is CEL; whatever the builder cannot hold stays text.

export type FieldType = "text" | "enum" | "ref" | "int" | "decimal" | "bool" | "time" | "date" | "tags";

/** What a condition may name, as ListCustomersRequest.filter publishes it. */
export interface FilterField {
  /** As in the API: city, custom.seats. */
  name: string;
  type: FieldType;
  /** The names of an enum; of tags where only these may be looked for. */
  values?: readonly string[];
  /** Every customer has it, so that nobody looks for those without. */
  always?: boolean;
}

export type Fields = ReadonlyMap<string, FilterField>;

export type Op =
  | "any_of"
  | "all_of"
  | "none_of"
  | "contains"
  | "lacks"
  | "starts"
  | "eq"
  | "ne"
  | "ge"
  | "gt"
  | "le"
  | "lt"
  | "yes"
  | "no"
  | "last_days"
  | "not_last_days"
  | "since"
  | "before"
  | "on"
  | "known"
  | "unknown";

export interface Condition {
  field: string;
  op: Op;
  /** As text: names, numbers, days, instants; one, but for any_of, all_of and none_of. */
  values: readonly string[];
}

export interface Group {
  is: "all" | "any";
  of: readonly Node[];
}

export type Node = Group | Condition;

export const isGroup = (node: Node): node is Group => "is" in node;

export const EVERYBODY: Group = { is: "all", of: [] };

const CHOICE: readonly Op[] = ["any_of", "none_of"];
const PRESENCE: readonly Op[] = ["known", "unknown"];

const OPS: Record<FieldType, readonly Op[]> = {
  text: ["contains", "lacks", "starts", ...CHOICE],
  enum: CHOICE,
  ref: CHOICE,
  int: ["ge", "le", "eq", "ne", "gt", "lt"],
  decimal: ["ge", "le", "eq", "ne", "gt", "lt"],
  bool: ["yes", "no"],
  time: ["last_days", "not_last_days", "since", "before"],
  date: ["last_days", "not_last_days", "since", "before", "on"],
  tags: ["any_of", "all_of", "none_of"],
};

/** What can be asked of a field; the first is what a new condition asks. */
export const opsOf = ({ type, always }: FilterField): readonly Op[] =>
  always ? OPS[type] : [...OPS[type], ...PRESENCE];

export const takesMany = (op: Op): boolean => op === "any_of" || op === "all_of" || op === "none_of";
export const takesNone = (op: Op): boolean =>
  op === "yes" || op === "no" || op === "known" || op === "unknown";

const WHOLE = /^-?\d{1,18}$/;
// Fifteen digits are what a double holds.
const DECIMAL = /^-?\d{1,9}(\.\d{1,6})?$/;
const DAYS = /^[1-9]\d{0,4}$/;

/** Whether there is enough of it to be asked. */
export function complete({ op, values }: Condition, field: FilterField | undefined): boolean {
  if (!field) return false;
  if (takesNone(op)) return true;
  if (values.length === 0) return false;
  return values.every((value) => fits(value, op, field));
}

function fits(value: string, op: Op, { type, values }: FilterField): boolean {
  if (op === "last_days" || op === "not_last_days") return DAYS.test(value);
  if (type === "int") return WHOLE.test(value);
  if (type === "decimal") return DECIMAL.test(value);
  if (type === "date") return /^\d{4}-\d\d-\d\d$/.test(value);
  if (type === "time") return !Number.isNaN(Date.parse(value));
  return value !== "" && (values?.includes(value) ?? true);
}

/** Every condition in it, however deep. */
export const conditionsOf = (node: Node): Condition[] =>
  isGroup(node) ? node.of.flatMap(conditionsOf) : [node];
