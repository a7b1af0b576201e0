import type {
  SummarizeFeedbackRequest,
  SummarizeFeedbackResponse,
} from "@guanxi/contract/guanxi/interaction/v1/feedback_service";
import { dayOf } from "@guanxi/kit/days";
import { query } from "@guanxi/kit/handler";
import { presentSums, sumFeedback } from "../sums.ts";

export const summarizeFeedback = query<SummarizeFeedbackRequest, SummarizeFeedbackResponse>(
  async ({ fromDate, toDate, ownerId }, at) =>
    presentSums(
      await sumFeedback(at, {
        fromDay: fromDate ? dayOf(fromDate) : null,
        toDay: toDate ? dayOf(toDate) : null,
        ownerId: ownerId.toLowerCase(),
      }),
    ),
);
