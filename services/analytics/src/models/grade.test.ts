import fc from "fast-check";
import { expect, test } from "vitest";
import { dropShare, gradesOf, rankShares, valueDropped } from "./grade.ts";

const SHARES = [0.1, 0.3, 0.6] as const;
const values = fc.array(fc.integer({ min: -5, max: 30 }), { maxLength: 50 });

test("R026 the top tenth is A, the next fifth B, the next three tenths C, all others D", () => {
  const book = Float64Array.from({ length: 100 }, (_, i) => 100 - i);
  const grades = gradesOf(book, SHARES);
  expect(["A", "B", "C", "D"].map((grade) => grades.filter((at) => at === grade).length)).toEqual([
    10, 20, 30, 40,
  ]);
  expect([grades[0], grades[9], grades[10], grades[29], grades[30], grades[59], grades[60]].join("")).toBe(
    "AABBCCD",
  );
});

test("R026 equal values have equal grades, better ones no worse grade, in any order of the book", () => {
  fc.assert(
    fc.property(values, (book) => {
      const grades = gradesOf(Float64Array.from(book), SHARES);
      for (const [i, a] of book.entries())
        for (const [j, b] of book.entries()) if (a >= b) expect(grades[i]! <= grades[j]!).toBe(true);
      expect(gradesOf(Float64Array.from(book.toReversed()), SHARES)).toEqual(grades.toReversed());
    }),
  );
});

test("R026 who is worth nothing is D, though all others are worth less", () => {
  expect(gradesOf(Float64Array.of(0, -1, -2), SHARES)).toEqual(["D", "D", "D"]);
});

test("R026 a grade is what the share of the book that is worth more says", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 50 }), (some) => {
      const book = Float64Array.from(some);
      const byShare = Array.from(
        rankShares(book),
        (share) => "ABCD"[SHARES.filter((limit) => share >= limit).length],
      );
      expect(gradesOf(book, SHARES)).toEqual(byShare);
    }),
  );
});

test("R026 the share of the book that is worth more", () => {
  expect([...rankShares(Float64Array.of(5, 9, 5, 1))]).toEqual([0.25, 0, 0.25, 0.75]);
});

test("R026 thresholds in the wrong order are refused", () => {
  expect(() => gradesOf(new Float64Array(0), [0.3, 0.1, 0.6])).toThrow("Shares ascend");
  expect(() => gradesOf(new Float64Array(0), [0.3, 0.5, 1.6])).toThrow("Shares ascend");
});

test("R031 a value that fell by more than the threshold has dropped", () => {
  expect(valueDropped(100, 69, 0.3)).toBe(true);
  expect(valueDropped(100, 75, 0.25)).toBe(false);
  expect(valueDropped(100, 140, 0.3)).toBe(false);
  expect(valueDropped(0, -5, 0.3)).toBe(false);
  expect(dropShare(100, -20)).toBeCloseTo(1.2, 12);
});
