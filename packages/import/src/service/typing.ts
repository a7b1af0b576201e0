// From the cells of a row to the values of fields, as the mapping has it.
import { hash } from "node:crypto";
import type { RowFault } from "../fault.ts";
import type { FieldShape } from "../mapping.ts";
import type { FileRow } from "../types.ts";
import { type CellValue, cellValue, type Manner } from "../values.ts";
import type { Kind, TypedRow, Value } from "./kind.ts";
import type { ImportState } from "./state.ts";

export interface ReadRow extends TypedRow {
  readonly cells: readonly string[];
  readonly faults: readonly RowFault[];
  /** Names the record. */
  readonly key: string;
  /** The row has no id of its own; its key is what it holds. */
  readonly hashed: boolean;
  /** The same for rows that hold the same, as a UUID. */
  readonly content: string;
}

interface Step {
  readonly column: string;
  readonly index: number;
  readonly field: FieldShape;
  readonly manner: Manner;
  readonly replaced: ReadonlyMap<string, string> | undefined;
}

export interface Reading {
  readonly state: Pick<ImportState, "columns" | "mapping" | "replacements" | "manners" | "wish">;
  readonly kind: Pick<Kind, "key">;
  readonly fields: readonly FieldShape[];
  readonly timeZone: string;
  readonly currencyCode: string;
}

export type Typing = ReturnType<typeof typingOf>;

const LONGEST_KEY = 500;
const BETWEEN = "\u001f";
const CURRENCY = "currency_code";

export function typingOf(reading: Reading) {
  const steps = stepsOf(reading);
  const required = reading.fields.filter((field) => field.required);
  const columns = new Map(
    steps.map(({ field, column }) => [field.name, column]).reverse() as [string, string][],
  );
  const currency = steps.find(({ field }) => field.name === CURRENCY);

  function read(row: FileRow): ReadRow {
    const cells = row.values;
    const content = hash(
      "sha256",
      steps.map((step) => `${step.field.name}=${textOf(step, cells)}`).join(BETWEEN),
    );
    const base = { number: row.number, cells, content: uuidOf(content) };
    if (row.fault) return { ...base, values: NONE, faults: [row.fault], key: "", hashed: false };
    const faults: RowFault[] = [];
    const values = new Map<string, Value | Value[]>();
    const said = (currency && textOf(currency, cells).trim().toUpperCase()) || reading.currencyCode;
    for (const step of steps) take(step, textOf(step, cells), said, values, faults);
    for (const field of required)
      if (!values.has(field.name) && !faults.some(({ column }) => column === columns.get(field.name)))
        faults.push(missing(field, columns.get(field.name)));
    const names = reading.kind.key.map((name) => String(values.get(name) ?? "").trim());
    const hashed = names.every((name) => name === "");
    const key = hashed ? `#${content}` : names.join(BETWEEN);
    if (key.length > LONGEST_KEY) faults.push(tooLongKey(columns.get(reading.kind.key[0]!)));
    return { ...base, values, faults, key, hashed };
  }

  return {
    read,
    /** By field, for faults that name one. */
    columnOf: (field: string | undefined) => (field && columns.get(field)) ?? "",
    mapped: new Set(columns.keys()) as ReadonlySet<string>,
    steps,
  };
}

const NONE: ReadonlyMap<string, Value> = new Map();

/** In the order of the fields: a file with its columns in another order holds the same. */
function stepsOf({ state, fields, timeZone }: Reading): Step[] {
  const places = new Map(state.columns.map((column, index) => [column, index]));
  const known = new Map(fields.map((field) => [field.name, field]));
  const { dateOrder, decimal } = state.wish;
  const said = { ...(dateOrder && { dateOrder }), ...(decimal && { decimal }) };
  return state.mapping
    .flatMap(({ column, field: name }) => {
      const [index, field] = [places.get(column), known.get(name)];
      if (index === undefined || !field) return [];
      const manner = { timeZone, ...state.manners?.[column], ...said };
      const own = state.replacements.filter((each) => each.column === column);
      const replaced = own.length > 0 ? new Map(own.map(({ from, to }) => [from, to])) : undefined;
      return [{ column, index, field, manner, replaced }];
    })
    .sort((a, b) =>
      a.field.name === b.field.name ? a.index - b.index : a.field.name < b.field.name ? -1 : 1,
    );
}

function textOf({ index, replaced }: Step, cells: readonly string[]): string {
  const cell = cells[index] ?? "";
  return replaced?.get(cell) ?? cell;
}

function take(
  { column, field, manner }: Step,
  text: string,
  currencyCode: string,
  values: Map<string, Value | Value[]>,
  faults: RowFault[],
): void {
  if (text === "") return;
  const parsed = cellValue(text, field, field.kind === "money" ? { ...manner, currencyCode } : manner);
  if ("fault" in parsed) {
    faults.push({ ...parsed.fault, column });
    return;
  }
  const value = plain(parsed.value, field);
  if (value === undefined) return;
  if (typeof value === "string" && value.includes("\0")) faults.push(nul(column));
  else if (!field.repeated) values.set(field.name, value);
  else values.set(field.name, [...((values.get(field.name) as Value[] | undefined) ?? []), value]);
}

function plain(value: CellValue, { kind }: FieldShape): Value | undefined {
  if (typeof value === "object" && "micros" in value) return value.micros;
  return kind === "number" && value !== undefined ? Number(value) : value;
}

const uuidOf = (hex: string) =>
  `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;

const missing = ({ name }: FieldShape, column: string | undefined): RowFault => ({
  reason: "MISSING_VALUE",
  message: column ? `The cell must not be empty.` : `No column is mapped to ${name}, which every row needs.`,
  ...(column && { column }),
});

const tooLongKey = (column: string | undefined): RowFault => ({
  reason: "INVALID_VALUE",
  message: `An id has at most ${LONGEST_KEY} characters.`,
  ...(column && { column }),
});

const nul = (column: string): RowFault => ({
  reason: "NUL_CHARACTER",
  message: "The cell contains a NUL character: remove it.",
  column,
});
