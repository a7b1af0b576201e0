import { compileFilter } from "@guanxi/kit/filter/compile";
import { catalogue, type Field } from "@guanxi/kit/filter/catalogue";
import type { FieldDefinition } from "@guanxi/client/gen/guanxi";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fieldsFor } from "./fields.ts";
import { type Condition, type Group, isGroup, type Node, opsOf, takesMany, takesNone } from "./model.ts";
import { read } from "./read.ts";
import { quote, write } from "./write.ts";

// The builder reads these four of a definition's fields.
const definition = (key: string, type: FieldDefinition["type"], options: string[] = []) =>
  ({
    key,
    type,
    filterable: true,
    options: options.map((value) => ({ value, labels: {} })),
  }) as unknown as FieldDefinition;

const fields = fieldsFor(
  [
    definition("seats", "TYPE_NUMBER"),
    definition("rate", "TYPE_DECIMAL"),
    definition("vat", "TYPE_BOOL"),
    definition("signed", "TYPE_DATE"),
    definition("seen", "TYPE_TIME"),
    definition("plan", "TYPE_ENUM", ["gold", "basic"]),
    definition("site", "TYPE_TEXT"),
  ],
  true,
);

type Row = Record<string, unknown>;

/** The service's own grammar, over the same fields. */
const grammar = catalogue<Row>(
  { id: "customer_id", side: "customer_values" },
  [...fields.values()].map(
    ({ name, type, values }): Field<Row> => ({
      name,
      type: type === "ref" ? "text" : type,
      stored: type === "tags" || name.startsWith("custom.") ? { kind: name } : { column: name },
      read: (row) => row[name],
      ...(values && { values }),
    }),
  ),
);

// Half characters and NUL too: people paste what they have.
const anyText = fc.oneof(
  fc.string({ minLength: 1, maxLength: 12, unit: "binary" }),
  fc.constantFrom(
    '"',
    "\\",
    "'",
    '") || true',
    "\n",
    "\t\r\b",
    "张三",
    "👨‍👩‍👧",
    "\\u0041",
    "\u0007",
    "x\0y",
    "now",
  ),
);
const storable = anyText
  .map((text) => text.replaceAll("\0", "").toWellFormed())
  .filter((text) => text !== "");
const day = fc
  .date({ min: new Date("1990-01-01"), max: new Date("2040-01-01"), noInvalidDate: true })
  .map((date) => date.toISOString());

const named = fc.constantFrom(...fields.values());

const values = (
  field: typeof fields extends ReadonlyMap<string, infer F> ? F : never,
  op: Condition["op"],
) => {
  if (takesNone(op)) return fc.constant([]);
  const one = (): fc.Arbitrary<string> => {
    if (op === "last_days" || op === "not_last_days") return fc.integer({ min: 1, max: 9999 }).map(String);
    if (field.values) return fc.constantFrom(...field.values);
    switch (field.type) {
      case "int":
        return fc.integer({ min: -1e9, max: 1e9 }).map(String);
      case "decimal":
        return fc
          .integer({ min: -1e9, max: 1e9 })
          .map((millis) => (millis / 1000).toFixed(2).replace("-0.00", "0"));
      case "time":
        return day;
      case "date":
        return day.map((each) => each.slice(0, 10));
      default:
        return storable;
    }
  };
  return takesMany(op)
    ? fc.uniqueArray(one(), { minLength: 1, maxLength: 4 })
    : one().map((value) => [value]);
};

const condition: fc.Arbitrary<Condition> = named.chain((field) =>
  fc
    .constantFrom(...opsOf(field))
    .chain((op) => values(field, op).map((of): Condition => ({ field: field.name, op, values: of }))),
);

const { group } = fc.letrec<{ group: Group; node: Node }>((tie) => ({
  node: fc.oneof({ depthSize: "small", maxDepth: 4 }, condition, tie("group")),
  group: fc.record({
    is: fc.constantFrom("all" as const, "any" as const),
    of: fc.array(tie("node"), { maxLength: 4 }),
  }),
}));

/** What a text can say of a group: none without members and none of one; a tag beside tags is part of one condition. */
function canonical(node: Node): Node | undefined {
  if (!isGroup(node))
    return node.op === "all_of" && node.values.length === 1 ? { ...node, op: "any_of" } : node;
  const of = node.of.map(canonical).filter((each) => each !== undefined);
  if (of.length <= 1) return of[0];
  const single = (each: Node): each is Condition =>
    !isGroup(each) &&
    each.op === "any_of" &&
    each.values.length === 1 &&
    fields.get(each.field)?.type === "tags";
  const [first] = of as [Condition];
  return of.every((each) => single(each) && each.field === first.field)
    ? {
        field: first.field,
        op: node.is === "any" ? "any_of" : "all_of",
        values: of.flatMap((each) => (each as Condition).values),
      }
    : { is: node.is, of };
}

