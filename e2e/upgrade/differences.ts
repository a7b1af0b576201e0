import { isDeepStrictEqual } from "node:util";

/** A field that a later release answers otherwise, and why that is right. */
export interface ByDesign {
  readonly field: string;
  /** What is answered where the older release had no such field; without it, any difference is meant. */
  readonly added?: readonly unknown[];
  /** Of a list: the rows that came behind those it had, by their names. */
  readonly appended?: { readonly name: string; readonly rows: readonly string[] };
  readonly why: string;
}

/** Where two answers differ, a line each: the way to the value, what it was, what it is. */
export function differences(was: unknown, is: unknown, byDesign: readonly ByDesign[], way = ""): string[] {
  if (was === is) return [];
  if (!isObject(was) || !isObject(is)) return [`${way}: ${shown(was)} became ${shown(is)}`];
  const fields = [...new Set([...Object.keys(was), ...Object.keys(is)])];
  return fields.flatMap((field) => {
    const [before, after] = [was[field], is[field]];
    const known = byDesign.find((one) => one.field === field);
    if (known?.appended && Array.isArray(before) && Array.isArray(after))
      return differences(before, withoutAppended(known.appended, before, after), byDesign, `${way}.${field}`);
    if (known && !known.appended && allows(known, before, after)) return [];
    return differences(before, after, byDesign, `${way}.${field}`);
  });
}

const withoutAppended = (
  { name, rows }: NonNullable<ByDesign["appended"]>,
  before: readonly unknown[],
  after: readonly unknown[],
) => [
  ...after.slice(0, before.length),
  ...after.slice(before.length).filter((row) => !(isObject(row) && rows.includes(String(row[name])))),
];

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;

const allows = ({ added }: ByDesign, before: unknown, after: unknown) =>
  !added || (before === undefined && added.some((one) => isDeepStrictEqual(one, after)));

const shown = (value: unknown) => (JSON.stringify(value) ?? "nothing").slice(0, 200);
