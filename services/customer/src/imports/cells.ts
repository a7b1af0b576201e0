// What the cells of a row say, by field.
import type { ExternalId } from "@guanxi/contract/guanxi/customer/v1/customer";
import type { TypedRow, Value } from "@guanxi/import/service/kind";

export type Values = TypedRow["values"];

export const textOf = (values: Values, field: string): string => {
  const value = values.get(field);
  return typeof value === "string" ? value : "";
};

export const textsOf = (values: Values, field: string): string[] =>
  [values.get(field) ?? []].flat().filter((value: Value) => typeof value === "string");

export const numberOf = (values: Values, field: string): number | undefined => {
  const value = values.get(field);
  return typeof value === "number" ? value : undefined;
};

/** Several in one cell, as systems join them: a; b, a ::: b, 甲、乙. */
export const partsOf = (text: string, separator: RegExp): string[] => [
  ...new Set(
    text
      .split(separator)
      .map((part) => part.trim())
      .filter(Boolean),
  ),
];

export const LIST = /:::|[;,；，、|\n]/u;

/** Lines and the marks of whole entries only: a comma may stand within a number or an address. */
export const ENTRIES = /:::|[;；\n]/u;

const HAN = /\p{Script=Han}/u;

/** Of the parts of a person's name, in the order of their language: 张伟, Jean Cross. */
export function personName(values: Values): string {
  const part = (field: string) => textOf(values, field).trim();
  const [first, middle, last, suffix] = ["first_name", "middle_name", "last_name", "name_suffix"].map(part);
  if (HAN.test(`${first}${last}`)) return `${last}${middle}${first}`;
  return [first, middle, last, suffix].filter(Boolean).join(" ");
}

/** Of the key of a row; one that has no id has its content as its key. */
export const externalIdOf = (system: string, key: string): ExternalId | undefined =>
  key.startsWith("#") ? undefined : { system, id: key };

export function withExternalId(ids: ExternalId[], one: ExternalId | undefined): ExternalId[] {
  return !one || ids.some(({ system, id }) => system === one.system && id === one.id) ? ids : [...ids, one];
}
