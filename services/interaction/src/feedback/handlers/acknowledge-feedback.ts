import type { Feedback } from "@guanxi/contract/guanxi/interaction/v1/feedback";
import { FeedbackAcknowledged } from "@guanxi/contract/guanxi/interaction/v1/feedback_events";
import type { AcknowledgeFeedbackRequest } from "@guanxi/contract/guanxi/interaction/v1/feedback_service";
import { matchEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { lock, record } from "@guanxi/kit/store";
import { acknowledge } from "../feedback.ts";
import { allFeedback } from "../feedback-table.ts";
import { presentFeedback } from "../present.ts";

export const acknowledgeFeedback = command<AcknowledgeFeedbackRequest, Feedback>(
  async ({ feedbackId, etag }, at) => {
    const before = await lock(at, allFeedback, feedbackId);
    matchEtag(before, etag);
    return presentFeedback(record(at, allFeedback, acknowledge(before, at.now), FeedbackAcknowledged));
  },
);
