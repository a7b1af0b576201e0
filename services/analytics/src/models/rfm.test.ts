import fc from "fast-check";
import { expect, test } from "vitest";
import { rfmScores } from "./rfm.ts";
import { cellOf, RFM_CELLS } from "./rfm-cells.ts";

interface Row {
  readonly days: number;
  readonly count: number;
  readonly micros: bigint;
}

const scoresOf = (rows: readonly Row[]) =>
  rfmScores({
    recencyDays: Int32Array.from(rows, ({ days }) => days),
    frequency: Int32Array.from(rows, ({ count }) => count),
    revenueMicros: BigInt64Array.from(rows, ({ micros }) => micros),
  });

const rows = fc.array(
  fc.record({
    days: fc.nat(20),
    count: fc.integer({ min: 1, max: 6 }),
    micros: fc.bigInt({ min: -5n, max: 30n }),
  }),
  { minLength: 1, maxLength: 40 },
);

test("R110 scores are what rank() over the book says, as the comment has it in SQL", () => {
  fc.assert(
    fc.property(rows, (book) => {
      const { recency, frequency, monetary } = scoresOf(book);
      const score = (isWorse: (row: Row) => boolean) =>
        1 + Math.floor((5 * book.filter(isWorse).length) / book.length);
      for (const [i, { days, count, micros }] of book.entries()) {
        expect(recency[i]).toBe(score((row) => row.days > days));
        expect(frequency[i]).toBe(score((row) => row.count < count));
        expect(monetary[i]).toBe(score((row) => row.micros < micros));
      }
    }),
  );
});

test("R110 scores never fall with a better value, and equal values have equal ones", () => {
  fc.assert(
    fc.property(rows, (book) => {
      const { recency, frequency, monetary } = scoresOf(book);
      const rises = (scores: Uint8Array, isNoWorse: (a: Row, b: Row) => boolean) =>
        book.every((a, i) => book.every((b, j) => !isNoWorse(a, b) || scores[i]! >= scores[j]!));
      expect(rises(recency, (a, b) => a.days <= b.days)).toBe(true);
      expect(rises(frequency, (a, b) => a.count >= b.count)).toBe(true);
      expect(rises(monetary, (a, b) => a.micros >= b.micros)).toBe(true);
    }),
  );
});

test("R110 published cut points are the least values of their scores", () => {
  const book = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((n) => ({ days: n, count: n, micros: BigInt(n) }));
  const { cuts, recency, frequency } = scoresOf(book);
  expect(cuts).toEqual({ recency: [-8, -6, -4, -2], frequency: [3, 5, 7, 9], monetary: [3, 5, 7, 9] });
  expect([...frequency]).toEqual([1, 1, 2, 2, 3, 3, 4, 4, 5, 5]);
  expect([...recency]).toEqual([...frequency].reverse());
});

test("R110 where all are alike nobody is better, and one customer is no fifth of five", () => {
  const alike = scoresOf(Array.from({ length: 1000 }, () => ({ days: 3, count: 1, micros: 5n })));
  expect(new Set(alike.frequency)).toEqual(new Set([1]));
  expect(alike.cuts.frequency).toEqual([null, null, null, null]);
  expect([...scoresOf([{ days: 3, count: 1, micros: 5n }]).monetary]).toEqual([1]);
  expect([...scoresOf([]).monetary]).toEqual([]);
});

test("R110 money is the total, not the average", () => {
  const book = [
    { days: 1, count: 6, micros: 60n },
    { days: 1, count: 1, micros: 30n },
  ];
  expect([...scoresOf(book).monetary]).toEqual([3, 1]);
});

test("R110 each of the 125 cells has one name, and each name has cells", () => {
  expect(RFM_CELLS.size).toBe(125);
  const names = new Set(RFM_CELLS.values());
  expect([...names].sort()).toEqual([
    "about_to_sleep",
    "at_risk",
    "cant_lose",
    "champions",
    "hibernating",
    "lost",
    "loyal",
    "need_attention",
    "new",
    "potential_loyalist",
    "promising",
  ]);
  expect(cellOf(5, 5, 5)).toBe("champions");
  expect(cellOf(1, 1, 1)).toBe("lost");
  expect(cellOf(1, 5, 5)).toBe("cant_lose");
  expect(() => cellOf(0, 5, 5)).toThrow("1 to 5");
});

test("R030 a one-time buyer is neither loyal nor a champion, however much was paid", () => {
  for (const recency of [1, 2, 3, 4, 5])
    expect(["champions", "loyal", "cant_lose"]).not.toContain(cellOf(recency, 1, 5));
});
