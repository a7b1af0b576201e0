import { RoutingPolicy } from "@guanxi/contract/guanxi/service_desk/v1/routing_policy";
import type { At } from "@guanxi/kit/at";
import { find } from "@guanxi/kit/store";
import { table } from "@guanxi/kit/table";
import { EntitySchema } from "typeorm";
import { firstPolicy, present, type RoutingPolicyState } from "./routing-policy.ts";

export const routingPolicies = table({
  entity: new EntitySchema<RoutingPolicyState>({
    name: "routing_policy",
    tableName: "routing_policies",
    columns: {
      routingPolicyId: { name: "routing_policy_id", type: "uuid", primary: true },
      rules: { type: "jsonb" },
      fallback: { type: "jsonb" },
      createTime: { name: "create_time", type: "timestamptz" },
      updateTime: { name: "update_time", type: "timestamptz" },
      version: { type: "int" },
    },
  }),
  message: RoutingPolicy,
  present,
});

/** The tenant's; what holds at first where nobody has written one. */
export async function policyOf(at: At): Promise<RoutingPolicyState> {
  const [policy] = await find(at, routingPolicies, [at.tenantId]);
  return policy ?? firstPolicy(at.tenantId, at.now);
}
