import { describe, expect, test } from "vitest";
import { visible, withCustomFields } from "../../src/filter/catalogue.ts";
import { compileFilter } from "../../src/filter/compile.ts";
import { toSql } from "../../src/filter/sql.ts";
import { customers } from "./customers.ts";

const MOMENT = { now: new Date("2026-03-01T12:00:00Z"), today: "2026-03-01" };
const sqlOf = (text: string, place = {}) => toSql(compileFilter(text, customers).predicate, customers, place);

describe("the where clause", () => {
  test("numbers its parameters after those that a statement has already", () => {
    const where = sqlOf('grade == "A" && score > 3', { from: 3, alias: "c" });
    expect(where.text).toBe("(c.grade = $3::text and c.score > $4::bigint)");
    expect(where.values(MOMENT)).toEqual(["A", "3"]);
  });

  test("names the outer table's id where it asks the side table", () => {
    expect(sqlOf("visits >= 2", { alias: "c" }).text).toBe(
      "c.customer_id in (select v.customer_id from customer_values v" +
        " where v.kind = $1::text and v.number_value >= $2::bigint)",
    );
  });

  test.each([
    ['stage == "LEAD" && score in [1]', 'stage == "FORMER" && score in [1, 2, 3]'],
    ['name.startsWith("a") || "vip" in tags', 'name.startsWith("bcd") || "new" in tags'],
    ["create_time < now", 'create_time < timestamp("2026-01-01T00:00:00Z")'],
  ])("is one text for %s and %s", (one, other) => {
    expect(sqlOf(one).text).toBe(sqlOf(other).text);
  });

  test("takes the moment of each use", () => {
    const where = sqlOf('create_time > now - duration("24h") && birth_date == today');
    expect(where.values(MOMENT)).toEqual(["2026-02-28T12:00:00.000Z", "2026-03-01"]);
    const later = { now: new Date("2026-03-02T12:00:00Z"), today: "2026-03-03" };
    expect(where.values(later)).toEqual(["2026-03-01T12:00:00.000Z", "2026-03-03"]);
  });
});

describe("a note", () => {
  test("says what people stumble over, and where", () => {
    const { notes } = compileFilter('score > 1 &&\n grade != "A" && name.contains("x")', customers);
    expect(notes).toEqual([
      { line: 2, column: 2, message: "skips those without grade; !(grade == …) takes them too" },
      { line: 2, column: 18, message: "contains reads every row that the other conditions leave" },
    ]);
  });
});

describe("what a person may not read", () => {
  const nobody = visible(customers, { personal: false, sensitive: false });

  test.each(["has(email)", '"a@b.cn" in emails', "credit_limit > 1"])(
    "%s names no field for them",
    (text) => {
      expect(() => compileFilter(text, nobody)).toThrow(/there is no field/);
      expect(() => compileFilter(text, customers)).not.toThrow();
    },
  );

  test("is never suggested either", () => {
    expect(() => compileFilter("has(emial)", nobody)).toThrow(/no field "emial"\.?$/);
  });

  test("a custom field may be personal too", () => {
    const tenant = withCustomFields(customers, [{ key: "passport", type: "text", personal: true }]);
    const text = 'custom.passport == "E1"';
    expect(compileFilter(text, tenant).notes).toEqual([]);
    expect(() => compileFilter(text, visible(tenant, { personal: false, sensitive: true }))).toThrow(
      /no field/,
    );
  });
});

describe("compiled filters are kept", () => {
  test("for each catalogue, and rights lead to the same one", () => {
    const rights = { personal: true, sensitive: false };
    const first = compileFilter("score > 1", visible(customers, rights));
    expect(compileFilter("score > 1", visible(customers, { ...rights }))).toBe(first);
    expect(compileFilter("score > 1", customers)).not.toBe(first);
  });

  test("until a thousand others were used since", () => {
    const used = compileFilter("score > 1000000", customers);
    const forgotten = compileFilter("score > 1000001", customers);
    for (let i = 0; i < 999; i += 1) {
      compileFilter(`score > ${i}`, customers);
      compileFilter("score > 1000000", customers);
    }
    expect(compileFilter("score > 1000000", customers)).toBe(used);
    expect(compileFilter("score > 1000001", customers)).not.toBe(forgotten);
  });
});

test("a key that CEL cannot name is refused when the catalogue is made", () => {
  expect(() => withCustomFields(customers, [{ key: "a-b", type: "text" }])).toThrow(/"a-b"/);
});
