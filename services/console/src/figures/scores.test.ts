import type { FigureGroup } from "@guanxi/client/gen/guanxi";
import { expect, test } from "vitest";
import { LEAST_ANSWERS, scoreIn } from "./scores.ts";

const groupOf = (denominator: number): FigureGroup => ({
  values: [],
  labels: [],
  figures: [{ figure: "net_promoter_score", value: 50, numerator: 2, denominator, rowsFilter: "score > 8" }],
});

test("a handful of answers has an n and no result", () => {
  const rowsFilter = "score > 8";
  expect(scoreIn(groupOf(LEAST_ANSWERS - 1), "net_promoter_score")).toEqual({
    n: 4,
    value: undefined,
    rowsFilter,
  });
  expect(scoreIn(groupOf(LEAST_ANSWERS), "net_promoter_score")).toEqual({ n: 5, value: 50, rowsFilter });
});

test("what was not asked has no answers", () => {
  expect(scoreIn(groupOf(9), "customer_effort_score")).toEqual({ n: 0, value: undefined, rowsFilter: "" });
});
