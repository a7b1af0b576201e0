import type { Feedback } from "@guanxi/contract/guanxi/interaction/v1/feedback";
import { FeedbackClosed } from "@guanxi/contract/guanxi/interaction/v1/feedback_events";
import type { CloseFeedbackRequest } from "@guanxi/contract/guanxi/interaction/v1/feedback_service";
import { matchEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { lock, record } from "@guanxi/kit/store";
import { close } from "../feedback.ts";
import { allFeedback } from "../feedback-table.ts";
import { presentFeedback } from "../present.ts";

export const closeFeedback = command<CloseFeedbackRequest, Feedback>(async ({ feedbackId, etag }, at) => {
  const before = await lock(at, allFeedback, feedbackId);
  matchEtag(before, etag);
  return presentFeedback(record(at, allFeedback, close(before, at.now), FeedbackClosed));
});
