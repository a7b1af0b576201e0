import fc from "fast-check";
import type { Field, FieldType } from "../../src/filter/catalogue.ts";
import type { Comparison } from "../../src/filter/predicate.ts";
import { type Customer, customers, customFields, ROLES } from "./customers.ts";

/** Random customers and expressions. Small pools of awkward values make rows and expressions meet often. */

export const NOW = new Date("2026-03-01T12:00:00.000Z");
export const TODAY = "2026-03-01";

const TEXTS = [
  "",
  "a",
  "A",
  "ab",
  "a\u0301",
  "á",
  "ß",
  "%",
  "_",
  "a%b",
  "'",
  '"',
  "\\",
  "\\n",
  "\n",
  "{a,b}",
  "NULL",
];
const EDGES = [
  "\ud7ff",
  "\ue000",
  "～",
  "\uffff",
  "😀",
  "😀a",
  "a😀",
  "\u{10ffff}",
  "\u{10ffff}a",
  "null",
  "$1",
  "--",
];
const text = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...TEXTS, ...EDGES) },
  {
    weight: 1,
    arbitrary: fc.string({ unit: "binary", maxLength: 4 }).filter((value) => !value.includes("\0")),
  },
);
const MIN = -(2n ** 63n);
const MAX = 2n ** 63n - 1n;
const int = fc.oneof(
  fc.constantFrom(0n, 1n, -1n, 2n ** 53n, 2n ** 53n + 1n, MIN, MIN + 1n, MAX, MAX - 1n),
  fc.bigInt(-3n, 3n),
);
/** Millionths that can be written: whole numbers of any size, or at most 15 digits. */
const micros = fc.oneof(
  fc.constantFrom(
    0n,
    1n,
    -1n,
    100_000n,
    1_001_000n,
    1_005_000n,
    999_999_999_999_999n,
    -999_999_999_999_999n,
    9_223_372_036_854_000_000n,
  ),
  fc.bigInt(-3_000_000n, 3_000_000n),
);
const FIRST = new Date("0001-01-01T00:00:00.000Z");
const LAST = new Date("9999-12-31T23:59:59.999Z");
const time = fc.oneof(
  fc.constantFrom(FIRST, LAST, new Date(0), new Date("1899-12-31T23:59:59.999Z"), NOW),
  fc.integer({ min: -3, max: 3 }).map((offset) => new Date(NOW.getTime() + offset)),
  fc.date({ min: FIRST, max: LAST, noInvalidDate: true }),
);
const date = fc.oneof(
  fc.constantFrom("0001-01-01", "9999-12-31", "2024-02-29", TODAY, "2026-02-28", "2026-03-02"),
  time.map((value) => value.toISOString().slice(0, 10)),
);
/** Few, so that expressions and rows meet. */
const id = fc.constantFrom(
  "0199f0c4-2a3b-7c4d-8e5f-60718293a4b5",
  "0199f0c4-2a3b-7c4d-8e5f-60718293a4b6",
  "ffffffff-ffff-ffff-ffff-ffffffffffff",
);
const enumOf = (values: readonly string[]) => fc.constantFrom(...values);
/** Few, so that one customer has both tags of an expression. */
const tag = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom("vip", "", "～", "😀") },
  { weight: 1, arbitrary: text },
);
const tags = fc.uniqueArray(tag, { maxLength: 4 });

function ofType(type: FieldType, values: readonly string[] = []): fc.Arbitrary<unknown> {
  const all = {
    id,
    text,
    enum: fc.constantFrom("", ...values),
    int,
    decimal: micros,
    bool: fc.boolean(),
    time,
    date,
    tags,
  };
  return type === "enum" ? enumOf(values) : all[type];
}

const absent = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 2 });

export const customer: fc.Arbitrary<Customer> = fc.record({
  customerId: fc.uuid(),
  name: text,
  ownerId: absent(id),
  emailKey: absent(text),
  stage: enumOf(customers.fields.get("stage")!.values!),
  grade: absent(enumOf(customers.fields.get("grade")!.values!)),
  score: absent(int),
  lifetimeValueMicros: absent(micros),
  subscribed: absent(fc.boolean()),
  createTime: time,
  lastOrderTime: absent(time),
  birthDate: absent(date),
  creditLimitMicros: absent(micros),
  tags,
  emails: tags,
  roles: fc.subarray(ROLES),
  visits: absent(int),
  custom: fc.record(
    Object.fromEntries(customFields.map(({ key, type, values }) => [key, absent(ofType(type, values))])),
  ),
});

