import type { DuplicatePair, FieldEvidence } from "@guanxi/client/gen/guanxi";
import { expect, test } from "vitest";
import { groupsOf } from "./groups.ts";
import { factorOf, strongest } from "./score.ts";

test("bits are said as people do", () => {
  expect(factorOf(11.963117746887757)).toBe("×4,000");
  expect(factorOf(-11.965429926129172)).toBe("÷4,000");
  expect(factorOf(0)).toBe("×1");
  expect(factorOf(-0.15)).toBe("÷1.1");
  expect(factorOf(-0.04)).toBe("×1");
});

test("what speaks loudest comes first, for or against", () => {
  const evidence = [{ bits: 1 }, { bits: -9 }, { bits: 4 }] as FieldEvidence[];
  expect(strongest({ evidence }).map(({ bits }) => bits)).toEqual([-9, 4, 1]);
});

test("pairs of one group are one group, a pair of none is in none", () => {
  const pair = (clusterCustomerId: string, customerId: string, otherCustomerId: string) =>
    ({ clusterCustomerId, customerId, otherCustomerId }) as DuplicatePair;
  const groups = groupsOf([
    pair("a", "a", "b"),
    pair("a", "b", "c"),
    pair("", "d", "e"),
    pair("f", "f", "g"),
  ]);
  expect(Object.fromEntries(groups)).toEqual({ a: ["a", "b", "c"], f: ["f", "g"] });
});
