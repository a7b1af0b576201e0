import type { Feedback } from "@guanxi/contract/guanxi/interaction/v1/feedback";
import { FeedbackMarkedSpam } from "@guanxi/contract/guanxi/interaction/v1/feedback_events";
import type { MarkFeedbackSpamRequest } from "@guanxi/contract/guanxi/interaction/v1/feedback_service";
import { matchEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { lock, record } from "@guanxi/kit/store";
import { markSpam } from "../feedback.ts";
import { allFeedback } from "../feedback-table.ts";
import { presentFeedback } from "../present.ts";

export const markFeedbackSpam = command<MarkFeedbackSpamRequest, Feedback>(
  async ({ feedbackId, etag }, at) => {
    const before = await lock(at, allFeedback, feedbackId);
    matchEtag(before, etag);
    return presentFeedback(record(at, allFeedback, markSpam(before, at.now), FeedbackMarkedSpam));
  },
);
