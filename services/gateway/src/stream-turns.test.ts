import { expect, test } from "vitest";
import { newTurns } from "./stream-turns.ts";

function counted() {
  let rests = 0;
  const turns = newTurns(async () => void (rests += 1));
  return { turns, rests: () => rests };
}

test("after a hundred looks, whosever they are, the loop goes on to others", async () => {
  const { turns, rests } = counted();
  const reader = async (looks: number) => {
    for (let look = 0; look < looks; look += 1) await turns.look();
  };
  await reader(100);
  expect(rests()).toBe(0);
  await reader(1);
  expect(rests()).toBe(1);
  await Promise.all(Array.from({ length: 20 }, () => reader(100)));
  expect(rests()).toBe(1 + 20);
});

test("what is told weighs as much as it is long", async () => {
  const { turns, rests } = counted();
  for (let event = 0; event < 10; event += 1) await turns.tell(900_000);
  expect(rests()).toBe(9);
  for (let event = 0; event < 100; event += 1) await turns.tell(500);
  expect(rests()).toBe(10);
});

test("who waits goes on by turns", async () => {
  const { turns } = counted();
  const order: string[] = [];
  const reader = async (name: string) => {
    for (let event = 0; event < 3; event += 1) {
      await turns.tell(100_000);
      order.push(name);
    }
  };
  await Promise.all(["a", "b", "c"].map(reader));
  expect(order).toEqual(["a", "b", "c", "a", "b", "c", "a", "b", "c"]);
});

test("without being told otherwise, it is the loop itself that goes on", async () => {
  const turns = newTurns();
  let others = 0;
  setImmediate(() => (others += 1));
  for (let look = 0; look < 100; look += 1) await turns.look();
  expect(others).toBe(0);
  await turns.look();
  expect(others).toBe(1);
});
