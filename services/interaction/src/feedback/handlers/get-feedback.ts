import type { Feedback } from "@guanxi/contract/guanxi/interaction/v1/feedback";
import type { GetFeedbackRequest } from "@guanxi/contract/guanxi/interaction/v1/feedback_service";
import { query } from "@guanxi/kit/handler";
import { get } from "@guanxi/kit/store";
import { allFeedback } from "../feedback-table.ts";
import { presentFeedback } from "../present.ts";

export const getFeedback = query<GetFeedbackRequest, Feedback>(async ({ feedbackId }, at) =>
  presentFeedback(await get(at, allFeedback, feedbackId)),
);
