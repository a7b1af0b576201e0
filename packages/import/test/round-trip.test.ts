import fc from "fast-check";
import { expect, test } from "vitest";
import { failedRowLine, failedRowsHead } from "../src/write.ts";
import { encoded } from "./encoded.ts";
import { cells, chunks, readAll, tableOf } from "./read.ts";

/** Text as it may stand in a cell, with more than its share of what may go wrong. */
const cell = fc.string({
  unit: fc.oneof(
    fc.constantFrom('"', ",", ";", "\t", "|", "\n", "\r", "\r\n", "'", " ", "=", "+", "-", "@", "0", "a"),
    fc.constantFrom("王", "é", "😀", "𠮷", "\u200F", "\uFEFF", "㐂"),
    fc.string({ unit: "binary", minLength: 1, maxLength: 1 }).filter(canBeWritten),
  ),
  maxLength: 12,
});

/** A NUL is refused; of the private use area GB18030 moved some characters about. */
function canBeWritten(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  return (
    code > 0 &&
    !(code >= 0xd800 && code <= 0xf8ff) &&
    !/[\u1E3F\u20AC\u9FB4-\u9FBB\uFE10-\uFE19]/.test(character)
  );
}

const table = fc
  .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }))
  .chain(([columns, rows]) =>
    fc.array(fc.array(cell, { minLength: columns, maxLength: columns }), {
      minLength: rows,
      maxLength: rows,
    }),
  );

test("any table that is written as CSV is read back as it was: any delimiter, encoding, line end and piece", async () => {
  await fc.assert(
    fc.asyncProperty(
      table,
      fc.constantFrom(",", ";", "\t", "|"),
      fc.constantFrom("utf-8", "gb18030", "utf-16le", "utf-16be"),
      fc.boolean(),
      fc.constantFrom("\n", "\r\n", "\r"),
      fc.integer({ min: 1, max: 40 }),
      async (rows, delimiter, encoding, mark, lineEnd, chunk) => {
        const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
        const plain = (text: string) =>
          /["\r\n\uFEFF]/.test(text) || text.includes(delimiter) ? quoted(text) : text;
        const text = rows.map((row) => `${row.map(plain).join(delimiter)}${lineEnd}`).join("");
        const names = Array.from({ length: rows[0]?.length ?? 0 }, (_, index) => `c${index}`);
        const bytes = encoded(`${names.join(delimiter)}${lineEnd}${text}`, encoding, mark);
        const format = { kind: "csv", encoding, delimiter, quote: '"', header: true } as const;
        const read = await readAll(chunks(bytes, chunk), format);
        expect(cells(read)).toEqual(rows.filter((row) => row.some((value) => value.trim() !== "")));
      },
    ),
    { numRuns: 400 },
  );
});

test("rows that failed, brought back as they were written, are the rows that they were", async () => {
  await fc.assert(
    fc.asyncProperty(table, async (rows) => {
      const columns = Array.from({ length: rows[0]?.length ?? 0 }, (_, index) => `c${index}`);
      const fault = {
        reason: "UNKNOWN_REFERENCE",
        message: 'There is no product "GTXPro", or it has another name.',
      };
      const lines = rows.map((values, index) => failedRowLine(columns, { number: index + 2, values, fault }));
      const text = failedRowsHead(columns) + lines.join("");
      const read = await tableOf(text, { header: true, delimiter: "," });
      expect(read.columns).toEqual([...columns, "error_row", "error_reason", "error_message"]);
      expect(cells(read)).toEqual(
        rows.map((values, index) => [...values, String(index + 2), fault.reason, fault.message]),
      );
    }),
    { numRuns: 200 },
  );
});

test("what a spreadsheet would run is written as text, and plain numbers stay numbers", () => {
  const line = (...values: string[]) =>
    failedRowLine(
      values.map((_, index) => `c${index}`),
      { number: 7, values, fault: { reason: "R", message: "=M" } },
    );
  expect(line("=1+1", "+49 30 1", "-5", "-1,5", "@a", "\tx", "'=1", "a=b", "＝1")).toBe(
    "'=1+1,'+49 30 1,-5,\"-1,5\",'@a,'\tx,''=1,a=b,'＝1,7,R,'=M\r\n",
  );
  expect(line("-1+cmd|'/C calc'!A0")).toMatch(/^'-1/);
});
