import { SurveyInvitation_Standing } from "@guanxi/contract/guanxi/interaction/v1/survey_invitation";
import type {
  CustomerStanding,
  GetCustomerStandingRequest,
} from "@guanxi/contract/guanxi/interaction/v1/survey_invitation_service";
import { numberOf } from "@guanxi/kit/enum-names";
import { query } from "@guanxi/kit/handler";
import { refuse } from "@guanxi/kit/refuse";
import { lastStanding } from "../invitations.ts";

export const getCustomerStanding = query<GetCustomerStandingRequest, CustomerStanding>(
  async ({ customerId }, at) => {
    const last = await lastStanding(at, customerId.toLowerCase());
    if (!last) throw refuse("notFound", "NOT_FOUND", "The customer has never been asked, or never answered.");
    return {
      customerId: last.customerId!,
      standing: numberOf(SurveyInvitation_Standing, last.standing),
      answerTime: last.answerTime!,
      surveyInvitationId: last.surveyInvitationId,
      surveyId: last.surveyId,
    };
  },
);
