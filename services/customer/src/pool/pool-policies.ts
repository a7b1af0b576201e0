import { PoolPolicy } from "@guanxi/contract/guanxi/customer/v1/pool_policy";
import type { At } from "@guanxi/kit/at";
import { find } from "@guanxi/kit/store";
import { table } from "@guanxi/kit/table";
import { EntitySchema } from "typeorm";
import { firstPolicy, policyIdOf, type PoolPolicyState, present } from "./pool-policy.ts";

export const poolPolicies = table({
  entity: new EntitySchema<PoolPolicyState>({
    name: "pool_policy",
    tableName: "pool_policies",
    columns: {
      poolPolicyId: { name: "pool_policy_id", type: "uuid", primary: true },
      maxOwnedCustomers: { name: "max_owned_customers", type: "int" },
      maxClaimsPerDay: { name: "max_claims_per_day", type: "int" },
      protectionDays: { name: "protection_days", type: "int" },
      recycleWithoutContactDays: { name: "recycle_without_contact_days", type: "int" },
      recycleWithoutOrderDays: { name: "recycle_without_order_days", type: "int" },
      coolDownDays: { name: "cool_down_days", type: "int" },
      keepOpenDeals: { name: "keep_open_deals", type: "bool" },
      createTime: { name: "create_time", type: "timestamptz" },
      updateTime: { name: "update_time", type: "timestamptz" },
      version: { type: "int" },
    },
  }),
  message: PoolPolicy,
  present,
});

/** The tenant's; what holds at first where nobody has written one. */
export async function policyOf(at: At): Promise<PoolPolicyState> {
  const [policy] = await find(at, poolPolicies, [policyIdOf(at.tenantId)]);
  return policy ?? firstPolicy(at.tenantId, at.now);
}
