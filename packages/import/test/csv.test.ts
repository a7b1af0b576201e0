import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { FileFault } from "../src/fault.ts";
import { detectFormat } from "../src/format.ts";
import type { Encoding } from "../src/types.ts";
import { encoded } from "./encoded.ts";
import { cells, chunks, readAll, tableOf } from "./read.ts";

const CSV = { kind: "csv", encoding: "utf-8", delimiter: ",", quote: '"', header: true } as const;

async function faultOf(reading: Promise<unknown>): Promise<FileFault> {
  const fault = await reading.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (fault instanceof FileFault) return fault;
  throw new Error("The file was read.", { cause: fault });
}

test.each<[string, Encoding, boolean]>([
  ["UTF-8", "utf-8", false],
  ["UTF-8 with a mark", "utf-8", true],
  ["GB18030", "gb18030", false],
  ["UTF-16LE with a mark", "utf-16le", true],
  ["UTF-16LE without", "utf-16le", false],
  ["UTF-16BE with a mark", "utf-16be", true],
  ["UTF-16BE without", "utf-16be", false],
])("%s is found out and read, whatever pieces it comes in", async (_, encoding, mark) => {
  const rows = [
    ["姓名", "城市", "备注"],
    ["王小明", "北京", '说"好"，然后走了'],
    ["欧阳娜娜", "上海", "第一行\n第二行"],
    ["𠮷野 😀", "㐂", "\u200Fשלום"],
  ];
  const text = rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(";")).join("\r\n");
  const bytes = encoded(text, encoding, mark);
  expect(detectFormat(bytes, "客户.csv")).toMatchObject({ encoding, delimiter: ";", header: true });
  for (const chunk of [1, 2, 3, 5, 1000]) {
    const table = await tableOf(bytes, {}, { chunk });
    expect([table.columns, ...cells(table)]).toEqual(rows);
  }
});

test("text is GB18030 though the first 64 KiB are plain ASCII", async () => {
  const lines = Array.from({ length: 9000 }, (_, index) => `C${index},Berlin`);
  const bytes = encoded(["id,city", ...lines, "C9001,北京"].join("\n"), "gb18030", false);
  const table = await tableOf(bytes, {}, { chunk: 10_000 });
  expect(cells(table).at(-1)).toEqual(["C9001", "北京"]);
});

test("a byte that is no text is refused with its place, after the rows before it", async () => {
  const good = "名,城\n王,北京\n".repeat(5);
  const bytes = Buffer.concat([Buffer.from(good), Buffer.from([0xff, 0x0a])]);
  const fault = await faultOf(readAll(chunks(bytes, 10), CSV));
  expect(fault.where).toEqual({ byte: Buffer.byteLength(good), line: 11 });
  expect(fault.message).toContain("line 11");
  const latin = Buffer.from("name,city\nJürgen Müller,Köln\nRenée,Orléans\n", "latin1");
  expect(() => detectFormat(latin, "kunden.csv")).toThrow(/Byte 11 .* save the file as UTF-8/);
});

test.each([
  [",", "a,b\n1,2\n3,4"],
  [";", "a;b\n1,5;2,5\n3,5;4,5"],
  ["\t", "a\tb, c\n1\t2, 3"],
  ["|", "one|two,two|three\nfour|five,five|six"],
  [";", "sep=;\na;b,c\n1;2,3\n"],
  [",", 'a,b\n"x;y;z",1\n"x;y",2\n"x;y;z;w",3'],
  [",", "only\none\ncolumn"],
])("the delimiter is %j in %j", (delimiter, text) => {
  expect(detectFormat(Buffer.from(text), "file").delimiter).toBe(delimiter);
});

test("the line by which Excel is told the delimiter is no row", async () => {
  const table = await tableOf("sep=;\r\na;b\r\n1;2\r\n");
  expect(table).toMatchObject({ columns: ["a", "b"], rows: [{ number: 3, values: ["1", "2"] }] });
});

test("line ends may be mixed, and rows keep the lines they start at", async () => {
  const table = await tableOf('a,b\r\n1,"x\ny\r\nz"\r2,3\n\n4,5\r\r\n6,7');
  expect(table.rows.map(({ number, values }) => [number, ...values])).toEqual([
    [2, "1", "x\ny\r\nz"],
    [5, "2", "3"],
    [7, "4", "5"],
    [9, "6", "7"],
  ]);
});

test("a row with too few cells or with more text than columns is a fault of that row alone", async () => {
  const { rows } = await tableOf("a,b,c\n1,2\n1,2,3\n1,2,3,4\n1,2,3,,\n");
  expect(rows.map(({ fault }) => fault?.reason)).toEqual([
    "WRONG_NUMBER_OF_CELLS",
    undefined,
    "WRONG_NUMBER_OF_CELLS",
    undefined,
  ]);
  expect(rows[2]?.values).toEqual(["1", "2", "3", "4"]);
  expect(rows[3]?.values).toEqual(["1", "2", "3"]);
});

test("text behind a closing quote is a fault of its row, which keeps its text", async () => {
  const { rows } = await tableOf('a,b\n"x"y"z",1\n5" pipe,2\n"x" ,3\n');
  expect(rows.map(({ values, fault }) => [values[0], fault?.reason])).toEqual([
    ['x"y"z"', "TEXT_AFTER_QUOTE"],
    ['5" pipe', undefined],
    ["x", undefined],
  ]);
});

