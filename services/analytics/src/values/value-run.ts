import {
  type ValueRun,
  ValueRun as ValueRunMessage,
  ValueRun_State as RunState,
} from "@guanxi/contract/guanxi/analytics/v1/value_service";
import type { Principal } from "@guanxi/kit/at";
import { etagOf } from "@guanxi/kit/etag";
import { refuse, type Violation } from "@guanxi/kit/refuse";
import { dateOf } from "@guanxi/kit/days";
import { type PlanTerms, presentTerms } from "./value-plan.ts";

export interface ValueRunState {
  readonly valueRunId: string;
  /** The first day that does not count any more. */
  readonly cutOffDate: string;
  readonly holdOutStartDate: string | null;
  readonly cohortEndDate: string | null;
  readonly plan: PlanTerms;
  readonly currencyCode: string;
  readonly initiator: Principal | null;
  readonly state: "RUNNING" | "COMPLETED" | "FAILED";
  readonly error: string | null;
  /** Null until everything is computed. */
  readonly findings: Findings | null;
  /** The last customer whose score is written; null before the first. */
  readonly through: string | null;
  readonly scoredCount: number;
  readonly droppedCount: number;
  readonly clearedCount: number;
  readonly unchangedCount: number;
  readonly createTime: Date;
  readonly endTime: Date | null;
  readonly version: number;
}

/** What a run says of the book as a whole; kept as JSON, which gives doubles back to the last bit. */
export interface Findings {
  readonly modelVersion: string;
  readonly inputHash: string;
  readonly outputHash: string;
  /** A bigint, which JSON does not have. */
  readonly streamSequence: string;
  readonly parameters: Readonly<Record<string, number>>;
  readonly purchaseLogLikelihood: number;
  readonly valueLogLikelihood: number;
  readonly correlation: number;
  readonly warnings: readonly string[];
  readonly customerCount: number;
  readonly repeatCustomerCount: number;
  readonly repeatPurchaseCount: number;
  readonly otherCurrencyOrderCount: number;
  readonly ordersWithoutCustomer: number;
  readonly holdOut: HoldOutFindings | null;
}

export interface HoldOutFindings {
  readonly weeks: number;
  readonly actualPurchases: number;
  readonly predictedPurchases: number;
  readonly meanAbsoluteError: number;
  readonly rootMeanSquareError: number;
  readonly correlation: number;
  readonly cycleHits: number;
  readonly cyclePredictions: number;
}

/** Days as the request has them, null where they were left out. */
interface AskedDays {
  readonly cutOffDate: string | null;
  readonly holdOutStartDate: string | null;
  readonly cohortEndDate: string | null;
}

export interface Asking {
  readonly now: Date;
  readonly today: string;
  readonly currencyCode: string;
  readonly initiator: Principal | null;
}

const NO_DAYS: AskedDays = { cutOffDate: null, holdOutStartDate: null, cohortEndDate: null };

export function beginRun(
  valueRunId: string,
  plan: PlanTerms,
  asking: Asking,
  asked = NO_DAYS,
): ValueRunState {
  const { now, today, currencyCode, initiator } = asking;
  const days = { ...asked, cutOffDate: asked.cutOffDate ?? dayAfter(today) };
  requireOrder(days);
  return {
    valueRunId,
    ...days,
    plan,
    currencyCode,
    initiator,
    state: "RUNNING",
    error: null,
    findings: null,
    through: null,
    scoredCount: 0,
    droppedCount: 0,
    clearedCount: 0,
    unchangedCount: 0,
    createTime: now,
    endTime: null,
    version: 1,
  };
}

function requireOrder({
  cutOffDate,
  holdOutStartDate,
  cohortEndDate,
}: AskedDays & { cutOffDate: string }): void {
  const violations: Violation[] = [];
  const late = (field: string, description: string) =>
    violations.push({ field: `value_run.${field}`, description, reason: "DAYS_OUT_OF_ORDER" });
  if (holdOutStartDate && holdOutStartDate >= cutOffDate)
    late("hold_out_start_date", `must be before the cut-off ${cutOffDate}, or nothing is kept back`);
  if (cohortEndDate && cohortEndDate > (holdOutStartDate ?? cutOffDate))
    late(
      "cohort_end_date",
      `must not be after ${holdOutStartDate ?? cutOffDate}, the end of what the models see`,
    );
  if (violations.length > 0)
    throw refuse("invalid", "INVALID_REQUEST", "The days of the run are out of order.", violations);
}

/** Such a run changes scores; one with a hold-out tests only. */
export const isForUse = ({ holdOutStartDate }: ValueRunState) => holdOutStartDate === null;

/**
 * Whether a value that is lower now has fallen, and is not merely measured otherwise. What the run before has left untouched
 * was equal by its yardstick too, so that the last one speaks for all before it.
 */
export function isAlike(run: ValueRunState, last: ValueRunState | undefined): boolean {
  if (!last) return false;
  const yardstick = ({ plan, currencyCode }: ValueRunState) =>
    [plan.purchaseModel, plan.basis, plan.horizonWeeks, plan.yearlyDiscountRate, currencyCode].join();
  return yardstick(run) === yardstick(last) && run.cutOffDate >= last.cutOffDate;
}

export function presentRun(run: ValueRunState): ValueRun {
  const { findings, plan, cutOffDate, holdOutStartDate, cohortEndDate } = run;
  const { holdOut = null, streamSequence = "0", warnings = [], ...found } = findings ?? {};
  return ValueRunMessage.fromPartial({
    ...found,
    valueRunId: run.valueRunId,
    cutOffDate: dateOf(cutOffDate),
    holdOutStartDate: holdOutStartDate ? dateOf(holdOutStartDate) : undefined,
    cohortEndDate: cohortEndDate ? dateOf(cohortEndDate) : undefined,
    plan: presentTerms(plan),
    state: RunState[run.state],
    error: run.error ?? "",
    currencyCode: run.currencyCode,
    streamSequence: BigInt(streamSequence),
    warnings: [...warnings],
    scoredCount: run.scoredCount,
    droppedCount: run.droppedCount,
    clearedCount: run.clearedCount,
    unchangedCount: run.unchangedCount,
    holdOut: holdOut ?? undefined,
    createTime: run.createTime,
    endTime: run.endTime ?? undefined,
    etag: etagOf(run),
  });
}

const dayAfter = (day: string) => movedBy(day, 1);
export const dayBefore = (day: string) => movedBy(day, -1);

function movedBy(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}