const rooted = (node: Node | undefined): Group =>
  node && isGroup(node) ? node : { is: "all", of: node ? [node] : [] };

/** Why the service does not understand a condition, if it does not. */
function refusalOf(text: string): string | undefined {
  try {
    compileFilter(text, grammar);
    return undefined;
  } catch (error) {
    const { violations = [] } = error as { violations?: { reason?: string }[] };
    return violations[0]?.reason ?? String(error);
  }
}

describe("the builder's conditions", () => {
  test("come back from their text as they went", () => {
    fc.assert(
      fc.property(group, (group) => {
        const text = write(group, fields);
        expect(read(text, fields)).toEqual(rooted(canonical(group)));
        expect(write(read(text, fields)!, fields)).toBe(text);
      }),
      { numRuns: 500 },
    );
  });

  test("are all understood by the grammar of the service", () => {
    fc.assert(
      fc.property(group, (group) => {
        const text = write(group, fields);
        fc.pre(text !== "" && new TextEncoder().encode(text).length <= 2048);
        const refused = refusalOf(text);
        fc.pre(refused !== "TOO_LARGE"); // said as such, and the page shows it
        expect(refused).toBeUndefined();
      }),
      { numRuns: 500 },
    );
  });

  test("any text is looked for as it is, whatever quotes and escapes are in it", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const kept = text.replaceAll("\0", "").toWellFormed();
        const { matches } = compileFilter(`city == ${quote(text)}`, grammar);
        expect(matches({ city: kept }, { now: new Date(), today: "2026-01-01" })).toBe(true);
        expect(matches({ city: `${kept}.` }, { now: new Date(), today: "2026-01-01" })).toBe(false);
      }),
    );
  });

  const says = (condition: Condition) => write({ is: "all", of: [condition] }, fields);

  test.each([
    ['grade == "A"', { field: "grade", op: "any_of", values: ["A"] }],
    ['grade in ["A", "B"]', { field: "grade", op: "any_of", values: ["A", "B"] }],
    ['!(grade == "A")', { field: "grade", op: "none_of", values: ["A"] }],
    ['("vip" in tags && "old" in tags)', { field: "tags", op: "all_of", values: ["vip", "old"] }],
    ['!("vip" in tags || "old" in tags)', { field: "tags", op: "none_of", values: ["vip", "old"] }],
    ['update_time < now - duration("720h")', { field: "update_time", op: "not_last_days", values: ["30"] }],
    ['create_date >= today - duration("168h")', { field: "create_date", op: "last_days", values: ["7"] }],
    ['!city.contains("海")', { field: "city", op: "lacks", values: ["海"] }],
    ["!has(owner_id)", { field: "owner_id", op: "unknown", values: [] }],
    ["custom.seats >= -3", { field: "custom.seats", op: "ge", values: ["-3"] }],
    ["core == false", { field: "core", op: "no", values: [] }],
  ] satisfies [string, Condition][])("%s", (text, condition) => {
    expect(says(condition)).toBe(text);
    expect(read(text, fields)).toEqual({ is: "all", of: [condition] });
  });

  test("a condition that lacks its value is not asked yet", () => {
    const half: Group = {
      is: "all",
      of: [
        { field: "city", op: "contains", values: [] },
        { is: "any", of: [] },
      ],
    };
    expect(write(half, fields)).toBe("");
    expect(says({ field: "completeness", op: "ge", values: ["a lot"] })).toBe("");
    expect(says({ field: "grade", op: "any_of", values: ["E"] })).toBe("");
  });
});

describe("texts", () => {
  test.each([
    "grade in ['A', \"B\"] && (city == '上海' || tags.size() > 1)",
    "!(grade == 'A' && city == '上海')",
    'city != "上海"',
    "grade ==",
    "nobody == 3",
    'create_time > timestamp("2026-01-01T00:00:00Z")',
    'update_time >= now - duration("36h")',
    'city == r"\\d"',
    'city == """x"""',
    'city == "x" city == "y"',
    "((((",
    "completeness > 1.5",
    '"vip" in grade',
    'grade == "E"',
  ])("%s stays text", (text) => {
    expect(read(text, fields)).toBeUndefined();
  });

  test("written by hand are read where the builder can hold them", () => {
    const read1 = read(` has( city )&&'vip'in tags && (completeness>50||kind=='PERSON')`, fields);
    expect(write(read1!, fields)).toBe(
      'has(city) && "vip" in tags && (completeness > 50 || kind == "PERSON")',
    );
    expect(read("core", fields)).toEqual({ is: "all", of: [{ field: "core", op: "yes", values: [] }] });
    expect(read('city == "\\u4e0a\\x41\\101"', fields)!.of[0]).toMatchObject({ values: ["上AA"] });
  });

  test("of any kind never throw", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          group.map((each) => write(each, fields).slice(1)),
        ),
        (text) => {
          expect(() => read(text, fields)).not.toThrow();
        },
      ),
    );
  });
});
