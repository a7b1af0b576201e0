import { status } from "@grpc/grpc-js";
import { expect, test } from "vitest";
import { visible } from "../../src/filter/catalogue.ts";
import { compileFilter } from "../../src/filter/compile.ts";
import { toSql } from "../../src/filter/sql.ts";
import { Refusal } from "../../src/refuse.ts";
import { customers } from "./customers.ts";

const seen = visible(customers, { personal: true, sensitive: false });

/** REASON line:column message, put together from what the caller gets. */
function refusalOf(expression: string): string {
  try {
    compileFilter(expression, seen);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    expect(error).toMatchObject({ code: status.INVALID_ARGUMENT, reason: "INVALID_FILTER" });
    const [{ field, description, reason }] = error.violations as [
      { field: string; description: string; reason: string },
    ];
    expect(field).toBe("filter");
    expect(error.message).toContain(description);
    return `${reason} ${description.replace(/^line (\d+), column (\d+):/, "$1:$2")}`;
  }
  return "taken";
}

/** What a person sees, character for character. */
const SHOWN: [expression: string, refusal: string][] = [
  ["", "SYNTAX 1:1 the expression is empty; write a condition such as score > 10"],
  ["score = 1", "SYNTAX 1:7 write == to compare"],
  ["score <> 1", "SYNTAX 1:7 write != for “differs from”"],
  ["score > 1 and subscribed", "SYNTAX 1:11 write && for “and”, || for “or”, ! for “not”"],
  ["(score > 1", "SYNTAX 1:11 the expression ends too early; a value or a closing bracket is missing"],
  ['name == "Ada', "SYNTAX 1:9 this quote is not closed"],
  ["scroe > 1", 'UNKNOWN_FIELD 1:1 there is no field "scroe"; did you mean "score"?'],
  ["credit_limit > 1", 'UNKNOWN_FIELD 1:1 there is no field "credit_limit"'],
  ["constructor == 1", 'UNKNOWN_FIELD 1:1 there is no field "constructor"'],
  ["__proto__.polluted == 1", 'UNKNOWN_FIELD 1:1 there is no field "__proto__.polluted"'],
  ["custom.unknown == 1", 'UNKNOWN_FIELD 1:1 there is no field "custom.unknown"'],
  ['score > 1 &&\n  "😀" == nme', 'UNKNOWN_FIELD 2:10 there is no field "nme"; did you mean "name"?'],
  ['score == "10"', 'WRONG_TYPE 1:10 "score" takes a whole number, such as 42'],
  ["score == 1.5", 'WRONG_TYPE 1:10 "score" takes a whole number, such as 42'],
  ["score == 1u", 'WRONG_TYPE 1:10 "score" takes a whole number, such as 42'],
  ["score == 9223372036854775808", 'BAD_VALUE 1:10 "score" takes a whole number, such as 42'],
  [
    "lifetime_value == 0.1234567",
    'BAD_VALUE 1:19 "lifetime_value" takes a number with at most six decimals, such as 99.50',
  ],
  [
    "lifetime_value > 9999999999999999",
    'BAD_VALUE 1:18 "lifetime_value" takes a number with at most six decimals, such as 99.50',
  ],
  [
    "lifetime_value == 1e400",
    'BAD_VALUE 1:19 "lifetime_value" takes a number with at most six decimals, such as 99.50',
  ],
  ['stage == "CUSTOMR"', 'BAD_VALUE 1:10 "stage" takes one of "LEAD", "PROSPECT", "CUSTOMER", "FORMER"'],
  ['stage < "LEAD"', 'WRONG_TYPE 1:1 "stage" has no order; use ==, != or in'],
  ["subscribed == 1", 'WRONG_TYPE 1:15 "subscribed" takes true or false'],
  [
    'create_time > "2026-01-01"',
    'WRONG_TYPE 1:15 "create_time" takes a time with zone and at most milliseconds, such as timestamp("2026-01-31T09:00:00Z") or now - duration("24h")',
  ],
  [
    'create_time > timestamp("2026-02-30T00:00:00Z")',
    'BAD_VALUE 1:15 "create_time" takes a time with zone and at most milliseconds, such as timestamp("2026-01-31T09:00:00Z") or now - duration("24h")',
  ],
  [
    'create_time > timestamp("2026-01-01T00:00:00.000001Z")',
    'BAD_VALUE 1:15 "create_time" takes a time with zone and at most milliseconds, such as timestamp("2026-01-31T09:00:00Z") or now - duration("24h")',
  ],
  [
    'create_time > now - duration("30d")',
    'BAD_VALUE 1:15 "create_time" takes a time with zone and at most milliseconds, such as timestamp("2026-01-31T09:00:00Z") or now - duration("24h")',
  ],
  [
    'create_time > now - duration("99999999h")',
    'BAD_VALUE 1:15 "create_time" takes a time with zone and at most milliseconds, such as timestamp("2026-01-31T09:00:00Z") or now - duration("24h")',
  ],
  [
    'birth_date < "2025-02-29"',
    'BAD_VALUE 1:14 "birth_date" takes a date, such as "2026-01-31", today or today - duration("2160h"), which is 90 days',
  ],
  [
    'birth_date < today - duration("12h")',
    'BAD_VALUE 1:14 "birth_date" takes a date, such as "2026-01-31", today or today - duration("2160h"), which is 90 days',
  ],
  [
    'owner_id == "lin"',
    'BAD_VALUE 1:13 "owner_id" takes an id, such as "0199f0c4-2a3b-7c4d-8e5f-60718293a4b5"',
  ],
  ['owner_id < "a"', 'WRONG_TYPE 1:1 "owner_id" has no order; use ==, != or in'],
  ["grade == null", "UNSUPPORTED 1:10 write has(grade) or !has(grade) instead of null"],
  ["score", 'WRONG_TYPE 1:1 compare "score" with a whole number, such as 42'],
  ['"text"', 'WRONG_TYPE 1:1 a condition is needed here, such as score > 10 or "vip" in tags'],
  ["now", 'WRONG_TYPE 1:1 a condition is needed here, such as score > 10 or "vip" in tags'],
  ["score > score", "UNSUPPORTED 1:9 compare a field with a value, not with another field"],
  ["1 == 1", "UNSUPPORTED 1:1 a field is needed here"],
  ["score + 1 > 2", "UNSUPPORTED 1:1 + is not available here"],
  ['tags == "vip"', 'WRONG_TYPE 1:1 write "vip" in tags to look for a tag'],
  ['tags in ["vip"]', 'WRONG_TYPE 1:1 write "vip" in tags for each tag'],
  ['"vip" in name', 'WRONG_TYPE 1:10 "name" is not a list'],
  ['"KING" in roles', 'BAD_VALUE 1:1 "roles" holds one of "BUYER", "SUPPLIER", "PARTNER"'],
  ["1 in emails", 'WRONG_TYPE 1:1 "emails" holds text: write "vip" in emails'],
  ["1 in tags", 'WRONG_TYPE 1:1 "tags" holds text: write "vip" in tags'],
  [
    'tags.exists(t, t.startsWith("v"))',
    'UNSUPPORTED 1:16 inside exists only an equality is taken, such as tags.exists(t, t == "vip")',
  ],
  ['tags.all(t, t == "vip")', "UNSUPPORTED 1:1 all() is not available here; use exists with an equality"],
  ['name.matches("(a+)+$")', "UNSUPPORTED 1:1 matches() is not available here; use startsWith or contains"],
  ["size(tags) > 1", "UNSUPPORTED 1:1 size() is not available here; use has() to see whether there is any"],
  [
    'subscribed ? score > 1 : grade == "A"',
    "UNSUPPORTED 1:1 ? : is not available here; write (a && b) || (!a && c)",
  ],
  ["name.startsWith(1)", "WRONG_TYPE 1:17 startsWith takes a text in quotes"],
  ['score.startsWith("1")', 'WRONG_TYPE 1:1 "score" is not text'],
  ['startsWith("a")', 'UNSUPPORTED 1:1 write name.startsWith("text")'],
  ["has(scroe)", 'UNKNOWN_FIELD 1:5 there is no field "scroe"; did you mean "score"?'],
  ["has()", "UNSUPPORTED 1:1 has() takes one field"],
  ['name == "a\\x00b"', "BAD_VALUE 1:9 a text cannot contain a NUL character"],
  ['name == "\\ud800"', "SYNTAX 1:1 surrogate code points are not allowed"],
  ['name == "\ud800"', "SYNTAX 1:1 the expression is not valid Unicode"],
  ["name == 'a\0b'", "SYNTAX 1:11 the expression contains a NUL character; remove it"],
  ['{"a": 1}.a == 1', "UNSUPPORTED 1:1 a field is needed here"],
  ["dyn(score) == 1", "UNSUPPORTED 1:1 dyn() is not available here"],
  ["score.foo.bar == 1", 'UNKNOWN_FIELD 1:1 there is no field "score.foo.bar"'],
];

