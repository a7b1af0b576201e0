import {
  type CustomerValue,
  type PurchaseCycle,
  PurchaseCycle_Basis as CycleBasis,
} from "@guanxi/contract/guanxi/analytics/v1/customer_value";
import type { Money } from "@guanxi/contract/google/type/money";
import { Grade } from "@guanxi/contract/guanxi/customer/v1/customer";
import { etagOf } from "@guanxi/kit/etag";
import { dateOf } from "@guanxi/kit/days";
import { moneyOf } from "@guanxi/kit/micros";
import { dropShare, type ValueGrade, valueDropped } from "../models/grade.ts";

/** What a run computes of a customer: equal ones are not written again. */
export interface Score {
  readonly modelVersion: string;
  readonly cutOffDate: string;
  readonly currencyCode: string;
  readonly purchaseDays: number;
  readonly firstPurchaseDate: string;
  readonly lastPurchaseDate: string;
  readonly revenueMicros: bigint;
  readonly marginMicros: bigint;
  readonly recencyDays: number;
  readonly frequency: number;
  readonly monetaryMicros: bigint;
  readonly recencyScore: number;
  readonly frequencyScore: number;
  readonly monetaryScore: number;
  readonly segment: string;
  readonly repeatPurchases: number;
  readonly recencyWeeks: number;
  readonly ageWeeks: number;
  readonly probabilityAlive: number | null;
  readonly expectedPurchases: number | null;
  readonly expectedPurchaseValueMicros: bigint | null;
  readonly clvMicros: bigint | null;
  readonly worthMicros: bigint;
  readonly grade: ValueGrade;
  readonly rankShare: number;
  readonly cycleBasis: "CUSTOMER" | "ALL_CUSTOMERS" | null;
  readonly cycleMedianDays: number | null;
  readonly nextPurchaseDate: string | null;
  readonly earliestDate: string | null;
  readonly latestDate: string | null;
  readonly dueDate: string;
}

export interface CustomerValueState extends Score {
  readonly customerId: string;
  readonly valueRunId: string;
  readonly peak: Peak | null;
  /** There is nothing to score any more; the row only keeps the version. */
  readonly cleared: boolean;
  readonly updateTime: Date;
  readonly version: number;
}

/** Sorted behind every day. */
export const NEVER = "infinity";

export const isSameScore = (stored: CustomerValueState, score: Score): boolean =>
  !stored.cleared && (Object.keys(score) as (keyof Score)[]).every((field) => stored[field] === score[field]);

/**
 * What a fall is measured from: the highest value since the last fall that was said. Night after night a customer who stays
 * away loses a little, and never much since the night before. Amounts are texts, since JSON has no bigint.
 */
export interface Peak {
  readonly clvMicros: string;
  readonly alive: number;
  readonly purchases: number;
  readonly purchaseValueMicros: string;
}

/** Null where there is no value that could fall. */
export function peakOf(score: Score): Peak | null {
  const {
    clvMicros,
    probabilityAlive: alive,
    expectedPurchases: purchases,
    expectedPurchaseValueMicros,
  } = score;
  if (clvMicros === null || alive === null || purchases === null) return null;
  return {
    clvMicros: String(clvMicros),
    alive,
    purchases,
    purchaseValueMicros: String(expectedPurchaseValueMicros),
  };
}

export const higherOf = (peak: Peak | null, now: Peak | null): Peak | null =>
  peak && now && Number(peak.clvMicros) > Number(now.clvMicros) ? peak : now;

export interface Drop {
  readonly previousClv: Money;
  readonly dropShare: number;
  readonly cause: string;
}

/** How the value has fallen by more than the threshold; undefined where it has not. */
export function dropOf(peak: Peak | null, score: Score, threshold: number): Drop | undefined {
  const now = peakOf(score);
  if (!peak || !now) return undefined;
  const [before, after] = [Number(peak.clvMicros), Number(now.clvMicros)];
  if (!valueDropped(before, after, threshold)) return undefined;
  return {
    previousClv: moneyOf(BigInt(peak.clvMicros), score.currencyCode),
    dropShare: Math.min(1, dropShare(before, after)),
    cause: causeOf(peak, now),
  };
}

/** The value is the product of these three, so the one with the largest fall explains most of it. */
function causeOf(before: Peak, after: Peak): string {
  const ifAlive = ({ purchases, alive }: Peak) => purchases / alive;
  const falls = [
    { words: "less likely alive", rest: after.alive / before.alive },
    { words: "fewer purchases expected", rest: ifAlive(after) / ifAlive(before) },
    {
      words: "smaller purchases",
      rest: Number(after.purchaseValueMicros) / Number(before.purchaseValueMicros),
    },
  ];
  return falls.reduce((most, each) => (each.rest < most.rest ? each : most)).words;
}

export function presentValue(value: CustomerValueState): CustomerValue {
  const money = (micros: bigint) => moneyOf(micros, value.currencyCode);
  const moneyOrNone = (micros: bigint | null) => (micros === null ? undefined : money(micros));
  return {
    customerId: value.customerId,
    valueRunId: value.valueRunId,
    modelVersion: value.modelVersion,
    cutOffDate: dateOf(value.cutOffDate),
    currencyCode: value.currencyCode,
    purchaseDays: value.purchaseDays,
    firstPurchaseDate: dateOf(value.firstPurchaseDate),
    lastPurchaseDate: dateOf(value.lastPurchaseDate),
    revenue: money(value.revenueMicros),
    margin: money(value.marginMicros),
    rfm: {
      recencyDays: value.recencyDays,
      frequency: value.frequency,
      monetary: money(value.monetaryMicros),
      recencyScore: value.recencyScore,
      frequencyScore: value.frequencyScore,
      monetaryScore: value.monetaryScore,
      segment: value.segment,
    },
    repeatPurchases: value.repeatPurchases,
    recencyWeeks: value.recencyWeeks,
    ageWeeks: value.ageWeeks,
    probabilityAlive: value.probabilityAlive ?? undefined,
    expectedPurchases: value.expectedPurchases ?? undefined,
    expectedPurchaseValue: moneyOrNone(value.expectedPurchaseValueMicros),
    clv: moneyOrNone(value.clvMicros),
    grade: Grade[value.grade],
    rankShare: value.rankShare,
    purchaseCycle: presentCycle(value),
    updateTime: value.updateTime,
    etag: etagOf(value),
  };
}

function presentCycle({ cycleBasis, cycleMedianDays, ...days }: Score): PurchaseCycle | undefined {
  if (cycleBasis === null) return undefined;
  return {
    basis: CycleBasis[cycleBasis],
    medianDays: cycleMedianDays!,
    nextPurchaseDate: dateOf(days.nextPurchaseDate!),
    earliestDate: dateOf(days.earliestDate!),
    latestDate: dateOf(days.latestDate!),
  };
}
