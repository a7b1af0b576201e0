import { isDeepStrictEqual } from "node:util";
import { Feedback } from "@guanxi/contract/guanxi/interaction/v1/feedback";
import { FeedbackChanged } from "@guanxi/contract/guanxi/interaction/v1/feedback_events";
import type { UpdateFeedbackRequest } from "@guanxi/contract/guanxi/interaction/v1/feedback_service";
import { requireEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { merge } from "@guanxi/kit/merge";
import { lock, record } from "@guanxi/kit/store";
import { watchDeadline } from "../deadline.ts";
import { change } from "../feedback.ts";
import { allFeedback } from "../feedback-table.ts";
import { presentFeedback } from "../present.ts";

export const updateFeedback = command<UpdateFeedbackRequest, Feedback>(async (request, at) => {
  const { feedback: sent, etag, updateMask } = request;
  const before = await lock(at, allFeedback, sent?.feedbackId ?? "");
  requireEtag(before, etag);
  const merged = at.check(Feedback, merge(Feedback, presentFeedback(before), sent, updateMask), "feedback");
  const after = change(before, merged, at.now);
  if (isDeepStrictEqual({ ...after, updateTime: before.updateTime }, before)) return presentFeedback(before);
  watchDeadline(at, after);
  return presentFeedback(record(at, allFeedback, after, FeedbackChanged));
});
