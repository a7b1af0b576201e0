import type { RelationshipPolicy } from "@guanxi/contract/guanxi/customer/v1/relationship_policy";
import type { GetRelationshipPolicyRequest } from "@guanxi/contract/guanxi/customer/v1/relationship_service";
import { query } from "@guanxi/kit/handler";
import { policyOf } from "../relationship-policies.ts";
import { present } from "../relationship-policy.ts";

export const getRelationshipPolicy = query<GetRelationshipPolicyRequest, RelationshipPolicy>(
  async (_request, at) => present(await policyOf(at)),
);
