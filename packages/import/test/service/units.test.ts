import { expect, test } from "vitest";
import { typingOf } from "../../src/service/typing.ts";
import { unitsOf } from "../../src/service/units.ts";
import type { RowBatch } from "../../src/types.ts";

const typing = typingOf({
  state: {
    columns: ["id", "score"],
    mapping: ["id", "score"].map((name) => ({ column: name, field: name })),
    replacements: [],
    manners: {},
    wish: { dateOrder: "", decimal: "" },
  } as never,
  kind: { key: ["id"] },
  fields: ["id", "score"].map((name) => ({ name, kind: "text", headers: [] })),
  timeZone: "UTC",
  currencyCode: "CNY",
});

const ROWS = [
  ["", "7"],
  ["", "7"],
  ["A", "7"],
  ["", "8"],
  ["", "7"],
  ["A", "7"],
];

async function* batches(): AsyncGenerator<RowBatch> {
  const rows = ROWS.map((values, index) => ({ number: index + 2, values }));
  for (let from = 0; from < rows.length; from += 4) yield { rows: rows.slice(from, from + 4) } as never;
}

async function keys(repeats: boolean, done = 0n): Promise<string[]> {
  const all: string[] = [];
  for await (const units of unitsOf(batches(), typing, { grouped: false, repeats, done }))
    all.push(...units.map(({ key }) => key));
  return all;
}

test("rows without an id that hold the same are one record, or as many as there are where the kind says so", async () => {
  expect(new Set(await keys(false)).size).toBe(3);
  const repeated = await keys(true);
  expect(new Set(repeated).size).toBe(5); // A twice is A, in every kind
  expect(repeated.slice(0, 1)).toEqual((await keys(false)).slice(0, 1));
});

test("a run that goes on where it stopped knows the rows by the same keys", async () => {
  const all = await keys(true);
  for (const done of [1n, 3n, 4n, 5n]) expect(await keys(true, done)).toEqual(all.slice(Number(done)));
});
