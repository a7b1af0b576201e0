import {
  type CustomerValue,
  type PurchaseCycle,
  PurchaseCycle_Basis as CycleBasis,
} from "@guanxi/contract/guanxi/analytics/v1/customer_value";
import type { Money } from "@guanxi/contract/google/type/money";
import { Grade } from "@guanxi/contract/guanxi/customer/v1/customer";
import { etagOf } from "@guanxi/kit/etag";
import { dateOf } from "../customers/days.ts";
import { moneyOf } from "../money.ts";
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
  /** There is nothing to score any more; the row only keeps the version. */
  readonly cleared: boolean;
  readonly updateTime: Date;
  readonly version: number;
}

/** Sorted behind every day. */
export const NEVER = "infinity";

export const isSameScore = (stored: CustomerValueState, score: Score): boolean =>
  !stored.cleared && (Object.keys(score) as (keyof Score)[]).every((field) => stored[field] === score[field]);

export interface Drop {
  readonly previousClv: Money;
  readonly dropShare: number;
  readonly cause: string;
}

/** How the value has fallen by more than the threshold; undefined where it has not. */
export function dropOf(before: CustomerValueState, after: Score, threshold: number): Drop | undefined {
  if (before.cleared || before.clvMicros === null || after.clvMicros === null) return undefined;
  const [old, now] = [Number(before.clvMicros), Number(after.clvMicros)];
  if (!valueDropped(old, now, threshold)) return undefined;
  return {
    previousClv: moneyOf(before.clvMicros, before.currencyCode),
    dropShare: Math.min(1, dropShare(old, now)),
    cause: causeOf(before, after),
  };
}

/** The value is the product of these three, so the one with the largest fall explains most of it. */
function causeOf(before: Score, after: Score): string {
  const ifAlive = ({ expectedPurchases, probabilityAlive }: Score) => expectedPurchases! / probabilityAlive!;
  const falls = [
    { words: "less likely alive", rest: after.probabilityAlive! / before.probabilityAlive! },
    { words: "fewer purchases expected", rest: ifAlive(after) / ifAlive(before) },
    {
      words: "smaller purchases",
      rest: Number(after.expectedPurchaseValueMicros) / Number(before.expectedPurchaseValueMicros),
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
