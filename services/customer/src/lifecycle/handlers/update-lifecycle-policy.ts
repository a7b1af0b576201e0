import { isDeepStrictEqual } from "node:util";
import { LifecyclePolicy } from "@guanxi/contract/guanxi/customer/v1/lifecycle_policy";
import { LifecyclePolicyChanged } from "@guanxi/contract/guanxi/customer/v1/lifecycle_policy_events";
import type { UpdateLifecyclePolicyRequest } from "@guanxi/contract/guanxi/customer/v1/lifecycle_service";
import type { At } from "@guanxi/kit/at";
import { requireEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { merge } from "@guanxi/kit/merge";
import { lockFound, record } from "@guanxi/kit/store";
import { compileCondition } from "../../segments/condition.ts";
import { checkAll } from "../../checks/check-later.ts";
import { lifecyclePolicies } from "../lifecycle-policies.ts";
import { change, firstPolicy, type LifecyclePolicyState, policyIdOf, present } from "../lifecycle-policy.ts";

export const updateLifecyclePolicy = command<UpdateLifecyclePolicyRequest, LifecyclePolicy>(
  async (request, at) => {
    const { lifecyclePolicy: sent, etag, updateMask } = request;
    const [found] = await lockFound(at, lifecyclePolicies, [policyIdOf(at.tenantId)]);
    const before = found ?? firstPolicy(at.tenantId, at.now);
    requireEtag(before, etag);
    const merged = at.check(
      LifecyclePolicy,
      merge(LifecyclePolicy, present(before), sent, updateMask),
      "lifecycle_policy",
    );
    const after = change(before, merged, at.now);
    if (isDeepStrictEqual({ ...after, updateTime: before.updateTime }, before)) return present(before);
    await requireConditions(at, after);
    checkAll(at);
    return present(record(at, lifecyclePolicies, after, LifecyclePolicyChanged));
  },
);

async function requireConditions(at: At, { rules, loyalCondition }: LifecyclePolicyState): Promise<void> {
  for (const [index, { condition }] of rules.entries())
    await compileCondition(at, condition, `lifecycle_policy.rules[${index}].condition`);
  await compileCondition(at, loyalCondition, "lifecycle_policy.loyal_condition");
}
