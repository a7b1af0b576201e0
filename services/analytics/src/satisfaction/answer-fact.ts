// What figures want to know of a person who was asked, and of each score that was given.
import {
  type SurveyInvitation,
  SurveyInvitation_Standing,
  SurveyInvitation_State,
  SurveyInvitation_SuppressReason,
} from "@guanxi/contract/guanxi/interaction/v1/survey_invitation";
import { SurveyQuestion_Kind } from "@guanxi/contract/guanxi/interaction/v1/survey_question";
import type { State } from "@guanxi/kit/columns";
import { dayOf } from "@guanxi/kit/days";
import { type NameOf, nameOf } from "@guanxi/kit/enum-names";
import { madeId } from "@guanxi/kit/made-id";

interface Asked {
  readonly surveyId: string | null;
  readonly customerId: string | null;
  readonly caseId: string | null;
  readonly productId: string | null;
  readonly agentId: string | null;
}

export interface InvitationFact extends State, Asked {
  readonly surveyInvitationId: string;
  readonly surveyName: string;
  readonly state: NameOf<typeof SurveyInvitation_State> | "";
  readonly suppressReason: NameOf<typeof SurveyInvitation_SuppressReason> | null;
  readonly standing: NameOf<typeof SurveyInvitation_Standing> | null;
  readonly sendDate: string | null;
  readonly answerDate: string | null;
}

export interface AnswerFact extends State, Asked {
  readonly answerId: string;
  readonly surveyInvitationId: string;
  readonly questionCode: string;
  readonly questionKind: NameOf<typeof SurveyQuestion_Kind> | "";
  readonly scaleMin: number;
  readonly scaleMax: number;
  readonly score: number;
  readonly answerDate: string;
}

const askedOf = (invitation: SurveyInvitation): Asked => ({
  surveyId: invitation.surveyId || null,
  customerId: invitation.customerId || null,
  caseId: invitation.caseId || null,
  productId: invitation.productId || null,
  agentId: invitation.agentId || null,
});

/** `dayOfTime` is of the tenant's zone. */
export function invitationFactOf(
  invitation: SurveyInvitation,
  version: number,
  dayOfTime: (time: Date) => string,
): InvitationFact {
  const { surveyInvitationId, surveyName, sendTime, answerDate } = invitation;
  return {
    ...askedOf(invitation),
    surveyInvitationId,
    surveyName,
    state: nameOf(SurveyInvitation_State, invitation.state) ?? "",
    suppressReason: nameOf(SurveyInvitation_SuppressReason, invitation.suppressReason),
    standing: nameOf(SurveyInvitation_Standing, invitation.standing),
    sendDate: sendTime ? dayOfTime(sendTime) : null,
    answerDate: answerDate ? dayOf(answerDate) : null,
    version,
  };
}

/** Texts and choices are no scores. */
export function answerFactsOf(invitation: SurveyInvitation, version: number): AnswerFact[] {
  const { surveyInvitationId, answers, answerDate } = invitation;
  if (!answerDate) return [];
  return answers.flatMap(({ questionCode, kind, scaleMin, scaleMax, score }) =>
    score === undefined
      ? []
      : {
          ...askedOf(invitation),
          answerId: madeId(surveyInvitationId, questionCode),
          surveyInvitationId,
          questionCode,
          questionKind: nameOf(SurveyQuestion_Kind, kind) ?? "",
          scaleMin,
          scaleMax,
          score,
          answerDate: dayOf(answerDate),
          version,
        },
  );
}
