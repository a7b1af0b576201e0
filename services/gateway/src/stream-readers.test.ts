import { expect, test } from "vitest";
import { newReaders } from "./stream-readers.ts";

const take = (count: number, readers = newReaders(), tenantId = "a") => ({
  readers,
  places: Array.from({ length: count }, (_, place) =>
    readers.take({ tenantId, userId: `${tenantId}-${Math.floor(place / 20)}` }),
  ),
});
const refused = (message: string) =>
  expect.objectContaining({
    failure: expect.objectContaining({
      reason: "TOO_MANY_STREAMS",
      message: expect.stringContaining(message),
      retryAfterSeconds: 10,
    }),
  });

test("a person reads twenty streams, and begins another when one has ended", () => {
  const { readers, places } = take(20);
  const one = { tenantId: "a", userId: "a-0" };
  expect(() => readers.take(one)).toThrow(refused("You read 20 streams already: close some"));
  places[7]!.free();
  expect(() => readers.take(one)).not.toThrow();
});

test("a company of any size leaves others theirs, and gets back what it gives back", () => {
  const { readers, places } = take(200);
  const another = { tenantId: "a", userId: "newcomer" };
  expect(() => readers.take(another)).toThrow(refused("Your company reads too many streams: close those"));
  expect(() => readers.take({ tenantId: "b", userId: "b" })).not.toThrow();
  places[0]!.free();
  expect(() => readers.take(another)).not.toThrow();
});

test("a gateway has a thousand, of all companies together", () => {
  const { readers, places } = take(200);
  for (const tenant of ["b", "c", "d", "e"]) take(200, readers, tenant);
  const one = { tenantId: "f", userId: "f" };
  expect(() => readers.take(one)).toThrow(refused("try again in a moment"));
  places[0]!.free();
  expect(() => readers.take(one)).not.toThrow();
});
