import { isDeepStrictEqual } from "node:util";
import { RelationshipPolicy } from "@guanxi/contract/guanxi/customer/v1/relationship_policy";
import { RelationshipPolicyChanged } from "@guanxi/contract/guanxi/customer/v1/relationship_policy_events";
import type { UpdateRelationshipPolicyRequest } from "@guanxi/contract/guanxi/customer/v1/relationship_service";
import { requireEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { merge } from "@guanxi/kit/merge";
import { lockFound, record } from "@guanxi/kit/store";
import { relationshipPolicies } from "../relationship-policies.ts";
import { change, firstPolicy, policyIdOf, present } from "../relationship-policy.ts";

export const updateRelationshipPolicy = command<UpdateRelationshipPolicyRequest, RelationshipPolicy>(
  async (request, at) => {
    const { relationshipPolicy: sent, etag, updateMask } = request;
    const [found] = await lockFound(at, relationshipPolicies, [policyIdOf(at.tenantId)]);
    const before = found ?? firstPolicy(at.tenantId, at.now);
    requireEtag(before, etag);
    const merged = at.check(
      RelationshipPolicy,
      merge(RelationshipPolicy, present(before), sent, updateMask),
      "relationship_policy",
    );
    const after = change(before, merged, at.now);
    if (isDeepStrictEqual({ ...after, updateTime: before.updateTime }, before)) return present(before);
    return present(record(at, relationshipPolicies, after, RelationshipPolicyChanged));
  },
);
