import fc from "fast-check";
import { expect, test } from "vitest";
import { definition } from "../../test/builders.ts";
import { checkCustom, comparable, typedValue } from "./custom-values.ts";

const seats = definition({ key: "seats", type: "NUMBER", filterable: true });
const plan = definition({ key: "plan", type: "ENUM", options: [{ value: "FREE", labels: {} }] });
const refused = (field: string) =>
  expect.objectContaining({ violations: [expect.objectContaining({ field: `customer.custom.${field}` })] });

test.for([
  ["TEXT", "a", ["", 1, true, "x".repeat(2001), {}, []]],
  ["NUMBER", 42, [1.5, "42", 2 ** 53, Number.NaN, Number.POSITIVE_INFINITY, true]],
  ["DECIMAL", "12.50", [12.5, "12.1234567", "1e3", "", "-", ".5", "01", "1234567890123"]],
  ["BOOL", false, ["false", 0]],
  ["DATE", "2024-02-29", ["2026-02-29", "2026-2-1", "0000-01-01", 20260101]],
  ["TIME", "2026-11-21T08:00:00Z", ["2026-11-21", "2026-11-21T08:00:00", "2026-13-21T08:00:00Z", 1]],
  ["ENUM", "FREE", ["TEAM", "free", 1]],
] as const)("a %s takes %j and refuses what is none", ([type, good, bad]) => {
  const it = definition({ key: "it", type, options: [{ value: "FREE", labels: {} }] });
  expect(checkCustom({ it: good }, undefined, [it])).toMatchObject({
    custom: { it: good },
    customFacts: { it: { type } },
  });
  for (const value of bad)
    expect(() => checkCustom({ it: value }, undefined, [it]), String(value)).toThrow(refused("it"));
});

test("an unknown key is refused by its name", () => {
  expect(() => checkCustom({ seats: 1, chairs: 2 }, undefined, [seats, plan])).toThrow(refused("chairs"));
  for (const key of ["constructor", "__proto__", "toString"]) {
    const sent = JSON.parse(`{"${key}": 1}`) as Record<string, unknown>;
    expect(() => checkCustom(sent, undefined, [seats])).toThrow(refused(key));
  }
});

test("null takes a value away, unless it is required", () => {
  const required = definition({ required: true });
  expect(checkCustom({ seats: null }, { seats: 3 }, [seats]).custom).toEqual({});
  expect(() => checkCustom({}, undefined, [required])).toThrow(refused("seats"));
  expect(() => checkCustom({ seats: null }, { seats: 3 }, [required])).toThrow(refused("seats"));
  expect(checkCustom({}, {}, [required]).custom).toEqual({}); // a customer from before the definition
});

test("what is indexed is short", () => {
  const long = { seats: "x".repeat(201) };
  expect(checkCustom(long, undefined, [definition({ type: "TEXT" })]).custom).toEqual(long);
  expect(() => checkCustom(long, undefined, [definition({ type: "TEXT", filterable: true })])).toThrow(
    refused("seats"),
  );
});

test("a decimal is exact in millionths", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 17n), max: 10n ** 17n }), (micros) => {
      const digits = String(micros < 0n ? -micros : micros).padStart(7, "0");
      const text = `${micros < 0n ? "-" : ""}${digits.slice(0, -6)}.${digits.slice(-6)}`;
      expect(typedValue("DECIMAL", text)).toEqual({ number_value: micros });
    }),
  );
});

test("one value has one form to compare", () => {
  expect(comparable("DECIMAL", "1.50")).toBe(comparable("DECIMAL", "1.5"));
  expect(comparable("TIME", "2026-11-21T08:00:00+08:00")).toBe(
    comparable("TIME", "2026-11-21T00:00:00.000Z"),
  );
  expect(comparable("NUMBER", 7)).toBe("7");
});
