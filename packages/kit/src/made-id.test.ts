import { validate, version } from "uuid";
import { expect, test } from "vitest";
import { madeId } from "./made-id.ts";

test("an id is made of its names and their order, and never differently: rows are found by it for years", () => {
  const id = madeId("tenant", "task", "welcome");
  expect([validate(id), version(id)]).toEqual([true, 8]);
  expect(id).toBe("d9f216b0-7518-8408-84bd-45e01e25e17f");
  const others = [
    madeId("tenant", "task welcome"),
    madeId("task", "tenant", "welcome"),
    madeId("tenant", "task"),
  ];
  expect(new Set([id, ...others]).size).toBe(4);
});
