import type { SurveyInvitation } from "@guanxi/contract/guanxi/interaction/v1/survey_invitation";
import type { AnswerSurveyRequest } from "@guanxi/contract/guanxi/interaction/v1/survey_invitation_service";
import { command } from "@guanxi/kit/handler";
import { lockAnswerable } from "../form.ts";
import { presentInvitation } from "../present.ts";
import { takeAnswer } from "../take-answer.ts";

export const answerSurvey = command<AnswerSurveyRequest, SurveyInvitation>(async (request, at) => {
  const { invitation, survey } = await lockAnswerable(at, request.surveyInvitationId);
  return presentInvitation(await takeAnswer(at, invitation, survey, request.answers));
});
