import { expect, test } from "vitest";
import { turns } from "./turns.ts";

test("each company has its turn, who waits behind too many is told at once, and a failure ends only its own", async () => {
  const { take, isFree } = turns(2);
  const done: string[] = [];
  const first = Promise.withResolvers<void>();
  const work = (name: string) => async () => {
    await (name === "a1" ? first.promise : undefined);
    done.push(name);
    if (name === "a2") throw new Error("broken");
    return name;
  };
  expect(isFree()).toBe(true);
  const names = ["a1", "a2", "a3", "a4", "b1", "c1"];
  const all = Promise.allSettled(names.map((name) => take(name[0]!, work(name))));
  expect(isFree()).toBe(false);
  first.resolve();
  const outcomes = (await all).map((each) => (each.status === "fulfilled" ? each.value : "failed"));
  expect(outcomes).toEqual(["a1", "failed", "a3", undefined, "b1", "c1"]);
  expect(done).toEqual(["a1", "a2", "b1", "c1", "a3"]);
  expect(isFree()).toBe(true);
});
