import { expect, test } from "vitest";
import { isAnniversary } from "./dates.ts";

test("the year of a birthday may be unknown", () => {
  expect(isAnniversary({ year: 0, month: 2, day: 29 })).toBe(true);
  expect(isAnniversary({ year: 0, month: 2, day: 30 })).toBe(false);
});
