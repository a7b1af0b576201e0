import { expect, test } from "vitest";
import { higher } from "./escalate.ts";

test("a case becomes more pressing, never less", () => {
  expect(higher("NORMAL", "URGENT")).toBe("URGENT");
  expect(higher("URGENT", "HIGH")).toBe("URGENT");
  expect(higher("LOW", null)).toBe("LOW");
});
