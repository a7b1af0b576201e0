import type { SurveyInvitation } from "@guanxi/contract/guanxi/interaction/v1/survey_invitation";
import type { GetSurveyInvitationRequest } from "@guanxi/contract/guanxi/interaction/v1/survey_invitation_service";
import { query } from "@guanxi/kit/handler";
import { get } from "@guanxi/kit/store";
import { invitations } from "../invitations.ts";
import { presentInvitation } from "../present.ts";

export const getSurveyInvitation = query<GetSurveyInvitationRequest, SurveyInvitation>(
  async ({ surveyInvitationId }, at) => presentInvitation(await get(at, invitations, surveyInvitationId)),
);
