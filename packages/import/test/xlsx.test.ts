import { expect, test } from "vitest";
import { FileFault } from "../src/fault.ts";
import type { Limits } from "../src/limits.ts";
import { cells, type Table, tableOf } from "./read.ts";
import { sheetXml, workbook, workbookParts } from "./workbook.ts";
import { bigPart, part, zip } from "./zip.ts";

const text = (value: string, place = "") => `<c${place} t="inlineStr"><is><t>${value}</t></is></c>`;
const row = (...all: string[]) => `<row>${all.join("")}</row>`;
const number = (value: string, style = 0) => `<c s="${style}"><v>${value}</v></c>`;

async function faultOf(reading: Promise<Table>): Promise<FileFault> {
  const fault = await reading.catch((error: unknown) => error);
  if (fault instanceof FileFault) return fault;
  throw new Error("The workbook was read.", { cause: fault });
}

test("cells of every kind are text as a sheet shows it", async () => {
  const shared = [
    "<t>姓名</t>",
    "<r><t>Ann</t></r><r><t xml:space='preserve'> Li</t></r><rPh><t>x</t></rPh>",
    "<t>a_x000D_b</t>",
  ];
  const bytes = workbook({
    texts: shared,
    rows: [
      row('<c t="s"><v>0</v></c>', text("b"), text("c"), text("d"), text("e"), text("f")),
      row(
        '<c t="s"><v>1</v></c>',
        number("2.9500000000000002"),
        '<c t="b"><v>1</v></c>',
        '<c t="e"><v>#N/A</v></c>',
      ),
      row(
        '<c t="s"><v>2</v></c>',
        '<c r="D3"><f>A1*2</f><v>84</v></c>',
        '<c t="str"><f>"x"</f><v>x</v></c>',
        text("&lt;&amp;😀"),
      ),
    ].join(""),
  });
  const table = await tableOf(bytes, {}, { name: "客户.xlsx" });
  expect(table.columns).toEqual(["姓名", "b", "c", "d", "e", "f"]);
  expect(cells(table)).toEqual([
    ["Ann Li", "2.95", "TRUE", "#N/A", "", ""],
    ["a\rb", "", "", "84", "x", "<&😀"],
  ]);
  expect(table.rows.map(({ number }) => number)).toEqual([2, 3]);
});

const STYLES = `<numFmts><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@"/><numFmt numFmtId="165" formatCode="[h]:mm:ss"/><numFmt numFmtId="166" formatCode="000000"/><numFmt numFmtId="167" formatCode="[Red]#,##0.00"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="22"/><xf numFmtId="20"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="166"/><xf numFmtId="167"/></cellXfs>`;

test.each([
  ["42663", 1, "2016-10-20"],
  ["42663.5", 1, "2016-10-20 12:00:00"],
  ["40513.35138888889", 2, "2010-12-01 08:26:00"],
  ["42663", 2, "2016-10-20 00:00:00"],
  ["0.5729166667", 3, "13:45:00.000"],
  ["42663", 4, "2016-10-20"],
  ["1.260416666666667", 5, "30:15:00"],
  ["59", 1, "1900-02-28"],
  ["60", 1, "1900-02-29"],
  ["61", 1, "1900-03-01"],
  ["1", 1, "1900-01-01"],
  ["7", 6, "000007"],
  ["1234.5", 7, "1234.5"],
  ["-1", 1, "-1"],
])("the number %s in style %i is %s", async (value, style, shown) => {
  const { rows } = await tableOf(
    workbook({ styles: STYLES, rows: row(text("a")) + row(number(value, style)) }),
  );
  expect(rows[0]?.values[0]).toBe(shown.replace(/\.000$/, ""));
});

test("days are counted from 1904 where the workbook says so", async () => {
  const rows = row(text("a")) + row(number("41201", 1)) + row(number("0", 1));
  expect(cells(await tableOf(workbook({ styles: STYLES, from1904: true, rows })))).toEqual([
    ["2016-10-20"],
    ["1904-01-01"],
  ]);
});

