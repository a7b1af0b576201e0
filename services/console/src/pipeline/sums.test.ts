import type { PipelineFigure, StageSummary } from "@guanxi/client/gen/guanxi";
import { expect, test } from "vitest";
import { byStage, totalOf } from "./sums.ts";

const row = (stageId: string, currencyCode: string, count: number, units: string) =>
  ({
    stageId,
    currencyCode,
    count,
    overdueCount: 1,
    amount: { units },
    weightedAmount: { units },
  }) as StageSummary;

test("R105 money of two currencies is never added up; what has no amount still counts", () => {
  const sums = byStage([
    row("a", "CNY", 2, "100"),
    row("a", "USD", 1, "7"),
    row("a", "", 3, "0"),
    row("b", "CNY", 1, "5"),
  ]);
  expect(sums.get("a")).toEqual({
    count: 6,
    overdue: 3,
    sums: [
      { currencyCode: "CNY", amount: 100, weighted: 100 },
      { currencyCode: "USD", amount: 7, weighted: 7 },
    ],
  });
  expect(sums.get("b")?.count).toBe(1);
});

test("a total counts what is open, and shows no currency of closed ones", () => {
  const figure = (currencyCode: string, openCount: number) =>
    ({
      currencyCode,
      openCount,
      openAmount: { units: "9" },
      weightedAmount: { units: "3" },
    }) as PipelineFigure;
  expect(totalOf([figure("CNY", 2), figure("USD", 0)])).toEqual({
    count: 2,
    sums: [{ currencyCode: "CNY", amount: 9, weighted: 3 }],
  });
});
