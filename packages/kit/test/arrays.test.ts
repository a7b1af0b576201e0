import { packed } from "@guanxi/kit/arrays";
import fc from "fast-check";
import { Client } from "pg";
import { afterAll, beforeAll, expect, inject, test } from "vitest";

let client: Client;
beforeAll(async () => {
  client = new Client({ connectionString: inject("adminUrl") });
  await client.connect();
});
afterAll(() => client.end());

const text = fc.string({ unit: "binary" }).map((value) => value.replaceAll("\0", ""));
const VALUES: Record<string, fc.Arbitrary<unknown>> = {
  text,
  jsonb: fc.jsonValue({ stringUnit: "grapheme" }).map((value) => JSON.stringify(value)),
  bytea: fc.uint8Array().map((bytes) => Buffer.from(bytes)),
  uuid: fc.uuid(),
  int: fc.integer(),
  bigint: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
};

test.each(Object.keys(VALUES))("a list of %s means the same as written out", async (type) => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.option(VALUES[type]!)), async (values) => {
      const [sent] = packed(`select $1::${type}[]`, [values]);
      expect(sent).toBeInstanceOf(Buffer);
      const { rows } = await client.query(
        `select $1::${type}[] = $2::${type}[] as same, $1::${type}[]::text as a, $2::${type}[]::text as b`,
        [sent, values],
      );
      expect(rows[0]).toMatchObject({ same: true, a: rows[0].b });
    }),
  );
});

test.each([
  ["uuid", ["nobody"]],
  ["int", [1.5]],
  ["int", [2 ** 31]],
  ["bigint", [2n ** 63n]],
  ["bigint", ["12"]],
  ["text", [["a"], ["b"]]],
  ["timestamptz", ["2026-01-31T12:00:00Z"]],
])("a list of %s that holds %s is left to the driver", (type, values) => {
  expect(packed(`select $1::${type}[]`, [values])).toEqual([values]);
});

test("only what the statement calls a list of a type is packed", () => {
  const all = ["plain", ["a"], 7, null];
  expect(packed("select $1::text, $2, $3::int, $4::text[]", all)).toEqual(all);
});