test("long digits stay digits, and what a sheet has cut is not made up", async () => {
  const values = ["110101199003078888", "123456789012345", "1E-05", "100000000000000", "1.5E+3", "0.1"];
  const rows = row(text("a")) + values.map((value) => row(number(value))).join("");
  expect(cells(await tableOf(workbook({ rows }))).flat()).toEqual([
    "110101199003078888",
    "123456789012345",
    "0.00001",
    "100000000000000",
    "1500",
    "0.1",
  ]);
  const cut = await tableOf(workbook({ rows: row(text("a")) + row(number("1.1010119900307E+17")) }));
  expect(cells(cut)).toEqual([["1.1010119900307E+17"]]); // which a text refuses: DIGITS_LOST
});

test("a formula that was never calculated, a text that is not there and a cell beyond the columns fail their row", async () => {
  const { rows } = await tableOf(
    workbook({
      rows: [
        row(text("a"), text("b")),
        row("<c><f>1+1</f></c>"),
        row('<c t="s"><v>7</v></c>'),
        row(text("x", ' r="C4"')),
        row(text("x".repeat(32_768))),
        row(text("good")),
      ].join(""),
    }),
  );
  expect(rows.map(({ number, fault }) => [number, fault?.reason])).toEqual([
    [2, "FORMULA_WITHOUT_VALUE"],
    [3, "TEXT_MISSING"],
    [4, "WRONG_NUMBER_OF_CELLS"],
    [5, "CELL_TOO_LONG"],
    [6, undefined],
  ]);
  expect(rows[2]?.fault?.message).toContain("Cell C4");
});

test("rows may have gaps and blank ones at their end", async () => {
  const rows = `<row r="3">${text("a", ' r="B3"')}</row><row r="7">${text("x", ' r="B7"')}</row><row r="9"><c r="B9" s="1"/></row>`;
  const table = await tableOf(workbook({ rows }));
  expect(table.columns).toEqual(["column 1", "a"]);
  expect(table.rows.map(({ number, values }) => [number, ...values])).toEqual([[7, "", "x"]]);
});

test("the first sheet that is not hidden is read, or the one that is named", async () => {
  const before = '<sheet name="Hidden" sheetId="2" state="hidden" r:id="r1"/>';
  const rows = row(text("a")) + row(text("1"));
  expect((await tableOf(workbook({ before, rows }))).rows).toHaveLength(1);
  expect((await tableOf(workbook({ before, rows }), { sheet: "Data" })).rows).toHaveLength(1);
  expect(await faultOf(tableOf(workbook({ before, rows }), { sheet: "Other" }))).toMatchObject({
    reason: "NO_SUCH_SHEET",
    message: 'There is no sheet "Other", but Hidden, Data.',
  });
});

test("names with prefixes, as some programs write them, are the same names", async () => {
  const rows = '<x:row><x:c t="inlineStr"><x:is><x:t>a</x:t></x:is></x:c></x:row>';
  expect((await tableOf(workbook({ rows }))).columns).toEqual(["a"]);
});

const sheet = (rows: string) => part("xl/worksheets/sheet1.xml", sheetXml(rows));
const withSheet = (name: string) => zip([...workbookParts({ rows: "" }), sheet(""), part(name, "x")]);

test.each<[string, Buffer, string]>([
  ["macros", withSheet("xl/vbaProject.bin"), "WORKBOOK_HAS_MACROS"],
  ["a binary workbook", withSheet("xl/workbook.bin"), "NOT_A_TABLE"],
  ["an OpenDocument file", zip([part("content.xml", "x")]), "NOT_A_TABLE"],
  ["another archive", zip([part("a.txt", "x")]), "NOT_A_TABLE"],
  ["a file cut off", workbook({ rows: row(text("a")) }).subarray(0, 900), "WORKBOOK_BROKEN"],
  ["its sheet missing", zip(workbookParts({ rows: "" })), "WORKBOOK_BROKEN"],
  [
    "its sheet cut off",
    zip([...workbookParts({ rows: "" }), part("xl/worksheets/sheet1.xml", "<worksheet><sheetData><row>")]),
    "XML_BROKEN",
  ],
  ["rows in no order", workbook({ rows: '<row r="5"/><row r="4"/>' }), "WORKBOOK_BROKEN"],
  [
    "cells in no order",
    workbook({ rows: `<row>${text("a", ' r="B1"')}${text("a", ' r="A1"')}</row>` }),
    "WORKBOOK_BROKEN",
  ],
  ["column 16,385", workbook({ rows: row(text("a", ' r="XFE1"')) }), "TOO_MANY_COLUMNS"],
  ["row 1,048,577", workbook({ rows: `<row r="1048577">${text("a")}</row>` }), "TOO_MANY_ROWS"],
  ["nothing in it", workbook({ rows: "" }), "FILE_EMPTY"],
  [
    "a size that is a lie",
    zip([...workbookParts({ rows: "" }), sheet(row(text("a")))], 100_000),
    "WORKBOOK_BROKEN",
  ],
])("a workbook with %s is refused", async (_, bytes, reason) => {
  expect((await faultOf(tableOf(bytes))).reason).toBe(reason);
});

