import { isDeepStrictEqual } from "node:util";
import { WinBackPolicy } from "@guanxi/contract/guanxi/customer/v1/win_back_policy";
import { WinBackPolicyChanged } from "@guanxi/contract/guanxi/customer/v1/win_back_policy_events";
import type { UpdateWinBackPolicyRequest } from "@guanxi/contract/guanxi/customer/v1/win_back_service";
import { requireEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { merge } from "@guanxi/kit/merge";
import { lockFound, record } from "@guanxi/kit/store";
import { winBackPolicies } from "../win-back-policies.ts";
import { change, firstPolicy, policyIdOf, present } from "../win-back-policy.ts";

export const updateWinBackPolicy = command<UpdateWinBackPolicyRequest, WinBackPolicy>(async (request, at) => {
  const { winBackPolicy: sent, etag, updateMask } = request;
  const [found] = await lockFound(at, winBackPolicies, [policyIdOf(at.tenantId)]);
  const before = found ?? firstPolicy(at.tenantId, at.now);
  requireEtag(before, etag);
  const merged = at.check(
    WinBackPolicy,
    merge(WinBackPolicy, present(before), sent, updateMask),
    "win_back_policy",
  );
  const after = change(before, merged, at.now);
  if (isDeepStrictEqual({ ...after, updateTime: before.updateTime }, before)) return present(before);
  return present(record(at, winBackPolicies, after, WinBackPolicyChanged));
});