for (const [expression, refusal] of SHOWN) {
  test(`refused: ${JSON.stringify(expression)}`, () => expect(refusalOf(expression)).toBe(refusal));
}

/** The limits themselves, and hostile inputs: refused before they cost anything. */
const HOSTILE: [name: string, expression: string, refusal: RegExp][] = [
  ["1 MB", "score > 1 && ".repeat(80_000), /^TOO_LARGE 1:1 the expression has 1040000 bytes/],
  ["2,000 open brackets", "(".repeat(2000), /^TOO_LARGE 1:17 more than 16 levels/],
  ["600 negations in brackets", `${"!(".repeat(600)}subscribed${")".repeat(600)}`, /^TOO_LARGE 1:34/],
  ["140 nested exists", "tags.exists(t,".repeat(140), /^TOO_LARGE/],
  ["a list of 900", `score in [${Array(900).fill("1").join(",")}]`, /^TOO_LARGE 1:10 more than 200 parts/],
  ["180 comparisons", Array(180).fill("score>1").join("||"), /^TOO_LARGE/],
  ["a name of 1,000 parts", `${"a.".repeat(1000)}a == 1`, /^UNKNOWN_FIELD/],
  ["2,000 quotes", '"'.repeat(2001), /^SYNTAX/],
  ["1,999 backslashes", `name == "${"\\".repeat(1999)}"`, /^SYNTAX/],
];

for (const [name, expression, refusal] of HOSTILE) {
  test(`refused: ${name}`, { timeout: 2000 }, () => expect(refusalOf(expression)).toMatch(refusal));
}

test("brackets inside a text are no nesting", () => {
  expect(refusalOf(`name.startsWith("${"(".repeat(200)}")`)).toBe("taken");
});

test("nothing that a person wrote stands in the SQL", () => {
  const { predicate } = compileFilter(`name == "'; drop table customers; --" || "x' or true" in tags`, seen);
  expect(toSql(predicate, seen).text).toBe(
    "(name = $1::text or customer_id in (select v.customer_id from customer_values v" +
      " where v.kind = $2::text and v.text_value = $3::text))",
  );
});
