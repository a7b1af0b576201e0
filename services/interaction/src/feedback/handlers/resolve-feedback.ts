import type { Feedback } from "@guanxi/contract/guanxi/interaction/v1/feedback";
import { FeedbackResolved } from "@guanxi/contract/guanxi/interaction/v1/feedback_events";
import type { ResolveFeedbackRequest } from "@guanxi/contract/guanxi/interaction/v1/feedback_service";
import { matchEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { lock, record } from "@guanxi/kit/store";
import { resolve } from "../feedback.ts";
import { allFeedback } from "../feedback-table.ts";
import { presentFeedback } from "../present.ts";
import { tellAnswer } from "../tell-answer.ts";

export const resolveFeedback = command<ResolveFeedbackRequest, Feedback>(async (request, at) => {
  const before = await lock(at, allFeedback, request.feedbackId);
  matchEtag(before, request.etag);
  const after = record(at, allFeedback, resolve(before, request.answer, at.now), FeedbackResolved);
  await tellAnswer(at, after);
  return presentFeedback(after);
});
