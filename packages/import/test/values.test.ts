import fc from "fast-check";
import { expect, test } from "vitest";
import type { FieldKind } from "../src/mapping.ts";
import { cellValue, type Manner, watchColumn } from "../src/values.ts";

const field = (kind: FieldKind) =>
  ({ name: "x", kind, headers: [], values: kind === "enum" ? ["Won", "Closed Lost"] : undefined }) as const;

/** The value, or the reason why there is none. */
function read(text: string, kind: FieldKind, manner: Manner = {}): unknown {
  const { values, ...shape } = field(kind);
  const parsed = cellValue(text, values ? { ...shape, values } : shape, manner);
  if ("fault" in parsed) return parsed.fault.reason;
  if (parsed.value instanceof Date) return parsed.value.toISOString();
  return typeof parsed.value === "object" ? [parsed.value.micros, parsed.value.currencyCode] : parsed.value;
}

test.each<FieldKind>(["text", "number", "money", "date", "time", "bool", "enum", "reference"])(
  "a blank %s is none",
  (kind) => {
    expect([read("", kind), read(" \t\u00A0", kind)]).toEqual([undefined, undefined]);
  },
);

test.each<[string, string, Manner?]>([
  ["1234.5", "1234.5"],
  ["1,234.50", "1234.5"],
  ["1.234,50", "1234.5"],
  ["1\u202F234,50", "1234.5"],
  ["1'234.50", "1234.5"],
  ["12,34,567", "1234567"],
  ["1,234,567", "1234567"],
  ["12,5", "12.5"],
  ["0,123", "0.123"],
  ["1.234", "1.234"],
  ["1.234", "1234", { decimal: "," }],
  ["1,234", "1234", { decimal: "." }],
  ["1,234", "NUMBER_AMBIGUOUS"],
  ["1,5", "NOT_A_NUMBER", { decimal: "." }],
  ["1,234.5", "NOT_A_NUMBER", { decimal: "," }],
  ["(5)", "-5"],
  ["5-", "-5"],
  ["−5", "-5"],
  ["--5", "NOT_A_NUMBER"],
  ["１，２３４．５", "1234.5"],
  ["1.2万", "12000"],
  ["3亿", "300000000"],
  ["1.5E+3", "1500"],
  ["007", "7"],
  ["-0", "0"],
  ["12 kg", "NOT_A_NUMBER"],
  ["1,23,4", "NOT_A_NUMBER"],
  ["NaN", "NOT_A_NUMBER"],
  ["9".repeat(200), "NOT_A_NUMBER"],
])("the number %j is %s", (text, value, manner) => {
  expect(read(text, "number", manner)).toBe(value);
});

test.each<[string, unknown, Manner?]>([
  ["2.55", [2_550_000n, undefined]],
  ["2.55", [2_550_000n, "EUR"], { currencyCode: "EUR" }],
  ["€ 1.234,50", [1_234_500_000n, "EUR"]],
  ["5 USD", [5_000_000n, "USD"]],
  ["￥1,234.00", [1_234_000_000n, "CNY"], { currencyCode: "CNY" }],
  ["12元", [12_000_000n, "CNY"]],
  ["-$5", [-5_000_000n, "USD"], { currencyCode: "USD" }],
  ["($5)", [-5_000_000n, "CAD"], { currencyCode: "CAD" }],
  ["$5", "CURRENCY_AMBIGUOUS"],
  ["$5", "OTHER_CURRENCY", { currencyCode: "CNY" }],
  ["5 bananas", "NOT_A_NUMBER"],
  ["0.123456", [123_456n, undefined]],
  ["0.1234567", "TOO_MANY_DECIMALS"],
  ["0.12345670万", [1_234_567_000n, undefined]],
  ["9223372036854.775807", [2n ** 63n - 1n, undefined]],
  ["9223372036854.775808", "NUMBER_TOO_BIG"],
])("the amount %j is %s", (text, value, manner) => {
  expect(read(text, "money", manner)).toEqual(value);
});

test.each<[string, string, Manner?]>([
  ["2016-10-20", "2016-10-20"],
  ["2016/4/3", "2016-04-03"],
  ["20161020", "2016-10-20"],
  ["2016年4月3日", "2016-04-03"],
  ["20.10.2016", "2016-10-20"],
  ["20 Oct 2016", "2016-10-20"],
  ["Oct 20, 2016", "2016-10-20"],
  ["42663", "2016-10-20"],
  ["10/20/2016", "2016-10-20", { dateOrder: "mdy" }],
  ["20/10/2016", "2016-10-20", { dateOrder: "dmy" }],
  ["20/10/2016", "NOT_A_DATE", { dateOrder: "mdy" }],
  ["10/20/2016", "DATE_AMBIGUOUS"],
  ["10/20/16", "YEAR_TOO_SHORT", { dateOrder: "mdy" }],
  ["2016-02-30", "NOT_A_DATE"],
  ["2016-02-29", "2016-02-29"],
  ["tomorrow", "NOT_A_DATE"],
  ["2010-12-01 08:26:00", "2010-12-01"],
  ["2016-10-20T23:30:00Z", "2016-10-21", { timeZone: "Asia/Shanghai" }],
  ["2016-10-20T23:30:00Z", "ZONE_UNKNOWN"],
  [" ".repeat(10) + "2016-10-20".padEnd(200, " x"), "NOT_A_DATE"],
])("the day %j is %s", (text, value, manner) => {
  expect(read(text, "date", manner)).toBe(value);
});

