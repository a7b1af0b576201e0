import { expect, test } from "vitest";
import { readRows } from "../src/rows.ts";
import type { FileFormat } from "../src/types.ts";

const CSV: FileFormat = { kind: "csv", encoding: "utf-8", delimiter: ",", quote: '"', header: true };
const MIB = 2 ** 20;
const PIECE = 64 * 1024;

/** So many bytes of one text over and over, behind a header, and how many of them were asked for. */
function stream(text: string, bytes: number) {
  const piece = Buffer.from(text.repeat(Math.ceil(PIECE / text.length)));
  const asked = { bytes: 0 };
  async function* pieces() {
    yield Buffer.from("a,b,c\n");
    for (; asked.bytes < bytes; asked.bytes += piece.length) yield piece;
  }
  return { pieces: pieces(), asked };
}

test("memory does not grow with the file: 150 MB in less than 150", async () => {
  const { pieces } = stream(`${"x".repeat(40)},"王小明, ""Ann""",${"1".repeat(20)}\n`, 150 * MIB);
  let begin = 0;
  let peak = 0;
  let rows = 0;
  for await (const batch of readRows(pieces, CSV)) {
    rows += batch.rows.length;
    const rss = process.memoryUsage.rss();
    if (rows === 100_000) begin = rss;
    peak = Math.max(peak, rss);
  }
  expect(rows).toBeGreaterThan(1_500_000);
  expect(begin).toBeGreaterThan(0);
  expect(peak - begin).toBeLessThan(150 * MIB);
});

test.each([
  ["without quotes", "x"],
  ["of empty quotes", '""'],
  ["in a quote", '"a,\n'],
  ["of delimiters", ","],
])(
  "a line of 50 MB %s is refused with its number before more than 3 MB of it are asked for",
  async (_, text) => {
    const { pieces, asked } = stream(text === '"a,\n' ? "x,y\n" : text, 50 * MIB);
    async function* bytes() {
      yield Buffer.from(`a,b,c\n1,2,3\n${text === '"a,\n' ? '"' : ""}`);
      for await (const piece of pieces) if (!piece.includes("a,b,c")) yield piece;
    }
    const reading = (async () => {
      for await (const _ of readRows(bytes(), CSV));
    })();
    await expect(reading).rejects.toMatchObject({ reason: "ROW_TOO_LONG", where: { line: 3 } });
    expect(asked.bytes).toBeLessThan(3 * MIB);
  },
);

test("the reader asks for no more than it hands on", async () => {
  const { pieces, asked } = stream("1,2,3\n", 100 * MIB);
  const rows = readRows(pieces, CSV);
  await rows.next();
  expect(asked.bytes).toBeLessThan(2 * PIECE);
  await rows.return(undefined);
});

test("a batch is smaller where rows are bigger", async () => {
  const { pieces } = stream(`${"x".repeat(200_000)},2,3\n`, 60 * MIB);
  let most = 0;
  let rows = 0;
  for await (const batch of readRows(pieces, CSV)) {
    most = Math.max(most, batch.rows.length);
    rows += batch.rows.length;
  }
  expect(rows).toBeGreaterThan(300);
  expect(most).toBeLessThan(50);
});
