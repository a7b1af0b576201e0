// An answer, and what follows from it in the same transaction.
import type { GivenAnswer } from "@guanxi/contract/guanxi/interaction/v1/survey_invitation_service";
import { SurveyAnswered } from "@guanxi/contract/guanxi/interaction/v1/survey_invitation_events";
import { customers } from "@guanxi/directory/customers";
import type { At } from "@guanxi/kit/at";
import { find, record } from "@guanxi/kit/store";
import { takeFeedback } from "../feedback/take-feedback.ts";
import type { SurveyState } from "../surveys/survey-state.ts";
import { makeTask } from "../tasks/make-task.ts";
import { checkedAnswers } from "./answers.ts";
import { answered } from "./invitation.ts";
import type { InvitationState } from "./invitation-state.ts";
import { invitations } from "./invitations.ts";
import { firstPoints, needsRecovery } from "./standing.ts";

export async function takeAnswer(
  at: At,
  before: InvitationState,
  survey: SurveyState,
  given: readonly GivenAnswer[],
): Promise<InvitationState> {
  const { now, today } = at;
  const answers = checkedAnswers(survey.questions, given);
  const after = record(
    at,
    invitations,
    answered(before, { answers, now, today, surveyName: survey.displayName }),
    SurveyAnswered,
  );
  await follow(at, after, survey);
  return after;
}

/** Praise without a word asks for nothing; whatever else was said is answered (R070). */
async function follow(at: At, given: InvitationState, survey: SurveyState): Promise<void> {
  const text = given.answers
    .filter(({ kind }) => kind === "TEXT")
    .map((answer) => answer.text)
    .join("\n");
  const isLow = needsRecovery(given.answers, survey.recoveryScore);
  if (!isLow && text === "") return;
  const { customerId, contactId, caseId, productId, interactionId, standing, surveyInvitationId } = given;
  const feedback = await takeFeedback(at, {
    ...{ customerId, contactId, caseId, productId, interactionId, standing, surveyInvitationId },
    source: "SURVEY",
    topic: survey.topic,
    text,
    score: firstPoints(given.answers),
  });
  if (isLow && customerId) await recover(at, given, { customerId, feedbackId: feedback.feedbackId });
}

/** By the grade, which is 1 for A; one that nobody has graded stands with C. */
const IMPORTANCE: Readonly<Record<number, number>> = { 1: 100, 2: 85, 3: 70, 4: 55 };
const USUAL_IMPORTANCE = 70;
const RECOVERY_MS = 86_400_000;

interface Unhappy {
  readonly customerId: string;
  readonly feedbackId: string;
}

async function recover(at: At, given: InvitationState, { customerId, feedbackId }: Unhappy): Promise<void> {
  const [customer] = await find(at, customers, [customerId]);
  const points = firstPoints(given.answers);
  await makeTask(at, {
    kind: "RECOVERY",
    title: `Make it up to ${customer?.displayName ?? "the customer"}: a low answer to ${given.surveyName}`,
    assigneeId: customer?.ownerId ?? null,
    customerId,
    contactId: given.contactId,
    dueTime: new Date(at.now.getTime() + RECOVERY_MS),
    importance: IMPORTANCE[customer?.grade ?? 0] ?? USUAL_IMPORTANCE,
    caseId: given.caseId,
    feedbackId,
    origin: {
      rule: "survey_recovery",
      key: given.surveyInvitationId,
      reason: `The answer is worth ${points ?? "no"} of 100 points${given.standing ? `, ${given.standing.toLowerCase()}` : ""}.`,
    },
  });
}
