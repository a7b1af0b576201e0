import fc from "fast-check";
import { expect, test } from "vitest";
import { type Cell, csvOf } from "./csv.ts";

/** Reads as RFC 4180 says, with nothing of the writer in it. */
function read(csv: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain, end] of csv.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    rows.at(-1)!.push(quoted?.replaceAll('""', '"') ?? plain!);
    if (end !== ",") rows.push([]);
  }
  return rows.slice(0, -1);
}

const cells = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.stringMatching(/^[=+\-@,"\r\n\t a1]{0,6}$/),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constant(undefined),
) as fc.Arbitrary<Cell>;

const tables = fc.array(fc.array(cells, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 5 });

test("what is read again is what was written, but for the apostrophe before a formula", () => {
  fc.assert(
    fc.property(tables, (rows) => {
      const again = read(csvOf(rows).slice(1));
      const plain = rows.map((row) => row.map((cell) => (cell === undefined ? "" : String(cell))));
      const texts = again.map((row, y) =>
        row.map((text, x) =>
          typeof rows[y]![x] === "string" && text === `'${rows[y]![x]}` ? text.slice(1) : text,
        ),
      );
      expect(texts).toEqual(plain);
    }),
  );
});

test("no text is left that a spreadsheet would run", () => {
  fc.assert(
    fc.property(tables, (rows) => {
      const texts = read(csvOf(rows).slice(1)).flatMap((row, y) =>
        row.filter((_, x) => typeof rows[y]![x] === "string"),
      );
      expect(texts.filter((text) => /^\s*[=+\-@\t\r]/.test(text))).toEqual([]);
    }),
  );
});

test("a file begins with the mark of UTF-8, and a number below zero stays a number", () => {
  expect(csvOf([["金额"], [-12.5], ["-12.5"]])).toBe("\uFEFF金额\r\n-12.5\r\n'-12.5\r\n");
});

test("a formula behind spaces is none either", () => {
  expect(csvOf([[" =1+1", 'say "hi"']])).toBe('\uFEFF\' =1+1,"say ""hi"""\r\n');
});
