import type { UpdateSendingPolicyRequest } from "@guanxi/contract/guanxi/marketing/v1/campaign_service";
import { SendingPolicy } from "@guanxi/contract/guanxi/marketing/v1/sending_policy";
import { SendingPolicyChanged } from "@guanxi/contract/guanxi/marketing/v1/sending_policy_events";
import { requireEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { merge } from "@guanxi/kit/merge";
import { record } from "@guanxi/kit/store";
import { lockPolicy, policies, presentPolicy } from "../policies.ts";

export const updateSendingPolicy = command<UpdateSendingPolicyRequest, SendingPolicy>(async (request, at) => {
  const { sendingPolicy: sent, etag, updateMask } = request;
  const before = await lockPolicy(at);
  requireEtag(before, etag);
  const merged = merge(SendingPolicy, presentPolicy(before), sent, updateMask);
  const { capMessages, capDays, quietFrom, quietUntil } = at.check(SendingPolicy, merged, "sending_policy");
  const after = { ...before, capMessages, capDays, quietFrom, quietUntil, updateTime: at.now };
  return presentPolicy(record(at, policies, after, SendingPolicyChanged));
});
