// The row of a plan.
import type { MarketingPlan_State } from "@guanxi/contract/guanxi/marketing/v1/marketing_plan";
import type { NameOf } from "@guanxi/kit/enum-names";

export interface PlanState {
  readonly planId: string;
  readonly name: string;
  readonly segmentIds: readonly string[];
  readonly targets: readonly StoredTarget[];
  readonly positioning: string;
  readonly startDate: string | null;
  readonly endDate: string | null;
  /** In millionths. */
  readonly budget: bigint | null;
  readonly currencyCode: string | null;
  readonly ownerId: string | null;
  readonly state: NameOf<typeof MarketingPlan_State>;
  readonly createTime: Date;
  readonly updateTime: Date;
  readonly version: number;
}

/** As it is kept: jsonb has no whole numbers above 2^53, and no segment has so many customers. */
export interface StoredTarget {
  readonly targetId: string;
  readonly segmentId: string;
  readonly size: number;
  readonly score: number;
  readonly reason: string;
}
