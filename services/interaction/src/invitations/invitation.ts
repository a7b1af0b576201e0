// What an invitation is and how it may change.
import { refuse } from "@guanxi/kit/refuse";
import type { SurveyState } from "../surveys/survey-state.ts";
import type { InvitationState, StoredAnswer, Subject, SuppressReason } from "./invitation-state.ts";
import { standingOf } from "./standing.ts";

const DAY_MS = 86_400_000;

export const NO_SUBJECT: Subject = {
  contactId: null,
  caseId: null,
  interactionId: null,
  productId: null,
  agentId: null,
};

export interface Asked extends Subject {
  readonly customerId: string;
  readonly occasionKey: string;
}

export interface Beginning {
  readonly id: string;
  readonly now: Date;
}

export function invitation(survey: SurveyState, asked: Asked, { id, now }: Beginning): InvitationState {
  const { customerId, occasionKey, contactId, caseId, interactionId, productId, agentId } = asked;
  return {
    ...blank(survey, id, occasionKey, now),
    ...{ customerId, contactId, caseId, interactionId, productId, agentId },
    expireTime: new Date(now.getTime() + survey.validDays * DAY_MS),
  };
}

/** Nobody was asked for it. */
export const uninvited = (
  survey: Pick<SurveyState, "surveyId" | "displayName">,
  asked: Omit<Asked, "customerId"> & { readonly customerId: string | null },
  { id, now }: Beginning,
): InvitationState => ({ ...blank(survey, id, asked.occasionKey, now), ...asked });

const blank = (
  { surveyId, displayName }: Pick<SurveyState, "surveyId" | "displayName">,
  surveyInvitationId: string,
  occasionKey: string,
  now: Date,
): InvitationState => ({
  surveyInvitationId,
  surveyId,
  surveyName: displayName,
  customerId: null,
  ...NO_SUBJECT,
  state: "QUEUED",
  suppressReason: null,
  answers: [],
  standing: null,
  sendTime: null,
  openTime: null,
  answerTime: null,
  answerDate: null,
  expireTime: null,
  occasionKey,
  tokenHash: null,
  messageId: null,
  createTime: now,
  updateTime: now,
  version: 0,
});

export const suppressed = (invitation: InvitationState, suppressReason: SuppressReason): InvitationState => ({
  ...invitation,
  state: "SUPPRESSED",
  suppressReason,
});

/** The same one where it is farther already. */
export const sent = (invitation: InvitationState, now: Date): InvitationState =>
  invitation.state === "QUEUED"
    ? { ...invitation, state: "SENT", sendTime: now, updateTime: now }
    : invitation;

/** Who looks at the questions has had the mail, whatever was heard of it. The same one where it is farther already. */
export function opened(invitation: InvitationState, now: Date): InvitationState {
  if (invitation.state !== "QUEUED" && invitation.state !== "SENT") return invitation;
  const sendTime = invitation.sendTime ?? now;
  return { ...invitation, state: "OPENED", sendTime, openTime: now, updateTime: now };
}

export interface Answering {
  readonly answers: readonly StoredAnswer[];
  readonly now: Date;
  readonly today: string;
  readonly surveyName: string;
}

export const answered = (invitation: InvitationState, answering: Answering): InvitationState => ({
  ...invitation,
  state: "ANSWERED",
  surveyName: answering.surveyName,
  answers: answering.answers,
  standing: standingOf(answering.answers),
  answerTime: answering.now,
  answerDate: answering.today,
  updateTime: answering.now,
});

/** The same one where there is nothing to wait for. */
export function expired(invitation: InvitationState, now: Date): InvitationState {
  const isOver = isWaiting(invitation) && invitation.expireTime! <= now;
  return isOver ? { ...invitation, state: "EXPIRED", updateTime: now } : invitation;
}

const isWaiting = ({ state }: Pick<InvitationState, "state">) =>
  state === "QUEUED" || state === "SENT" || state === "OPENED";

export function requireAnswerable(
  { state, expireTime }: InvitationState,
  survey: SurveyState,
  now: Date,
): void {
  if (state === "ANSWERED")
    throw refuse("precondition", "ALREADY_ANSWERED", "This has been answered already, and is answered once.");
  if (state === "EXPIRED" || (expireTime && expireTime <= now))
    throw refuse("precondition", "INVITATION_EXPIRED", "The time to answer is over.");
  if (survey.state === "CLOSED" || state === "SUPPRESSED")
    throw refuse("precondition", "SURVEY_CLOSED", "No answer is taken here any more.");
}
