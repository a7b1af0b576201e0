import { expect, test } from "vitest";
import { nextRestart } from "./restart.ts";

test("five crashes in a minute are waited out longer and longer, the sixth is one too many", () => {
  const crashes = [1, 2, 3, 4, 5, 6].map((second) => second * 1000);
  const delays = crashes.map((now, index) => nextRestart(crashes.slice(0, index + 1), now));
  expect(delays).toEqual([200, 500, 1000, 2000, 4000, undefined]);
});

test("crashes of more than a minute ago are forgiven", () => {
  expect(nextRestart([0, 1, 2, 3, 4, 70_000], 70_000)).toBe(200);
});
