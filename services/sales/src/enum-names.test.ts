import { Grade } from "@guanxi/contract/guanxi/customer/v1/customer";
import { expect, test } from "vitest";
import { nameOf, namesOf, numberOf } from "./enum-names.ts";

test("a value is called by its name, and unspecified is none", () => {
  expect(namesOf(Grade)).toEqual(["A", "B", "C", "D"]);
  expect(namesOf(Grade).map((name) => nameOf(Grade, numberOf(Grade, name)))).toEqual(namesOf(Grade));
  expect(nameOf(Grade, Grade.UNSPECIFIED)).toBeNull();
  expect(numberOf(Grade, null)).toBe(Grade.UNSPECIFIED);
});