/** An expression as the test knows it; oracle.ts says what it means and how it is written. */
export type Tree =
  | { is: "and" | "or"; of: Tree[] }
  | { is: "not"; of: Tree }
  | { is: "true" | "false" }
  | { is: "flag"; field: Field<Customer> }
  | { is: "compare"; field: Field<Customer>; op: Comparison; value: unknown; flipped: boolean }
  | { is: "now"; field: Field<Customer>; op: Comparison; plus: number }
  | { is: "in"; field: Field<Customer>; values: unknown[] }
  | { is: "startsWith" | "contains"; field: Field<Customer>; text: string }
  | { is: "tagged" | "exists"; field: Field<Customer>; text: string }
  | { is: "has"; field: Field<Customer> };

const fields = [...customers.fields.values()];
const where = (test: (field: Field<Customer>) => boolean) => fc.constantFrom(...fields.filter(test));
const valueOf = (field: Field<Customer>) => ofType(field.type, field.values);

const compare = where((field) => field.type !== "tags").chain((field) =>
  fc.record({
    is: fc.constant("compare" as const),
    field: fc.constant(field),
    op: fc.constantFrom<Comparison[]>(...(["id", "enum", "bool"].includes(field.type) ? EQUAL : ORDERED)),
    value: valueOf(field),
    flipped: fc.boolean(),
  }),
);
const EQUAL: Comparison[] = ["==", "!="];
const ORDERED: Comparison[] = ["==", "!=", "<", "<=", ">", ">="];
const now = fc.record({
  is: fc.constant("now" as const),
  field: where((field) => field.type === "time" || field.type === "date"),
  op: fc.constantFrom(...ORDERED),
  plus: fc.integer({ min: -3, max: 3 }),
});
const oneOf = where((field) => field.type !== "tags").chain((field) =>
  fc.record({
    is: fc.constant("in" as const),
    field: fc.constant(field),
    values: fc.array(valueOf(field), { maxLength: 4 }),
  }),
);
const texts = fc.record({
  is: fc.constantFrom("startsWith" as const, "contains" as const),
  field: where((field) => field.type === "text"),
  text,
});
const tagged = where((field) => field.type === "tags").chain((field) =>
  fc.record({
    is: fc.constantFrom("tagged" as const, "exists" as const),
    field: fc.constant(field),
    text: field.values ? enumOf(field.values) : tag,
  }),
);
const has = fc.record({ is: fc.constant("has" as const), field: where(() => true) });
const flag = fc.record({ is: fc.constant("flag" as const), field: where((field) => field.type === "bool") });
const constant = fc.record({ is: fc.constantFrom("true" as const, "false" as const) });

export const tree: fc.Arbitrary<Tree> = fc.letrec<{ tree: Tree; leaf: Tree; many: Tree; not: Tree }>(
  (tie) => ({
    leaf: fc.oneof(
      { weight: 6, arbitrary: compare },
      { weight: 2, arbitrary: now },
      { weight: 3, arbitrary: oneOf },
      { weight: 4, arbitrary: texts },
      { weight: 3, arbitrary: tagged },
      { weight: 2, arbitrary: has },
      { weight: 1, arbitrary: flag },
      { weight: 1, arbitrary: constant },
    ),
    not: fc.record({ is: fc.constant("not" as const), of: tie("tree") }),
    many: fc.record({
      is: fc.constantFrom("and" as const, "or" as const),
      of: fc.array(tie("tree"), { minLength: 2, maxLength: 3 }),
    }),
    tree: fc.oneof(
      { maxDepth: 4, depthSize: "small" },
      { weight: 2, arbitrary: tie("leaf") },
      { weight: 2, arbitrary: tie("not") },
      { weight: 2, arbitrary: tie("many") },
    ),
  }),
).tree;
