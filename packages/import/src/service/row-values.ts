// The values of a row, each by the kind that its field has.
import type { TypedRow, Value } from "./kind.ts";

type Row = Pick<TypedRow, "values">;

const one = ({ values }: Row, field: string): Value | undefined => {
  const value = values.get(field);
  return Array.isArray(value) ? (value[0] as Value | undefined) : (value as Value | undefined);
};

export const textIn = (row: Row, field: string): string => String(one(row, field) ?? "").trim();
/** 2026-01-31. */
export const dayIn = (row: Row, field: string): string | null =>
  (one(row, field) as string | undefined) ?? null;
export const timeIn = (row: Row, field: string): Date | null => (one(row, field) as Date | undefined) ?? null;
export const microsIn = (row: Row, field: string): bigint | null =>
  (one(row, field) as bigint | undefined) ?? null;
export const numberIn = (row: Row, field: string): number | undefined =>
  one(row, field) as number | undefined;
export const textsIn = ({ values }: Row, field: string): string[] =>
  [values.get(field) ?? []].flat().map((value) => String(value).trim());