test("damage in the middle of a sheet is refused, not skipped", async () => {
  const bytes = workbook({
    rows: row(text("a")) + Array.from({ length: 5000 }, (_, at) => row(number(String(at * 7919)))).join(""),
  });
  const broken = Buffer.from(bytes).fill(0xff, bytes.length - 4000, bytes.length - 3500);
  expect(["WORKBOOK_BROKEN", "XML_BROKEN"]).toContain((await faultOf(tableOf(broken))).reason);
});

const BILLION = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>';

test.each([
  ["a document type", `${BILLION}<worksheet><sheetData>${row(text("&b;"))}</sheetData></worksheet>`],
  ["an entity of its own", `<worksheet><sheetData>${row(text("&b;"))}</sheetData></worksheet>`],
])("a sheet with %s is refused, and nothing is expanded", async (_, xml) => {
  const bytes = zip([...workbookParts({ rows: "" }), part("xl/worksheets/sheet1.xml", xml)]);
  expect((await faultOf(tableOf(bytes))).reason).toBe("XML_BROKEN");
});

const [before, after] = sheetXml(row(text("a")) + row(text("@"))).split("@") as [string, string];
const [rowsBefore, rowsAfter] = sheetXml(row(text("a")) + "@").split("@") as [string, string];

test.each<[string, Buffer, Partial<Limits>, string]>([
  [
    "one endless text",
    zip([...workbookParts({ rows: "" }), bigPart("xl/worksheets/sheet1.xml", before, "x", 64, after)]),
    {},
    "XML_BROKEN",
  ],
  [
    "blanks between rows",
    zip([
      ...workbookParts({ rows: "" }),
      bigPart("xl/worksheets/sheet1.xml", rowsBefore, " ", 64, rowsAfter),
    ]),
    {},
    "XML_BROKEN",
  ],
  [
    "rows of nothing, tightly packed",
    zip([
      ...workbookParts({ rows: "" }),
      part("xl/worksheets/sheet1.xml", sheetXml(row(text("a")) + "<row></row>".repeat(1_000_000))),
    ]),
    {},
    "PACKED_TOO_TIGHTLY",
  ],
  [
    "more than may be unpacked",
    workbook({ rows: row(text("a")) + row(number("1")).repeat(1000) }),
    { unpackedBytes: 10_000 },
    "FILE_TOO_BIG",
  ],
  [
    "more bytes than a workbook may have",
    workbook({ rows: row(text("a")) }),
    { workbookBytes: 1000 },
    "FILE_TOO_BIG",
  ],
  [
    "more texts than may be held",
    workbook({ texts: Array.from({ length: 1000 }, (_, at) => `<t>text ${at}</t>`), rows: row(text("a")) }),
    { sharedTextBytes: 10_000 },
    "FILE_TOO_BIG",
  ],
  [
    "a row of all too many letters",
    workbook({ rows: row(text("a"), text("b")) + row(text("x".repeat(600)), text("x".repeat(600))) }),
    { row: 1000 },
    "ROW_TOO_LONG",
  ],
])("a bomb of %s is refused in bounded memory", async (_, bytes, limits, reason) => {
  const begin = process.memoryUsage().rss;
  expect((await faultOf(tableOf(bytes, {}, { limits, chunk: 65_536 }))).reason).toBe(reason);
  expect(process.memoryUsage().rss - begin).toBeLessThan(200 * 2 ** 20);
});
