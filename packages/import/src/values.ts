import type { FieldKind, FieldShape } from "./mapping.ts";
import { type DateOrder, orderShown } from "./values/day.ts";
import { type DecimalSign, decimalShown, plainDecimal, writtenNumber } from "./values/decimal.ts";
import { cellFault, type Parsed } from "./values/fault.ts";
import { dateIn, timeIn } from "./values/moment.ts";
import { type MoneyValue, moneyIn } from "./values/money.ts";

/** How a column writes its values: said by the mapping, or shown by the column as a whole (`watchColumn`). */
export interface Manner {
  /** Of 03/04/2016. 2016-04-03, 2016/4/3, 3.4.2016, 2016年4月3日 and 3 Apr 2016 need none. */
  readonly dateOrder?: DateOrder;
  readonly decimal?: DecimalSign;
  /** IANA zone of times that come without one. */
  readonly timeZone?: string;
  /** ISO 4217; an amount in another currency is refused. */
  readonly currencyCode?: string;
}

/**
 * By kind: text, reference and enum a string; number a plain decimal such as "-1234.5"; money MoneyValue; date
 * "2016-10-20"; time a Date; bool a boolean. Undefined where the cell is blank.
 */
export type CellValue = string | boolean | Date | MoneyValue | undefined;

/** What a cell means. What may mean two things is refused with what to say, never guessed. */
export function cellValue(text: string, field: FieldShape, manner: Manner): Parsed<CellValue> {
  return text.trim() === "" ? { value: undefined } : PARSERS[field.kind](text, field, manner);
}

type Parser = (text: string, field: FieldShape, manner: Manner) => Parsed<CellValue>;

const PARSERS: Record<FieldKind, Parser> = {
  text: (text) => wholeText(text, text),
  reference: (text) => wholeText(text, text.trim()),
  number: (text, _, { decimal }) => numberIn(text, decimal),
  money: (text, _, { decimal, currencyCode }) => moneyIn(text, decimal, currencyCode),
  date: (text, _, { dateOrder, timeZone }) => dateIn(text, dateOrder, timeZone),
  time: (text, _, { dateOrder, timeZone }) => timeIn(text, dateOrder, timeZone),
  bool: (text) => boolIn(text),
  enum: (text, { values }) => optionIn(text, values),
};

/** A spreadsheet shows numbers of twelve digits and more so: the rest of an id or a telephone number is gone. */
const SHORTENED = /^\d[.,]\d+E\+(1[1-9]|[2-9]\d)$/;

const ERROR = /^#(N\/A|REF!|DIV\/0!|VALUE!|NAME\?|NUM!|NULL!)$/;

function wholeText(text: string, value: string): Parsed<string> {
  const plain = text.trim();
  if (SHORTENED.test(plain)) {
    return cellFault(
      "DIGITS_LOST",
      text,
      "is a long number cut short: format the column as text before saving.",
    );
  }
  if (ERROR.test(plain))
    return cellFault("SPREADSHEET_ERROR", text, "is an error of a formula: mend or empty it.");
  return { value };
}

function numberIn(text: string, decimal: DecimalSign | undefined): Parsed<string> {
  const written = writtenNumber(text, decimal);
  if ("fault" in written) return written;
  return written.value.words === ""
    ? { value: plainDecimal(written.value) }
    : cellFault("NOT_A_NUMBER", text, "is no number: take away the unit.");
}

const folded = (text: string) => text.normalize("NFKC").trim().toLowerCase();

const YES = new Set(["true", "yes", "y", "t", "1", "on", "是", "对", "真", "有", "开", "√", "✓"]);
const NO = new Set(["false", "no", "n", "f", "0", "off", "否", "不是", "错", "假", "无", "关"]);

function boolIn(text: string): Parsed<boolean> {
  const word = folded(text);
  if (YES.has(word) || NO.has(word)) return { value: YES.has(word) };
  return cellFault("NOT_YES_OR_NO", text, "is neither yes nor no.");
}

function optionIn(text: string, values: readonly string[] | undefined): Parsed<string> {
  if (!values) return { value: text.trim() };
  const word = folded(text);
  const value = values.find((value) => folded(value) === word);
  if (value !== undefined) return { value };
  return cellFault("UNKNOWN_VALUE", text, `is none of ${values.join(", ")}: map it to one of them.`);
}

export interface ColumnWatch {
  see(text: string): void;
  /** What all cells seen so far agree on. Two orders in one column agree on none. */
  manner(): Manner;
}

/** Looks at a column from its first cell to its last, before its cells are read one by one. */
export function watchColumn(kind: FieldKind): ColumnWatch {
  const orders = new Set<DateOrder>();
  const signs = new Set<DecimalSign>();
  const watches: Partial<Record<FieldKind, (text: string) => void>> = {
    date: (text) => keep(orders, orderShown(dayOf(text))),
    time: (text) => keep(orders, orderShown(dayOf(text))),
    number: (text) => keep(signs, decimalShown(text)),
    money: (text) => keep(signs, decimalShown(text)),
  };
  return {
    see: watches[kind] ?? (() => undefined),
    manner: () => ({ ...only("dateOrder", orders), ...only("decimal", signs) }),
  };
}

const dayOf = (text: string) => text.normalize("NFKC").trim().split(" ", 1)[0] ?? "";

function keep<T>(seen: Set<T>, shown: T | undefined): void {
  if (shown !== undefined) seen.add(shown);
}

const only = <K extends string, T>(key: K, seen: ReadonlySet<T>): Partial<Record<K, T>> =>
  seen.size === 1 ? ({ [key]: [...seen][0] } as Record<K, T>) : {};
