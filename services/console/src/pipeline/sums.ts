// What the opportunities of each stage add up to, from either of the services that answer it.
import type { PipelineFigure, StageSummary } from "@guanxi/client/gen/guanxi";
import { numberOf } from "../text/money.ts";

export interface Sum {
  currencyCode: string;
  amount: number;
  weighted: number;
}

export interface StageSum {
  count: number;
  /** Past their day; undefined where the service that was asked does not say. */
  overdue?: number;
  /** One for each currency that there is an amount in. */
  sums: Sum[];
}

const EMPTY: StageSum = { count: 0, sums: [] };

export function byStage(rows: readonly StageSummary[]): Map<string, StageSum> {
  const stages = new Map<string, StageSum>();
  for (const { stageId, count, overdueCount, currencyCode, amount, weightedAmount } of rows) {
    const { count: before, overdue = 0, sums } = stages.get(stageId) ?? EMPTY;
    const sum = { currencyCode, amount: numberOf(amount ?? {}), weighted: numberOf(weightedAmount ?? {}) };
    stages.set(stageId, {
      count: before + count,
      overdue: overdue + overdueCount,
      sums: currencyCode ? [...sums, sum] : sums,
    });
  }
  return stages;
}

export function byStageOfFigures(rows: readonly PipelineFigure[]): Map<string, StageSum> {
  const stages = new Map<string, StageSum>();
  for (const { stageId, ...row } of rows) {
    const before = stages.get(stageId) ?? EMPTY;
    stages.set(stageId, { count: before.count + row.openCount, sums: [...before.sums, sumOf(row)] });
  }
  return stages;
}

type Row = Pick<PipelineFigure, "currencyCode" | "openAmount" | "weightedAmount">;

const sumOf = ({ currencyCode, openAmount, weightedAmount }: Row): Sum => ({
  currencyCode,
  amount: numberOf(openAmount ?? {}),
  weighted: numberOf(weightedAmount ?? {}),
});

/** Of rows that are told apart by currency alone. */
export const totalOf = (rows: readonly PipelineFigure[]): StageSum => ({
  count: rows.reduce((count, row) => count + row.openCount, 0),
  sums: rows.filter(({ openCount }) => openCount > 0).map(sumOf),
});
