import type {
  ListFeedbackRequest,
  ListFeedbackResponse,
} from "@guanxi/contract/guanxi/interaction/v1/feedback_service";
import { query } from "@guanxi/kit/handler";
import { list } from "@guanxi/kit/list";
import { allFeedback, feedbackFields, overdueAt } from "../feedback-table.ts";
import { presentFeedback } from "../present.ts";

export const listFeedback = query<ListFeedbackRequest, ListFeedbackResponse>(async (request, at) => {
  const { items, nextPageToken } = await list(at, allFeedback, {
    request,
    catalogue: feedbackFields,
    orders: ["event_time", "deadline_time", "create_time", "update_time"],
    where: request.overdue ? [overdueAt(at)] : [],
  });
  return { feedback: items.map(presentFeedback), nextPageToken };
});