test.each<[string, string, string?]>([
  ["2016-10-20 13:45", "2016-10-20T05:45:00.000Z", "Asia/Shanghai"],
  ["2016-10-20T13:45:00.1234+02:00", "2016-10-20T11:45:00.123Z"],
  ["2013-11-23T02:30:31-08:00", "2013-11-23T10:30:31.000Z"],
  ["2016/10/20 下午 3:05", "2016-10-20T07:05:00.000Z", "Asia/Shanghai"],
  ["20.10.2016 12:00 am", "2016-10-19T22:00:00.000Z", "Europe/Berlin"],
  ["2016-10-20", "2016-10-19T16:00:00.000Z", "Asia/Shanghai"],
  ["42663.5", "2016-10-20T12:00:00.000Z", "UTC"],
  ["2016-10-20 13:45", "ZONE_UNKNOWN"],
  ["2016-10-20 25:00", "NOT_A_TIME", "UTC"],
  ["2016-10-20 13:00 pm", "NOT_A_TIME", "UTC"],
  ["2026-03-29 02:30", "2026-03-29T01:30:00.000Z", "Europe/Berlin"], // the hour that the clock skips
  ["2026-10-25 02:30", "2026-10-25T00:30:00.000Z", "Europe/Berlin"], // the first of two
  ["2026-10-25 03:30", "2026-10-25T02:30:00.000Z", "Europe/Berlin"],
  ["2026-03-08 01:59", "2026-03-08T06:59:00.000Z", "America/New_York"],
])("the time %j is %s", (text, value, timeZone) => {
  expect(read(text, "time", timeZone === undefined ? {} : { timeZone })).toBe(value);
});

test("yes and no in two languages, options by any case, texts as they stand", () => {
  expect(["是", "YES", "1", "true", "否", "no", "0", "maybe"].map((text) => read(text, "bool"))).toEqual([
    true,
    true,
    true,
    true,
    false,
    false,
    false,
    "NOT_YES_OR_NO",
  ]);
  expect(["won", " closed lost ", "Lost"].map((text) => read(text, "enum"))).toEqual([
    "Won",
    "Closed Lost",
    "UNKNOWN_VALUE",
  ]);
  expect([read(" =1+1 ", "text"), read(" C1 ", "reference")]).toEqual([" =1+1 ", "C1"]);
  expect([read("1.10101E+17", "text"), read("#REF!", "reference")]).toEqual([
    "DIGITS_LOST",
    "SPREADSHEET_ERROR",
  ]);
});

function mannerOf(kind: FieldKind, ...texts: string[]): Manner {
  const watch = watchColumn(kind);
  for (const text of texts) watch.see(text);
  return watch.manner();
}

test("a column as a whole tells the order of day and month, unless it contradicts itself", () => {
  expect(mannerOf("date", "03/04/2016", "", "10/20/2016")).toEqual({ dateOrder: "mdy" });
  expect(mannerOf("time", "03/04/2016 8:00", "20/10/2016 9:30")).toEqual({ dateOrder: "dmy" });
  expect(mannerOf("date", "03/04/2016", "05/06/2016", "2016-10-20")).toEqual({});
  expect(mannerOf("date", "10/20/2016", "20/10/2016")).toEqual({});
  expect(read("03/04/2016", "date", mannerOf("date", "10/20/2016"))).toBe("2016-03-04");
});

test("a column as a whole tells the sign before decimals, unless it contradicts itself", () => {
  expect(mannerOf("money", "1,234", "12.50", "")).toEqual({ decimal: "." });
  expect(mannerOf("number", "1.234", "12,5")).toEqual({ decimal: "," });
  expect(mannerOf("number", "1,234", "5")).toEqual({});
  expect(mannerOf("number", "1.5", "1,5")).toEqual({});
  expect(mannerOf("text", "1.5")).toEqual({});
});

test("any amount that is written in any manner is the amount that it was", () => {
  const manners = [
    [",", "."],
    [".", ","],
    [" ", ","],
    ["'", "."],
    ["", "."],
  ] as const;
  fc.assert(
    fc.property(
      fc.bigInt(-(2n ** 62n), 2n ** 62n),
      fc.constantFrom(...manners),
      (micros, [group, decimal]) => {
        const size = micros < 0n ? -micros : micros;
        const whole = (size / 1_000_000n).toString().replaceAll(/\B(?=(\d{3})+$)/g, group);
        const text = `${micros < 0n ? "-" : ""}${whole}${decimal}${(size % 1_000_000n).toString().padStart(6, "0")}`;
        expect(read(text, "money", { decimal })).toEqual([micros, undefined]);
      },
    ),
  );
});

test("whatever a cell holds, it is a value or a reason", () => {
  const kinds = ["text", "number", "money", "date", "time", "bool", "enum", "reference"] as const;
  const text = fc.oneof(fc.string({ unit: "binary" }), fc.stringMatching(/^[-+()0-9., /:万¥$eE]{0,20}$/));
  fc.assert(
    fc.property(text, fc.constantFrom(...kinds), (text, kind) => {
      const parsed = cellValue(text, field(kind), { timeZone: "Asia/Shanghai" });
      expect("value" in parsed || parsed.fault.message.isWellFormed()).toBe(true);
      if ("value" in parsed && parsed.value instanceof Date)
        expect(Number.isNaN(parsed.value.getTime())).toBe(false);
    }),
    { numRuns: 3000 },
  );
});
