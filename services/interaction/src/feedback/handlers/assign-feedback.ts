import type { Feedback } from "@guanxi/contract/guanxi/interaction/v1/feedback";
import { FeedbackAssigned } from "@guanxi/contract/guanxi/interaction/v1/feedback_events";
import type { AssignFeedbackRequest } from "@guanxi/contract/guanxi/interaction/v1/feedback_service";
import { matchEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { lock, record } from "@guanxi/kit/store";
import { requireUser } from "@guanxi/kit/users";
import { assign } from "../feedback.ts";
import { allFeedback } from "../feedback-table.ts";
import { presentFeedback } from "../present.ts";

export const assignFeedback = command<AssignFeedbackRequest, Feedback>(async (request, at) => {
  const before = await lock(at, allFeedback, request.feedbackId);
  matchEtag(before, request.etag);
  const after = assign(before, request.ownerId.toLowerCase() || null, at.now);
  if (after === before) return presentFeedback(before);
  await requireUser(at, request.ownerId, "owner_id");
  return presentFeedback(record(at, allFeedback, after, FeedbackAssigned, { reason: request.reason }));
});
