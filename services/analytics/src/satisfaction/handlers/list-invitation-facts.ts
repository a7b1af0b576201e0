import type {
  InvitationFact as Listed,
  ListInvitationFactsRequest,
  ListInvitationFactsResponse,
} from "@guanxi/contract/guanxi/analytics/v1/satisfaction_figure_service";
import {
  SurveyInvitation_Standing,
  SurveyInvitation_State,
  SurveyInvitation_SuppressReason,
} from "@guanxi/contract/guanxi/interaction/v1/survey_invitation";
import { dateOrNone } from "@guanxi/kit/days";
import { numberOf } from "@guanxi/kit/enum-names";
import { query } from "@guanxi/kit/handler";
import { list } from "@guanxi/kit/list";
import { type SeenInvitation, seenInvitations } from "../seen-answers.ts";
import { invitationFields } from "../answer-fields.ts";

export const listInvitationFacts = query<ListInvitationFactsRequest, ListInvitationFactsResponse>(
  async (request, at) => {
    const { items, nextPageToken } = await list(at, seenInvitations, {
      request,
      catalogue: invitationFields,
      orders: ["survey_invitation_id", "send_date"],
    });
    return { invitationFacts: items.map(present), nextPageToken };
  },
);

const present = (seen: SeenInvitation): Listed => ({
  surveyInvitationId: seen.surveyInvitationId,
  surveyId: seen.surveyId ?? "",
  surveyName: seen.surveyName,
  state: numberOf(SurveyInvitation_State, seen.state || null),
  suppressReason: numberOf(SurveyInvitation_SuppressReason, seen.suppressReason),
  standing: numberOf(SurveyInvitation_Standing, seen.standing),
  customerId: seen.customerId ?? "",
  caseId: seen.caseId ?? "",
  productId: seen.productId ?? "",
  agentId: seen.agentId ?? "",
  sendDate: dateOrNone(seen.sendDate),
  answerDate: dateOrNone(seen.answerDate),
});
