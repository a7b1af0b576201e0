import { isDeepStrictEqual } from "node:util";
import { PoolPolicy } from "@guanxi/contract/guanxi/customer/v1/pool_policy";
import { PoolPolicyChanged } from "@guanxi/contract/guanxi/customer/v1/pool_policy_events";
import type { UpdatePoolPolicyRequest } from "@guanxi/contract/guanxi/customer/v1/pool_service";
import { requireEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { merge } from "@guanxi/kit/merge";
import { lockFound, record } from "@guanxi/kit/store";
import { checkAll } from "../../checks/check-later.ts";
import { poolPolicies } from "../pool-policies.ts";
import { change, firstPolicy, policyIdOf, present } from "../pool-policy.ts";

export const updatePoolPolicy = command<UpdatePoolPolicyRequest, PoolPolicy>(async (request, at) => {
  const { poolPolicy: sent, etag, updateMask } = request;
  const [found] = await lockFound(at, poolPolicies, [policyIdOf(at.tenantId)]);
  const before = found ?? firstPolicy(at.tenantId, at.now);
  requireEtag(before, etag);
  const merged = at.check(PoolPolicy, merge(PoolPolicy, present(before), sent, updateMask), "pool_policy");
  const after = change(before, merged, at.now);
  if (isDeepStrictEqual({ ...after, updateTime: before.updateTime }, before)) return present(before);
  checkAll(at);
  return present(record(at, poolPolicies, after, PoolPolicyChanged));
});
