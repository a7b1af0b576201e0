import { LifecyclePolicy } from "@guanxi/contract/guanxi/customer/v1/lifecycle_policy";
import type { At } from "@guanxi/kit/at";
import { find } from "@guanxi/kit/store";
import { table } from "@guanxi/kit/table";
import { EntitySchema } from "typeorm";
import { firstPolicy, type LifecyclePolicyState, policyIdOf, present } from "./lifecycle-policy.ts";

export const lifecyclePolicies = table({
  entity: new EntitySchema<LifecyclePolicyState>({
    name: "lifecycle_policy",
    tableName: "lifecycle_policies",
    columns: {
      lifecyclePolicyId: { name: "lifecycle_policy_id", type: "uuid", primary: true },
      rules: { type: "jsonb" },
      moves: { type: "jsonb" },
      loyalCondition: { name: "loyal_condition", type: "text" },
      createTime: { name: "create_time", type: "timestamptz" },
      updateTime: { name: "update_time", type: "timestamptz" },
      version: { type: "int" },
    },
  }),
  message: LifecyclePolicy,
  present,
});

/** The tenant's; what holds at first where nobody has written one. */
export async function policyOf(at: At): Promise<LifecyclePolicyState> {
  const [policy] = await find(at, lifecyclePolicies, [policyIdOf(at.tenantId)]);
  return policy ?? firstPolicy(at.tenantId, at.now);
}
