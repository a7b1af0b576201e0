import { Customer_Kind } from "@guanxi/contract/guanxi/customer/v1/customer";
import fc from "fast-check";
import { expect, test } from "vitest";
import { aFirm, aPerson, email, phone } from "../../test/builders.ts";
import { dice, likenessOf } from "./duplicates.ts";
import { matchTokensOf, tokensOf } from "./tokens.ts";

const CODE = "914403001922038216";
const OTHER_CODE = "91110000802100433B";

test("R009 the score is the published one", () => {
  const zhang = aPerson({ contactPoints: [phone("13800138000"), email("a@example.com")] });
  const named = (displayName: string) => likenessOf(zhang, aPerson({ displayName }));
  expect(named("张三")).toEqual({ score: 50, matchedFields: ["name"] });
  expect(named("章三")).toEqual({ score: 30, matchedFields: ["similar_name"] });
  expect(named("Zhang San")).toEqual({ score: 30, matchedFields: ["similar_name"] });
  expect(named("李四")).toEqual({ score: 0, matchedFields: [] });
  const reached = (...points: ReturnType<typeof phone>[]) =>
    likenessOf(zhang, aPerson({ displayName: "李四", contactPoints: points })).score;
  expect(reached(email("A@Example.com"))).toBe(60);
  expect(reached(phone("+86 138 0013 8000"))).toBe(50);
  expect(reached(email("a@example.com"), phone("13800138000"))).toBe(99);
});

test("R009 an external id or a credit code makes certain, two different codes halve", () => {
  const firm = aFirm({ creditCode: CODE, externalIds: [{ system: "erp", id: "7" }] });
  expect(likenessOf(firm, aFirm({ displayName: "其他", creditCode: CODE })).score).toBe(100);
  expect(likenessOf(firm, aFirm({ displayName: "其他", externalIds: [{ system: "erp", id: "7" }] }))).toEqual(
    {
      score: 100,
      matchedFields: ["external_ids"],
    },
  );
  expect(
    likenessOf(firm, aFirm({ displayName: "其他", externalIds: [{ system: "shop", id: "7" }] })).score,
  ).toBe(0);
  expect(likenessOf(firm, aFirm({ displayName: "北京华新有限公司", creditCode: OTHER_CODE })).score).toBe(25);
});

const customer = fc
  .record({
    kind: fc.constantFrom(Customer_Kind.PERSON, Customer_Kind.ORGANISATION),
    displayName: fc.string({
      unit: fc.constantFrom(..."张三珊 李四acme ltd公司"),
      minLength: 1,
      maxLength: 8,
    }),
    legalName: fc.constantFrom("", "张三", "Acme Ltd"),
    contactPoints: fc.subarray([phone("13800138000"), phone("13800138001"), email("a@example.com")]),
    externalIds: fc.subarray([
      { system: "erp", id: "1" },
      { system: "erp", id: "2" },
      { system: "shop", id: "1" },
    ]),
  })
  .map((sent) => aPerson(sent));

test("R009 the likeness of a to b is that of b to a, between 0 and 100", () => {
  fc.assert(
    fc.property(customer, customer, (a, b) => {
      const likeness = likenessOf(a, b);
      expect(likenessOf(b, a)).toEqual(likeness);
      expect(likeness.score).toBeGreaterThanOrEqual(0);
      expect(likeness.score).toBeLessThanOrEqual(100);
      expect(likeness.score > 0).toBe(likeness.matchedFields.length > 0);
    }),
  );
});

test("R009 whatever is alike shares a token, so that the index finds it", () => {
  fc.assert(
    fc.property(customer, customer, (a, b) => {
      const { matchedFields } = likenessOf(a, b);
      // A near name is found by its sound and by its first or last characters; one that differs at both ends is not.
      fc.pre(matchedFields.some((field) => field !== "similar_name"));
      const there = tokensOf(b).map(({ kind, token }) => `${kind} ${token}`);
      expect(matchTokensOf(a).some(({ kind, token }) => there.includes(`${kind} ${token}`))).toBe(true);
    }),
  );
});

test("R009 a slip of the pen at either end of a name is found", () => {
  const found = (a: string, b: string) => {
    const there = tokensOf(aFirm({ displayName: b })).map(({ kind, token }) => `${kind} ${token}`);
    const shared = matchTokensOf(aFirm({ displayName: a })).some(({ kind, token }) =>
      there.includes(`${kind} ${token}`),
    );
    return shared && likenessOf(aFirm({ displayName: a }), aFirm({ displayName: b })).score;
  };
  expect(found("北京华新信息科技有限公司", "北京华欣信息科技")).toBe(30);
  expect(found("Brightwater Logistics", "Brightwater Logistic Ltd")).toBe(30);
  expect(found("Brightwater Logistics", "Brigthwater Logistics")).toBe(30);
  expect(found("北京华新", "上海东方")).toBe(false);
});

test("dice is 1 for the same, 0 for nothing in common", () => {
  expect(dice("night", "night")).toBe(1);
  expect(dice("night", "nacht")).toBe(0.25);
  expect(dice("ab", "cd")).toBe(0);
  expect(dice("三", "三")).toBe(1);
  expect(dice("三", "四")).toBe(0);
});
