import type { Feedback } from "@guanxi/contract/guanxi/interaction/v1/feedback";
import { FeedbackStarted } from "@guanxi/contract/guanxi/interaction/v1/feedback_events";
import type { StartFeedbackRequest } from "@guanxi/contract/guanxi/interaction/v1/feedback_service";
import { matchEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { lock, record } from "@guanxi/kit/store";
import { start } from "../feedback.ts";
import { allFeedback } from "../feedback-table.ts";
import { presentFeedback } from "../present.ts";

export const startFeedback = command<StartFeedbackRequest, Feedback>(async ({ feedbackId, etag }, at) => {
  const before = await lock(at, allFeedback, feedbackId);
  matchEtag(before, etag);
  return presentFeedback(record(at, allFeedback, start(before, at.now), FeedbackStarted));
});
