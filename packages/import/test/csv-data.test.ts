import { createReadStream, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createContext, runInContext } from "node:vm";
import { expect, test } from "vitest";
import { detectFormat } from "../src/format.ts";
import { readRows } from "../src/rows.ts";
import { type CellValue, cellValue } from "../src/values.ts";
import { sharedData } from "./data.ts";
import { cells, tableOf } from "./read.ts";

const spectrum = sharedData("bad-csv-spectrum");

test.skipIf(!spectrum.isHere)(`csv-spectrum: 11 of 11 as its JSON says${spectrum.absent}`, async () => {
  const names = readdirSync(join(spectrum.folder, "csvs"));
  expect(names).toHaveLength(11);
  for (const name of names) {
    const gold = readFileSync(join(spectrum.folder, "json", name.replace(/csv$/, "json")), "utf8");
    const text = readFileSync(join(spectrum.folder, "csvs", name), "utf8");
    // The copy went through a program that made every line end a line feed; name and gold tell what it was.
    const { columns, rows } = await tableOf(
      name.endsWith("_crlf.csv") ? text.replaceAll("\n", "\r\n") : text,
    );
    const objects = rows.map(({ values }) =>
      Object.fromEntries(values.map((value, at) => [columns[at], value])),
    );
    expect(objects, name).toEqual(JSON.parse(gold));
  }
});

interface PapaCase {
  readonly description: string;
  readonly input: string;
  readonly config?: Readonly<Record<string, unknown>>;
  readonly expected: { readonly data: string[][]; readonly errors: unknown[] };
}

const papa = sharedData("bad-csv-papaparse");
const OURS = ["delimiter", "quoteChar", "newline", "skipEmptyLines"]; // what a reader of ours can be told, too
const OTHERWISE = [
  "Mixed slash n and slash r should choose first as precident", // here each of them ends a line
  "Bad delimiter (\\n)", // no delimiter of ours
];

function papaCases(): PapaCase[] {
  const skip = Object.assign(() => undefined, { skip: () => undefined });
  const context = createContext({ describe: skip, chai: {}, Papa: new Proxy({}, { get: () => "" }) });
  runInContext(readFileSync(join(papa.folder, "test-cases.js"), "utf8"), context);
  // Cast: what a script leaves behind in its context has no type.
  const { CORE_PARSER_TESTS, PARSE_TESTS } = context as unknown as Record<string, PapaCase[]>;
  return [...(CORE_PARSER_TESTS ?? []), ...(PARSE_TESTS ?? [])].filter(
    ({ input, config = {}, description }) =>
      typeof input === "string" &&
      typeof config["delimiter"] !== "function" &&
      Object.keys(config).every((key) => OURS.includes(key)) &&
      !OTHERWISE.includes(description),
  );
}

const isFilled = (row: readonly string[]) => row.some((cell) => cell.trim() !== "");

test.skipIf(!papa.isHere)(`Papa Parse: its cases for a reader${papa.absent}`, async () => {
  const cases = papaCases();
  expect(cases.length).toBeGreaterThan(80);
  for (const { description, input, config = {}, expected } of cases) {
    const rows = expected.data.filter(isFilled);
    const wish = {
      header: false,
      ...(typeof config["delimiter"] === "string" &&
        config["delimiter"] && { delimiter: config["delimiter"] }),
      ...("quoteChar" in config && { quote: String(config["quoteChar"] ?? "") }),
    };
    const outcome = await tableOf(input, wish).catch((fault: unknown) => fault);
    if (rows.length === 0) expect(outcome, description).toMatchObject({ reason: "FILE_EMPTY" });
    else if (expected.errors.length > 0 && isQuoteError(expected.errors[0]))
      expect(hasFault(outcome), description).toBe(true);
    else expect(rowsIn(outcome), description).toEqual(rows);
  }
});

const isQuoteError = (error: unknown) => (error as { type: string }).type === "Quotes";

const hasFault = (outcome: unknown) =>
  outcome instanceof Error ||
  (outcome as { rows: { fault: unknown }[] }).rows.some(({ fault }) => fault !== undefined);

/** Rows of unlike lengths are faults of ours, but read alike. */
const rowsIn = (outcome: unknown) =>
  outcome instanceof Error
    ? outcome.message
    : (outcome as { rows: { values: string[] }[] }).rows.map(({ values }) => values);

test.skipIf(!papa.isHere)(`Papa Parse: its long file is read in any pieces${papa.absent}`, async () => {
  const bytes = readFileSync(join(papa.folder, "verylong-sample.csv"));
  const whole = await tableOf(bytes, {}, { chunk: bytes.length });
  expect(whole.rows).toHaveLength(2000);
  const short = whole.rows.filter(({ values }) => values.length === 2);
  expect(short.map(({ number, fault }) => [number, fault?.reason])).toEqual(
    [500, 1000, 1500, 2000].map((line) => [line, "WRONG_NUMBER_OF_CELLS"]),
  );
  for (const chunk of [1, 7, 4096]) expect(await tableOf(bytes, {}, { chunk })).toEqual(whole);
});

const crm = sharedData("crm-maven");

test.skipIf(!crm.isHere)(
  `crm-maven: 8,800 opportunities, and a column's days agree${crm.absent}`,
  async () => {
    const table = await tableOf(readFileSync(join(crm.folder, "sales_pipeline.csv")));
    const column = (name: string) => cells(table).map((row) => row[table.columns.indexOf(name)] ?? "");
    expect(table.rows).toHaveLength(8800);
    expect(column("account").filter((account) => account === "")).toHaveLength(1425);
    const stages = Object.groupBy(column("deal_stage"), (stage) => stage);
    expect(Object.entries(stages).map(([stage, rows]) => [stage, rows?.length])).toEqual(
      expect.arrayContaining([
        ["Won", 4238],
        ["Lost", 2473],
        ["Engaging", 1589],
        ["Prospecting", 500],
      ]),
    );
    const values = column("close_value").map(
      (text) => valueOf(text, "money") as { micros: bigint } | undefined,
    );
    expect(values.reduce((sum, value) => sum + (value?.micros ?? 0n), 0n)).toBe(10_005_534_000_000n);
  },
);

function valueOf(text: string, kind: "money"): CellValue {
  const read = cellValue(text, { name: "x", kind, headers: [] }, {});
  if ("fault" in read) throw new Error(read.fault.message);
  return read.value;
}

const retail = sharedData("online-retail");

test.skipIf(!retail.isHere)(`online-retail: 541,909 packed lines and their sum${retail.absent}`, async () => {
  const file = join(retail.folder, "online_retail.csv.gz");
  const head = readFileSync(file).subarray(0, 65_536);
  const invoices = new Set<string>();
  const customers = new Set<string>();
  const counts = { rows: 0, cancelled: 0, nobodys: 0, micros: 0n };
  for await (const { rows } of readRows(createReadStream(file), detectFormat(head, file))) {
    for (const { values, fault } of rows) {
      if (fault) throw new Error(fault.message);
      const [invoice = "", , , quantity = "", , price = "", customer = ""] = values;
      counts.rows++;
      invoices.add(invoice);
      if (invoice.startsWith("C")) counts.cancelled++;
      if (customer === "") counts.nobodys++;
      else customers.add(customer);
      counts.micros += BigInt(quantity) * (valueOf(price, "money") as { micros: bigint }).micros;
    }
  }
  expect(counts).toEqual({ rows: 541_909, cancelled: 9288, nobodys: 135_080, micros: 9_747_747_934_000n });
  expect([invoices.size, customers.size]).toEqual([25_900, 4372]);
});
