import { expect, test } from "vitest";
import { restlessOf } from "./restless.ts";

test("R022 a customer whom rules change twenty times in a row does not come to rest; one look without a change is rest", () => {
  const rounds = new Map<string, number>();
  const look = (...changed: string[]) => restlessOf(rounds, ["a", "b"], new Set(changed));
  for (let round = 1; round < 20; round += 1) expect(look("a", "b")).toEqual([]);
  expect(look("a")).toEqual(["a"]);
  for (let round = 1; round < 20; round += 1) expect(look("a", "b")).toEqual([]);
  expect(look("a", "b")).toEqual(["a", "b"]);
  expect(rounds.size).toBe(0);
});
