import {
  type Feedback,
  Feedback_Source,
  Feedback_State,
} from "@guanxi/contract/guanxi/interaction/v1/feedback";
import type { FeedbackPolicy } from "@guanxi/contract/guanxi/interaction/v1/feedback_policy";
import { SurveyInvitation_Standing } from "@guanxi/contract/guanxi/interaction/v1/survey_invitation";
import { dateOf } from "@guanxi/kit/days";
import { numberOf } from "@guanxi/kit/enum-names";
import { etagOf } from "@guanxi/kit/etag";
import type { FeedbackState, PolicyState } from "./feedback-state.ts";

/** The whole public state, as events carry it. */
export const presentFeedback = (feedback: FeedbackState): Feedback => ({
  feedbackId: feedback.feedbackId,
  source: numberOf(Feedback_Source, feedback.source),
  topic: feedback.topic,
  text: feedback.text,
  score: feedback.score ?? undefined,
  standing: numberOf(SurveyInvitation_Standing, feedback.standing),
  customerId: feedback.customerId ?? "",
  contactId: feedback.contactId ?? "",
  caseId: feedback.caseId ?? "",
  productId: feedback.productId ?? "",
  interactionId: feedback.interactionId ?? "",
  surveyInvitationId: feedback.surveyInvitationId ?? "",
  ownerId: feedback.ownerId ?? "",
  state: numberOf(Feedback_State, feedback.state),
  deadlineTime: feedback.deadlineTime,
  escalateTime: feedback.escalateTime ?? undefined,
  responseTime: feedback.responseTime ?? undefined,
  resolveTime: feedback.resolveTime ?? undefined,
  closeTime: feedback.closeTime ?? undefined,
  answer: feedback.answer,
  eventTime: feedback.eventTime,
  eventDate: dateOf(feedback.eventDate),
  externalIds: [...feedback.externalIds],
  createTime: feedback.createTime,
  updateTime: feedback.updateTime,
  etag: etagOf(feedback),
});

export const presentPolicy = (policy: PolicyState): FeedbackPolicy => ({
  feedbackPolicyId: policy.feedbackPolicyId,
  responseDays: policy.responseDays,
  escalateToId: policy.escalateToId ?? "",
  surveyFatigueDays: policy.surveyFatigueDays,
  updateTime: policy.updateTime ?? undefined,
  etag: etagOf(policy),
});
