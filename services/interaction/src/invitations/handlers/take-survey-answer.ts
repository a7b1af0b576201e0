import type { SurveyInvitation } from "@guanxi/contract/guanxi/interaction/v1/survey_invitation";
import type { TakeSurveyAnswerRequest } from "@guanxi/contract/guanxi/interaction/v1/survey_invitation_service";
import { requireCustomer } from "@guanxi/directory/require-customer";
import { command } from "@guanxi/kit/handler";
import { get } from "@guanxi/kit/store";
import { requireUser } from "@guanxi/kit/users";
import { requireActive } from "../../surveys/survey.ts";
import { surveys } from "../../surveys/surveys.ts";
import { uninvited } from "../invitation.ts";
import { presentInvitation } from "../present.ts";
import { takeAnswer } from "../take-answer.ts";

export const takeSurveyAnswer = command<TakeSurveyAnswerRequest, SurveyInvitation>(async (request, at) => {
  const survey = await get(at, surveys, request.surveyId);
  requireActive(survey);
  await Promise.all([
    requireCustomer(at, request.customerId, "customer_id"),
    requireUser(at, request.agentId, "agent_id"),
  ]);
  const id = at.newId();
  const subject = {
    customerId: idOrNull(request.customerId),
    contactId: idOrNull(request.contactId),
    caseId: idOrNull(request.caseId),
    productId: idOrNull(request.productId),
    agentId: idOrNull(request.agentId),
    interactionId: null,
    occasionKey: `taken/${id}`,
  };
  const begun = uninvited(survey, subject, { id, now: at.now });
  return presentInvitation(await takeAnswer(at, begun, survey, request.answers));
});

const idOrNull = (id: string) => id.toLowerCase() || null;
