// What is tried for each reason, and what holds as long as nobody has written it.
import { ChurnReason } from "@guanxi/contract/guanxi/customer/v1/customer";
import type { WinBackPolicy } from "@guanxi/contract/guanxi/customer/v1/win_back_policy";
import { nameOf, numberOf } from "@guanxi/kit/enum-names";
import { etagOf } from "@guanxi/kit/etag";
import { madeId } from "@guanxi/kit/made-id";
import { refuse } from "@guanxi/kit/refuse";
import type { ChurnReasonName } from "../lifecycle/lifecycle-policy.ts";

export interface WinBackPolicyState {
  readonly winBackPolicyId: string;
  readonly measures: readonly StoredMeasure[];
  readonly createTime: Date;
  readonly updateTime: Date;
  readonly version: number;
}

export interface StoredMeasure {
  readonly churnReason: ChurnReasonName;
  readonly measure: string;
  readonly dueDays: number;
}

const FIRST_MEASURES: readonly StoredMeasure[] = [
  { churnReason: "PRICE", measure: "Make a new offer", dueDays: 7 },
  { churnReason: "PRODUCT", measure: "Show what is new, and find out what is missing", dueDays: 14 },
  {
    churnReason: "SERVICE",
    measure: "Apologise, mend what went wrong, and name somebody to turn to",
    dueDays: 3,
  },
  { churnReason: "COMPETITOR", measure: "Compare the offers, and make a better one", dueDays: 7 },
  { churnReason: "NO_NEED", measure: "Ask again what is needed", dueDays: 90 },
  { churnReason: "CONTACT_LEFT", measure: "Get to know who came after", dueDays: 7 },
  { churnReason: "MOVED", measure: "Ask who serves the new place", dueDays: 30 },
];

const OTHERWISE = { measure: "Call, and ask what would bring them back", dueDays: 14 };

export const policyIdOf = (tenantId: string): string => madeId(tenantId, "win-back policy");

export const firstPolicy = (tenantId: string, now: Date): WinBackPolicyState => ({
  winBackPolicyId: policyIdOf(tenantId),
  measures: FIRST_MEASURES,
  createTime: now,
  updateTime: now,
  version: 0,
});

export const measureFor = (
  { measures }: Pick<WinBackPolicyState, "measures">,
  reason: ChurnReasonName,
): Pick<StoredMeasure, "measure" | "dueDays"> =>
  measures.find(({ churnReason }) => churnReason === reason) ?? OTHERWISE;

export function change(policy: WinBackPolicyState, sent: WinBackPolicy, now: Date): WinBackPolicyState {
  const measures = sent.measures.map(({ churnReason, measure, dueDays }) => ({
    churnReason: nameOf(ChurnReason, churnReason)!,
    measure,
    dueDays,
  }));
  if (new Set(measures.map(({ churnReason }) => churnReason)).size < measures.length)
    throw refuse("invalid", "INVALID_REQUEST", "The policy cannot be kept.", [
      {
        field: "win_back_policy.measures",
        description: "must not repeat a reason",
        reason: "REPEATED_REASON",
      },
    ]);
  return { ...policy, measures, updateTime: now };
}

/** The whole public state, as events carry it. */
export const present = (policy: WinBackPolicyState): WinBackPolicy => ({
  winBackPolicyId: policy.winBackPolicyId,
  measures: policy.measures.map(({ churnReason, ...rest }) => ({
    ...rest,
    churnReason: numberOf(ChurnReason, churnReason),
  })),
  createTime: policy.createTime,
  updateTime: policy.updateTime,
  etag: etagOf(policy),
});
