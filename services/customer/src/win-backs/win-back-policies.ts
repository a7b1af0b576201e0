import { WinBackPolicy } from "@guanxi/contract/guanxi/customer/v1/win_back_policy";
import type { At } from "@guanxi/kit/at";
import { find } from "@guanxi/kit/store";
import { table } from "@guanxi/kit/table";
import { EntitySchema } from "typeorm";
import { firstPolicy, policyIdOf, present, type WinBackPolicyState } from "./win-back-policy.ts";

export const winBackPolicies = table({
  entity: new EntitySchema<WinBackPolicyState>({
    name: "win_back_policy",
    tableName: "win_back_policies",
    columns: {
      winBackPolicyId: { name: "win_back_policy_id", type: "uuid", primary: true },
      measures: { type: "jsonb" },
      createTime: { name: "create_time", type: "timestamptz" },
      updateTime: { name: "update_time", type: "timestamptz" },
      version: { type: "int" },
    },
  }),
  message: WinBackPolicy,
  present,
});

/** The tenant's; what holds at first where nobody has written one. */
export async function policyOf(at: At): Promise<WinBackPolicyState> {
  const [policy] = await find(at, winBackPolicies, [policyIdOf(at.tenantId)]);
  return policy ?? firstPolicy(at.tenantId, at.now);
}
