import { RelationshipPolicy } from "@guanxi/contract/guanxi/customer/v1/relationship_policy";
import type { At } from "@guanxi/kit/at";
import { find } from "@guanxi/kit/store";
import { table } from "@guanxi/kit/table";
import { EntitySchema } from "typeorm";
import { firstPolicy, policyIdOf, present, type RelationshipPolicyState } from "./relationship-policy.ts";

export const relationshipPolicies = table({
  entity: new EntitySchema<RelationshipPolicyState>({
    name: "relationship_policy",
    tableName: "relationship_policies",
    columns: {
      relationshipPolicyId: { name: "relationship_policy_id", type: "uuid", primary: true },
      terms: { type: "jsonb" },
      preferredKeyContacts: { name: "preferred_key_contacts", type: "int" },
      createTime: { name: "create_time", type: "timestamptz" },
      updateTime: { name: "update_time", type: "timestamptz" },
      version: { type: "int" },
    },
  }),
  message: RelationshipPolicy,
  present,
});

/** The tenant's; what holds at first where nobody has written one. */
export async function policyOf(at: At): Promise<RelationshipPolicyState> {
  const [policy] = await find(at, relationshipPolicies, [policyIdOf(at.tenantId)]);
  return policy ?? firstPolicy(at.tenantId, at.now);
}
