import { Actor_Kind as Kind } from "@guanxi/contract/guanxi/event/v1/event";
import { expect, test } from "vitest";
import { nameOf, namesOf, numberOf } from "./enum-names.ts";

test("a value is called by its name, and unspecified is none", () => {
  expect(namesOf(Kind)).toEqual(["USER", "API_KEY", "SERVICE", "IMPORT"]);
  expect(namesOf(Kind).map((name) => nameOf(Kind, numberOf(Kind, name)))).toEqual(namesOf(Kind));
  expect(nameOf(Kind, Kind.UNSPECIFIED)).toBeNull();
  expect(numberOf(Kind, null)).toBe(Kind.UNSPECIFIED);
});
