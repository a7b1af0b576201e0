import {
  type SurveyAnswer,
  type SurveyInvitation,
  SurveyInvitation_Standing,
  SurveyInvitation_State,
  SurveyInvitation_SuppressReason,
} from "@guanxi/contract/guanxi/interaction/v1/survey_invitation";
import { SurveyQuestion_Kind } from "@guanxi/contract/guanxi/interaction/v1/survey_question";
import { dateOrNone } from "@guanxi/kit/days";
import { numberOf } from "@guanxi/kit/enum-names";
import { etagOf } from "@guanxi/kit/etag";
import type { InvitationState, StoredAnswer } from "./invitation-state.ts";

/** The whole public state, as events carry it. */
export const presentInvitation = (invitation: InvitationState): SurveyInvitation => ({
  surveyInvitationId: invitation.surveyInvitationId,
  surveyId: invitation.surveyId,
  surveyName: invitation.surveyName,
  customerId: invitation.customerId ?? "",
  contactId: invitation.contactId ?? "",
  caseId: invitation.caseId ?? "",
  interactionId: invitation.interactionId ?? "",
  productId: invitation.productId ?? "",
  agentId: invitation.agentId ?? "",
  state: numberOf(SurveyInvitation_State, invitation.state),
  suppressReason: numberOf(SurveyInvitation_SuppressReason, invitation.suppressReason),
  answers: invitation.answers.map(presentAnswer),
  standing: numberOf(SurveyInvitation_Standing, invitation.standing),
  sendTime: invitation.sendTime ?? undefined,
  openTime: invitation.openTime ?? undefined,
  answerTime: invitation.answerTime ?? undefined,
  answerDate: dateOrNone(invitation.answerDate),
  expireTime: invitation.expireTime ?? undefined,
  occasionKey: invitation.occasionKey,
  createTime: invitation.createTime,
  updateTime: invitation.updateTime,
  etag: etagOf(invitation),
});

const presentAnswer = (answer: StoredAnswer): SurveyAnswer => ({
  ...answer,
  kind: numberOf(SurveyQuestion_Kind, answer.kind),
  score: answer.score ?? undefined,
  choices: [...answer.choices],
});
