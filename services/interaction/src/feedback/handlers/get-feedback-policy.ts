import type { FeedbackPolicy } from "@guanxi/contract/guanxi/interaction/v1/feedback_policy";
import type { GetFeedbackPolicyRequest } from "@guanxi/contract/guanxi/interaction/v1/feedback_service";
import { query } from "@guanxi/kit/handler";
import { policyOf } from "../policies.ts";
import { presentPolicy } from "../present.ts";

export const getFeedbackPolicy = query<GetFeedbackPolicyRequest, FeedbackPolicy>(async (_request, at) =>
  presentPolicy(await policyOf(at)),
);
