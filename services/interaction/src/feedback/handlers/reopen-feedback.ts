import type { Feedback } from "@guanxi/contract/guanxi/interaction/v1/feedback";
import { FeedbackReopened } from "@guanxi/contract/guanxi/interaction/v1/feedback_events";
import type { ReopenFeedbackRequest } from "@guanxi/contract/guanxi/interaction/v1/feedback_service";
import { matchEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { lock, record } from "@guanxi/kit/store";
import { watchDeadline } from "../deadline.ts";
import { reopen } from "../feedback.ts";
import { allFeedback } from "../feedback-table.ts";
import { policyOf } from "../policies.ts";
import { presentFeedback } from "../present.ts";

export const reopenFeedback = command<ReopenFeedbackRequest, Feedback>(async (request, at) => {
  const before = await lock(at, allFeedback, request.feedbackId);
  matchEtag(before, request.etag);
  const after = reopen(before, await policyOf(at), at.now);
  watchDeadline(at, after);
  return presentFeedback(record(at, allFeedback, after, FeedbackReopened, { reason: request.reason }));
});
