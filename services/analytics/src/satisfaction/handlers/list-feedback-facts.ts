import type {
  FeedbackFact as Listed,
  ListFeedbackFactsRequest,
  ListFeedbackFactsResponse,
} from "@guanxi/contract/guanxi/analytics/v1/satisfaction_figure_service";
import { Feedback_Source, Feedback_State } from "@guanxi/contract/guanxi/interaction/v1/feedback";
import { SurveyInvitation_Standing } from "@guanxi/contract/guanxi/interaction/v1/survey_invitation";
import { SlaTarget_State } from "@guanxi/contract/guanxi/service_desk/v1/sla";
import { dateOf } from "@guanxi/kit/days";
import { numberOf } from "@guanxi/kit/enum-names";
import { query } from "@guanxi/kit/handler";
import { list } from "@guanxi/kit/list";
import { type SeenFeedback, seenFeedback } from "../seen-feedback.ts";
import { feedbackFields } from "../feedback-fields.ts";

export const listFeedbackFacts = query<ListFeedbackFactsRequest, ListFeedbackFactsResponse>(
  async (request, at) => {
    const { items, nextPageToken } = await list(at, seenFeedback, {
      request,
      catalogue: feedbackFields,
      orders: ["feedback_id", "event_date"],
    });
    return { feedbackFacts: items.map(present), nextPageToken };
  },
);

const present = (seen: SeenFeedback): Listed => ({
  ...idsOf(seen),
  ...timesOf(seen),
  feedbackId: seen.feedbackId,
  source: numberOf(Feedback_Source, seen.source || null),
  state: numberOf(Feedback_State, seen.state || null),
  standing: numberOf(SurveyInvitation_Standing, seen.standing),
  topic: seen.topic ?? "",
  score: seen.score ?? undefined,
  eventDate: dateOf(seen.eventDate),
});

const idsOf = (seen: SeenFeedback) => ({
  customerId: seen.customerId ?? "",
  caseId: seen.caseId ?? "",
  productId: seen.productId ?? "",
  ownerId: seen.ownerId ?? "",
});

const timesOf = (seen: SeenFeedback) => ({
  deadlineTime: seen.deadlineTime ?? undefined,
  responseTime: seen.responseTime ?? undefined,
  resolveTime: seen.resolveTime ?? undefined,
  closeTime: seen.closeTime ?? undefined,
  escalateTime: seen.escalateTime ?? undefined,
  resolutionState: numberOf(SlaTarget_State, seen.resolutionState),
  resolutionJudgeTime: seen.resolutionJudgeTime ?? undefined,
  responseSeconds: seen.responseSeconds ?? undefined,
});
