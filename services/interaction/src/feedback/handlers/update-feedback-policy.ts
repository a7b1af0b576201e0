import { FeedbackPolicy } from "@guanxi/contract/guanxi/interaction/v1/feedback_policy";
import { FeedbackPolicyChanged } from "@guanxi/contract/guanxi/interaction/v1/feedback_policy_events";
import type { UpdateFeedbackPolicyRequest } from "@guanxi/contract/guanxi/interaction/v1/feedback_service";
import { requireEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { merge } from "@guanxi/kit/merge";
import { record } from "@guanxi/kit/store";
import { requireUser } from "@guanxi/kit/users";
import { lockPolicy, policies } from "../policies.ts";
import { presentPolicy } from "../present.ts";

export const updateFeedbackPolicy = command<UpdateFeedbackPolicyRequest, FeedbackPolicy>(
  async (request, at) => {
    const { feedbackPolicy: sent, etag, updateMask } = request;
    const before = await lockPolicy(at);
    requireEtag(before, etag);
    const merged = merge(FeedbackPolicy, presentPolicy(before), sent, updateMask);
    const { responseDays, escalateToId, surveyFatigueDays } = at.check(
      FeedbackPolicy,
      merged,
      "feedback_policy",
    );
    await requireUser(at, escalateToId, "feedback_policy.escalate_to_id");
    const after = {
      ...before,
      ...{ responseDays, surveyFatigueDays },
      escalateToId: escalateToId.toLowerCase() || null,
      updateTime: at.now,
    };
    return presentPolicy(record(at, policies, after, FeedbackPolicyChanged));
  },
);
