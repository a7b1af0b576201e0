import { microsOfDecimal } from "@guanxi/kit/micros";
import { refuse, type Violation } from "@guanxi/kit/refuse";
import type { FieldDefinitionState, FieldType } from "./field-definition.ts";

export type CustomValues = Readonly<Record<string, unknown>>;

/** What the tables beside the customer need of a value. It is kept with the customer, since definitions never change it. */
interface CustomFact {
  readonly type: FieldType;
  readonly unique: boolean;
  readonly filterable: boolean;
  readonly personal: boolean;
}

export type CustomFacts = Readonly<Record<string, CustomFact>>;

const LONGEST_TEXT = 2000;
const LONGEST_FILTERABLE = 200;
const DECIMAL = /^-?(?:0|[1-9]\d{0,11})(?:\.\d{1,6})?$/;
const DAY = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,3})?(?:Z|[+-]\d\d:\d\d)$/;

type Rule = (value: unknown, definition: FieldDefinitionState) => string | undefined;

/** Each answers what a value must be, where it is not. */
const RULES: Record<FieldType, Rule> = {
  TEXT: (value, { filterable, unique }) => {
    const longest = filterable || unique ? LONGEST_FILTERABLE : LONGEST_TEXT;
    return typeof value === "string" && value !== "" && [...value].length <= longest
      ? undefined
      : `must be a text of 1 to ${longest} characters`;
  },
  NUMBER: (value) => (Number.isSafeInteger(value) ? undefined : "must be a whole number"),
  DECIMAL: (value) =>
    typeof value === "string" && DECIMAL.test(value)
      ? undefined
      : 'must be a number of at most 12 digits and six decimals, as text: "12.50"',
  BOOL: (value) => (typeof value === "boolean" ? undefined : "must be true or false"),
  DATE: (value) => (isDate(value) ? undefined : 'must be a day, as text: "2026-11-21"'),
  TIME: (value) =>
    typeof value === "string" && TIME.test(value) && !Number.isNaN(Date.parse(value))
      ? undefined
      : 'must be a time with a zone, as text: "2026-11-21T08:00:00Z"',
  ENUM: (value, { options }) =>
    options.some((option) => option.value === value)
      ? undefined
      : `must be one of ${options.map((option) => option.value).join(", ")}`,
};

function isDate(value: unknown): boolean {
  if (typeof value !== "string" || !DAY.test(value) || value.startsWith("0000")) return false;
  return new Date(`${value}T00:00:00Z`).toISOString().startsWith(value);
}

/**
 * The values by the tenant's definitions, without nulls, which stand for no value. What was there before may stay as it is,
 * also where a definition has come since.
 */
export function checkCustom(
  sent: CustomValues,
  before: CustomValues | undefined,
  definitions: readonly FieldDefinitionState[],
): { custom: CustomValues; customFacts: CustomFacts } {
  const custom = Object.fromEntries(
    Object.entries(sent).filter(([, value]) => value !== null && value !== undefined),
  );
  const violations = [
    ...Object.keys(custom).flatMap((key) => violationOf(key, custom[key], definitions)),
    ...missing(custom, before, definitions),
  ];
  if (violations.length > 0) {
    throw refuse(
      "invalid",
      "INVALID_CUSTOM_FIELD",
      "A custom field does not keep its definition.",
      violations,
    );
  }
  const used = definitions.filter(({ key }) => Object.hasOwn(custom, key));
  const customFacts = Object.fromEntries(
    used.map(({ key, type, unique, filterable, personal }) => [key, { type, unique, filterable, personal }]),
  );
  return { custom, customFacts };
}

function violationOf(key: string, value: unknown, definitions: readonly FieldDefinitionState[]): Violation[] {
  const field = `customer.custom.${key}`;
  const definition = definitions.find((each) => each.key === key);
  if (!definition) {
    return [{ field, description: "is not a field that has been defined", reason: "UNKNOWN_FIELD" }];
  }
  const description = RULES[definition.type](value, definition);
  return description === undefined ? [] : [{ field, description, reason: "WRONG_VALUE" }];
}

const missing = (
  custom: CustomValues,
  before: CustomValues | undefined,
  definitions: readonly FieldDefinitionState[],
): Violation[] =>
  definitions
    .filter(({ key, required }) => required && !Object.hasOwn(custom, key))
    .filter(({ key }) => before === undefined || Object.hasOwn(before, key))
    .map(({ key }) => ({ field: `customer.custom.${key}`, description: "is required", reason: "REQUIRED" }));

/** One text for one value, however it is written: what unique values are compared by. */
export function comparable(type: FieldType, value: unknown): string {
  if (type === "DECIMAL") return String(microsOfDecimal(String(value)));
  return type === "TIME" ? new Date(String(value)).toISOString() : String(value);
}

/** A value in the column of its type, for the table beside the customer. */
export function typedValue(type: FieldType, value: unknown): Record<string, unknown> {
  if (type === "NUMBER") return { number_value: BigInt(value as number) };
  if (type === "DECIMAL") return { number_value: microsOfDecimal(String(value)) };
  if (type === "BOOL") return { bool_value: value };
  if (type === "DATE") return { date_value: value };
  return type === "TIME" ? { time_value: new Date(String(value)) } : { text_value: value };
}
