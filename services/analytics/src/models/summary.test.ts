import fc from "fast-check";
import { expect, test } from "vitest";
import { dayNumber, dayText } from "./day-number.ts";
import { inputHash } from "./model-version.ts";
import { historiesOf, meanValueOf, type Purchase, summarise } from "./summary.ts";

const on = (day: string, units: number, margin?: number): Purchase => ({
  customerId: "a",
  day,
  valueMicros: BigInt(Math.round(units * 1e6)),
  marginMicros: margin === undefined ? undefined : BigInt(margin * 1e6),
});

test("R110 orders of one day are one purchase, and the first one is not in the mean", () => {
  const orders = [
    on("2026-01-01", 100, 40),
    on("2026-01-15", 20, 5),
    on("2026-01-15", 10, 5),
    on("2026-02-05", 50, 20),
  ];
  const [summary] = summarise(orders, "2026-03-01");
  expect(summary).toMatchObject({ repeats: 2, recencyDays: 35, ageDays: 59, repeatMicros: 80_000_000n });
  expect(summary).toMatchObject({
    revenueMicros: 180_000_000n,
    marginMicros: 70_000_000n,
    costedMicros: 180_000_000n,
  });
  expect(meanValueOf(summary!)).toBe(40);
  expect([...summary!.days].map(dayText)).toEqual(["2026-01-01", "2026-01-15", "2026-02-05"]);
});

test("R110 a day that returns take all of is no purchase, and counts in the revenue", () => {
  const orders = [on("2026-01-01", 100), on("2026-01-03", 30), on("2026-01-03", -30), on("2026-01-09", -40)];
  expect(summarise(orders, "2026-02-01")).toMatchObject([
    { repeats: 0, recencyDays: 0, revenueMicros: 60_000_000n },
  ]);
  expect(summarise([on("2026-01-09", -40)], "2026-02-01")).toEqual([]);
});

test("R110 a day with an order that was free is a purchase", () => {
  expect(summarise([on("2026-01-01", 0), on("2026-01-08", 9)], "2026-02-01")).toMatchObject([{ repeats: 1 }]);
});

test("R110 the last day counts, and what comes after it does not", () => {
  const orders = [on("2026-01-01", 5), on("2026-01-31", 5), on("2026-02-01", 5)];
  expect(summarise(orders, "2026-01-31")).toMatchObject([{ repeats: 1, recencyDays: 30, ageDays: 30 }]);
});

test("R110 the margin is that of the days whose cost is known, with their revenue", () => {
  const orders = [on("2026-01-01", 100, 40), on("2026-01-02", 50), on("2026-01-02", 50, 10)];
  expect(summarise(orders, "2026-02-01")).toMatchObject([
    { marginMicros: 40_000_000n, costedMicros: 100_000_000n },
  ]);
});

test("R110 money stays exact where doubles are not", () => {
  const micros = 9_007_199_254_740_993n;
  const orders = ["2026-01-01", "2026-01-02", "2026-01-03"].map((day) => ({
    customerId: "a",
    day,
    valueMicros: micros,
  }));
  expect(summarise(orders, "2026-02-01")[0]!.revenueMicros).toBe(3n * micros);
});

test("a day that is in no calendar is refused", () => {
  for (const day of ["2026-02-30", "2026-2-3", "", "yesterday"])
    expect(() => dayNumber(day)).toThrow("is no day");
  expect(dayText(dayNumber("2024-02-29"))).toBe("2024-02-29");
});

const orders = fc.array(
  fc.record({
    customerId: fc.constantFrom("a", "b", "c", "客"),
    day: fc.integer({ min: 20_000, max: 20_040 }).map(dayText),
    valueMicros: fc.bigInt({ min: -50n, max: 100n }),
  }),
  { maxLength: 40 },
);

test("R025 summaries and their hash are the same in any order of the orders, and another order makes another hash", () => {
  fc.assert(
    fc.property(orders, fc.infiniteStream(fc.nat()), (some, keys) => {
      const shuffled = some
        .map((order) => ({ order, key: keys.next().value as number }))
        .sort((a, b) => a.key - b.key);
      const summaries = summarise(some, dayText(20_040));
      expect(
        summarise(
          shuffled.map(({ order }) => order),
          dayText(20_040),
        ),
      ).toEqual(summaries);
      expect(inputHash(summaries.toReversed())).toBe(inputHash(summaries));
      const more = [...some, { customerId: "a", day: dayText(20_001), valueMicros: 1000n }];
      expect(inputHash(summarise(more, dayText(20_040)))).not.toBe(inputHash(summaries));
      expect(historiesOf(summaries).repeats).toHaveLength(summaries.length);
    }),
  );
});

test("R025 the hash of the same facts is the same tomorrow", () => {
  const summaries = summarise([on("2026-01-01", 100, 40), on("2026-01-15", 20, 5)], "2026-02-01");
  expect(inputHash(summaries)).toBe("7cddd1f23f9df7426795a24b599ca3be1720e47e853f42aaf731d1ac7b816f6e");
});
