// The rules of the public pool. Each of them is off at 0, and all are off as long as nobody has written one.
import type { PoolPolicy } from "@guanxi/contract/guanxi/customer/v1/pool_policy";
import { etagOf } from "@guanxi/kit/etag";
import { madeId } from "@guanxi/kit/made-id";

export interface PoolRules {
  readonly maxOwnedCustomers: number;
  readonly maxClaimsPerDay: number;
  readonly protectionDays: number;
  readonly recycleWithoutContactDays: number;
  readonly recycleWithoutOrderDays: number;
  readonly coolDownDays: number;
  readonly keepOpenDeals: boolean;
}

export interface PoolPolicyState extends PoolRules {
  readonly poolPolicyId: string;
  readonly createTime: Date;
  readonly updateTime: Date;
  readonly version: number;
}

export const policyIdOf = (tenantId: string): string => madeId(tenantId, "pool policy");

export const firstPolicy = (tenantId: string, now: Date): PoolPolicyState => ({
  poolPolicyId: policyIdOf(tenantId),
  maxOwnedCustomers: 0,
  maxClaimsPerDay: 0,
  protectionDays: 0,
  recycleWithoutContactDays: 0,
  recycleWithoutOrderDays: 0,
  coolDownDays: 0,
  keepOpenDeals: false,
  createTime: now,
  updateTime: now,
  version: 0,
});

export const change = (policy: PoolPolicyState, sent: PoolPolicy, now: Date): PoolPolicyState => ({
  ...policy,
  maxOwnedCustomers: sent.maxOwnedCustomers,
  maxClaimsPerDay: sent.maxClaimsPerDay,
  protectionDays: sent.protectionDays,
  recycleWithoutContactDays: sent.recycleWithoutContactDays,
  recycleWithoutOrderDays: sent.recycleWithoutOrderDays,
  coolDownDays: sent.coolDownDays,
  keepOpenDeals: sent.keepOpenDeals,
  updateTime: now,
});

/** The whole public state, as events carry it. */
export const present = ({ version, ...policy }: PoolPolicyState): PoolPolicy => ({
  ...policy,
  etag: etagOf({ version }),
});
