import { Feedback } from "@guanxi/contract/guanxi/interaction/v1/feedback";
import type { CreateFeedbackRequest } from "@guanxi/contract/guanxi/interaction/v1/feedback_service";
import { requireCustomer } from "@guanxi/directory/require-customer";
import { command } from "@guanxi/kit/handler";
import { requireUser } from "@guanxi/kit/users";
import { received } from "../feedback.ts";
import { presentFeedback } from "../present.ts";
import { takeFeedback } from "../take-feedback.ts";

export const createFeedback = command<CreateFeedbackRequest, Feedback>(async (request, at) => {
  const sent = Feedback.fromPartial(request.feedback ?? {});
  await Promise.all([
    requireCustomer(at, sent.customerId, "feedback.customer_id"),
    requireUser(at, sent.ownerId, "feedback.owner_id"),
  ]);
  return presentFeedback(await takeFeedback(at, received(sent, at.now)));
});
