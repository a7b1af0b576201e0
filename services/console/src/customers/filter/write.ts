import {
  type Condition,
  complete,
  type Fields,
  type FilterField,
  type Group,
  isGroup,
  type Node,
} from "./model.ts";

/** The CEL of a condition; what is not complete yet is left out. */
export function write(group: Group, fields: Fields): string {
  return writeGroup(group, fields);
}

function writeGroup({ is, of }: Group, fields: Fields): string {
  const parts = of.map((node) => writeNode(node, fields)).filter(({ text }) => text !== "");
  if (parts.length === 1) return parts[0]!.text;
  return parts.map(({ text, loose }) => (loose ? `(${text})` : text)).join(is === "all" ? " && " : " || ");
}

/** `loose` is what needs brackets beside others. */
function writeNode(node: Node, fields: Fields): { text: string; loose: boolean } {
  if (!isGroup(node)) {
    const field = fields.get(node.field);
    return { text: complete(node, field) ? writeCondition(node, field!) : "", loose: false };
  }
  const written = node.of.map((each) => writeNode(each, fields)).filter(({ text }) => text !== "");
  // A group of one is that one.
  if (written.length === 1) return written[0]!;
  return { text: writeGroup(node, fields), loose: true };
}

function writeCondition({ op, values }: Condition, field: FilterField): string {
  const { name, type } = field;
  const [value = ""] = values;
  switch (op) {
    case "known":
      return `has(${name})`;
    case "unknown":
      return `!has(${name})`;
    case "contains":
      return `${name}.contains(${quote(value)})`;
    case "lacks":
      return `!${name}.contains(${quote(value)})`;
    case "starts":
      return `${name}.startsWith(${quote(value)})`;
    case "yes":
    case "no":
      return `${name} == ${op === "yes"}`;
    case "any_of":
    case "all_of":
    case "none_of":
      return type === "tags" ? tagged(name, op, values) : oneOf(name, op, values);
    default:
      return `${name} ${COMPARISONS[op]} ${operand(op, type, value)}`;
  }
}

const COMPARISONS = {
  eq: "==",
  on: "==",
  ne: "!=",
  ge: ">=",
  since: ">=",
  last_days: ">=",
  gt: ">",
  le: "<=",
  lt: "<",
  before: "<",
  not_last_days: "<",
} as const;

function operand(op: Condition["op"], type: FilterField["type"], value: string): string {
  if (op === "last_days" || op === "not_last_days")
    return `${type === "time" ? "now" : "today"} - duration("${Number(value) * 24}h")`;
  if (type === "time") return `timestamp(${quote(value)})`;
  return type === "date" ? quote(value) : value;
}

function oneOf(name: string, op: string, values: readonly string[]): string {
  const test =
    values.length === 1 ? `${name} == ${quote(values[0]!)}` : `${name} in [${values.map(quote).join(", ")}]`;
  return op === "none_of" ? `!(${test})` : test;
}

function tagged(name: string, op: string, values: readonly string[]): string {
  const test = values.map((value) => `${quote(value)} in ${name}`).join(op === "all_of" ? " && " : " || ");
  if (op === "none_of") return `!(${test})`;
  return values.length === 1 ? test : `(${test})`;
}

/** As JSON has it, which CEL reads; nobody can store a NUL or half a character. */
export const quote = (text: string): string => JSON.stringify(text.replaceAll("\0", "").toWellFormed());