test("a quote that is never closed is refused with the line that opens it, after the rows before", async () => {
  const rows: unknown[] = [];
  const reading = async () => {
    const { readRows } = await import("../src/rows.ts");
    const bytes = Buffer.from('a,b\n1,2\n3,"x\n4,5\n6,7\n');
    for await (const batch of readRows(chunks(bytes, 4), CSV)) rows.push(...batch.rows);
  };
  expect(await faultOf(reading())).toMatchObject({ reason: "QUOTE_OPEN", where: { line: 3 } });
  expect(rows).toHaveLength(1);
});

test("an empty file is refused, one with a header alone has no rows", async () => {
  expect(() => detectFormat(new Uint8Array(0), "empty.csv")).toThrow("The file is empty.");
  expect(await faultOf(tableOf("\n\n \n"))).toMatchObject({ reason: "FILE_EMPTY" });
  expect(await tableOf("a,b\r\n")).toEqual({ columns: ["a", "b"], rows: [] });
  expect(await tableOf("a,b")).toEqual({ columns: ["a", "b"], rows: [] });
});

test("headers that are missing or stand twice get names of their own", async () => {
  const { columns } = await tableOf("Email,, Email ,Email#2,Email\n1,2,3,4,5\n");
  expect(columns).toEqual(["Email", "column 2", "Email#2", "Email#2#2", "Email#3"]);
});

test("a first row of data is no header", async () => {
  const { columns, rows } = await tableOf("Ann,ann@example.com,2016-01-31\nBob,bob@example.com,2016-02-01\n");
  expect([columns, rows.length]).toEqual([["column 1", "column 2", "column 3"], 2]);
});

test("cells keep zeros, long digits, spaces and marks as they stand", async () => {
  const row = ["007", "110101199003078888", " x ", "\u200Fשלום\u200E", "👩‍👩‍👧", "=1+1", "'0"];
  const table = await tableOf(`a,b,c,d,e,f,g\n${row.join(",")}\n`);
  expect(cells(table)).toEqual([row]);
});

test("rows at the end that are blank are none", async () => {
  expect((await tableOf("a,b\n1,2\n,\n,\n \t , \n\n")).rows).toHaveLength(1);
});

test("a NUL is a fault of its row", async () => {
  const { rows } = await tableOf("a,b\n1,x\0y\n2,z\n");
  expect(rows.map(({ fault }) => fault?.reason)).toEqual(["NUL_CHARACTER", undefined]);
});

test("a cell may be long, but not too long; a row may be longer, but not much", async () => {
  const limits = { cell: 1000, row: 4000 };
  const { rows } = await tableOf(`a,b\n${"x".repeat(1000)},1\n${"x".repeat(1001)},2\n`, {}, { limits });
  expect(rows.map(({ fault }) => fault?.reason)).toEqual([undefined, "CELL_TOO_LONG"]);
  const long = tableOf(`a,b\n1,2\n${"x".repeat(4001)},3\n`, {}, { limits });
  expect(await faultOf(long)).toMatchObject({ reason: "ROW_TOO_LONG", where: { line: 3 } });
});

test("16,385 columns are refused", async () => {
  const header = Array.from({ length: 16_385 }, (_, index) => `c${index}`);
  expect(await faultOf(tableOf(`${header.join(",")}\n`))).toMatchObject({
    reason: "TOO_MANY_COLUMNS",
    where: { line: 1 },
  });
  expect((await tableOf(`${header.slice(1).join(",")}\n`)).columns).toHaveLength(16_384);
});

test.each([
  ["%PDF-1.7", "offer.pdf", "NOT_A_TABLE"],
  ["<html><body><table>", "export.xls", "NOT_A_TABLE"],
  ['<?xml version="1.0"?><Workbook/>', "export.xls", "NOT_A_TABLE"],
  ['{"a":1}', "export.json", "NOT_A_TABLE"],
  ["\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1W\0o\0r\0k\0b\0o\0o\0k\0", "old.xls", "WORKBOOK_TOO_OLD"],
  [
    "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0",
    "a",
    "WORKBOOK_ENCRYPTED",
  ],
  ["\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0", "secret.xlsx", "WORKBOOK_ENCRYPTED"],
])("what begins with %j is refused by its name", (head, name, reason) => {
  expect(() => detectFormat(Buffer.from(head, "latin1"), name)).toThrow(expect.objectContaining({ reason }));
});

test("a packed file is unpacked on the way, within limits", async () => {
  const text = `a,b\n${"1,2\n".repeat(1000)}`;
  expect((await tableOf(gzipSync(text), {}, { name: "a.csv.gz" })).rows).toHaveLength(1000);
  const bomb = gzipSync(`a\n${`${"x".repeat(999)}\n`.repeat(16_000)}`);
  expect(await faultOf(tableOf(bomb))).toMatchObject({ reason: "PACKED_TOO_TIGHTLY" });
  expect(await faultOf(tableOf(gzipSync(text).subarray(0, 40)))).toMatchObject({ reason: "GZIP_BROKEN" });
  const limits = { fileBytes: 2000 };
  expect(await faultOf(tableOf(gzipSync(text), {}, { limits }))).toMatchObject({ reason: "FILE_TOO_BIG" });
  expect(await faultOf(tableOf(text, {}, { limits }))).toMatchObject({ reason: "FILE_TOO_BIG" });
});
