import fc from "fast-check";
import { expect, test } from "vitest";
import type { StoredAnswer } from "./invitation-state.ts";
import { firstPoints, needsRecovery, standingOf } from "./standing.ts";

const answer = (
  kind: StoredAnswer["kind"],
  score: number | null,
  ends: [number, number] = [0, 10],
): StoredAnswer => ({
  questionCode: "q",
  kind,
  scaleMin: ends[0],
  scaleMax: ends[1],
  score,
  text: "",
  choices: [],
});

test("R051 nine and ten of ten bring others, seven and eight are passive, all below keep others away", () => {
  const of = (ends: [number, number]) =>
    Array.from({ length: ends[1] - ends[0] + 1 }, (_, index) =>
      standingOf([answer("NPS", ends[0] + index, ends)]),
    );
  const detractors = (count: number) => Array.from({ length: count }, () => "DETRACTOR");
  expect(of([0, 10])).toEqual([...detractors(7), "PASSIVE", "PASSIVE", "PROMOTER", "PROMOTER"]);
  expect(of([1, 10])).toEqual([...detractors(6), "PASSIVE", "PASSIVE", "PROMOTER", "PROMOTER"]);
});

test("R051 only a question whether one would recommend us tells a standing, and the first that was answered counts", () => {
  expect(standingOf([answer("CSAT", 1, [1, 5]), answer("TEXT", null)])).toBeNull();
  expect(standingOf([answer("NPS", null), answer("NPS", 10), answer("NPS", 0)])).toBe("PROMOTER");
});

test("a score is worth from 0, the bad end, to 100, the good one, whichever end that is", () => {
  expect(firstPoints([answer("CSAT", 2, [1, 5])])).toBe(25);
  expect(firstPoints([answer("CES_EFFORT", 1, [1, 5])])).toBe(100);
  expect(firstPoints([answer("CHOICE", null), answer("CES", 7, [1, 7])])).toBe(100);
  expect(firstPoints([answer("TEXT", null)])).toBeNull();
});

test("R051 a detractor asks for recovery whatever the limit, anybody else at the limit or below", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 10 }),
      fc.option(fc.integer({ min: 0, max: 100 })),
      (score, limit) => {
        expect(needsRecovery([answer("NPS", score)], limit)).toBe(
          score <= 6 || (limit !== null && score * 10 <= limit),
        );
        expect(needsRecovery([answer("CSAT", score)], limit)).toBe(limit !== null && score * 10 <= limit);
      },
    ),
  );
});
