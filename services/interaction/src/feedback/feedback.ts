// What a feedback is and how it may change.
import { type Feedback, Feedback_Source } from "@guanxi/contract/guanxi/interaction/v1/feedback";
import { nameOf } from "@guanxi/kit/enum-names";
import { refuse, type Violation } from "@guanxi/kit/refuse";
import type { FeedbackState, FeedbackStatus, PolicyState } from "./feedback-state.ts";

const DAY_MS = 86_400_000;

/** The way of a feedback. Reopening is the one way back. */
const NEXT: Readonly<Record<FeedbackStatus, readonly FeedbackStatus[]>> = {
  NEW: ["ACKNOWLEDGED", "IN_PROGRESS", "RESOLVED", "SPAM"],
  ACKNOWLEDGED: ["IN_PROGRESS", "RESOLVED", "SPAM"],
  IN_PROGRESS: ["RESOLVED", "SPAM"],
  RESOLVED: ["CLOSED", "IN_PROGRESS"],
  CLOSED: ["IN_PROGRESS"],
  SPAM: ["NEW"],
};

export const isOpen = ({ state }: Pick<FeedbackState, "state">) =>
  state === "NEW" || state === "ACKNOWLEDGED" || state === "IN_PROGRESS";

/** What is known where it comes from. */
export interface Received
  extends Pick<
    FeedbackState,
    | "source"
    | "topic"
    | "text"
    | "score"
    | "standing"
    | "customerId"
    | "contactId"
    | "caseId"
    | "productId"
    | "interactionId"
    | "surveyInvitationId"
  > {
  readonly ownerId?: string | null;
  readonly deadlineTime?: Date;
  readonly eventTime?: Date;
  readonly externalIds?: FeedbackState["externalIds"];
}

export interface Receiving {
  readonly feedbackId: string;
  readonly now: Date;
  readonly dayOf: (time: Date) => string;
  readonly policy: Pick<PolicyState, "responseDays">;
  readonly ownerId: string | null;
}

export function receive(
  received: Received,
  { feedbackId, now, dayOf, policy, ownerId }: Receiving,
): FeedbackState {
  const { eventTime = now, externalIds = [], deadlineTime = deadlineOf(policy, now), ...known } = received;
  return {
    feedbackId,
    ...known,
    ownerId,
    state: "NEW",
    deadlineTime,
    escalateTime: null,
    responseTime: null,
    resolveTime: null,
    closeTime: null,
    answer: "",
    eventTime,
    eventDate: dayOf(eventTime),
    externalIds,
    createTime: now,
    updateTime: now,
    version: 0,
  };
}

const deadlineOf = ({ responseDays }: Pick<PolicyState, "responseDays">, now: Date): Date =>
  new Date(now.getTime() + responseDays * DAY_MS);

/** As it was sent by CreateFeedback. */
export function received(sent: Feedback, now: Date): Received {
  const violations = [...externalIdViolations(sent), ...timeViolations(sent, now)];
  if (violations.length > 0) throw invalid(violations);
  return {
    source: nameOf(Feedback_Source, sent.source)!,
    topic: sent.topic,
    text: sent.text,
    score: sent.score ?? null,
    standing: null,
    customerId: idOrNull(sent.customerId),
    contactId: idOrNull(sent.contactId),
    caseId: idOrNull(sent.caseId),
    productId: idOrNull(sent.productId),
    interactionId: idOrNull(sent.interactionId),
    surveyInvitationId: null,
    ownerId: idOrNull(sent.ownerId),
    ...(sent.deadlineTime && { deadlineTime: sent.deadlineTime }),
    ...(sent.eventTime && { eventTime: sent.eventTime }),
    externalIds: sent.externalIds,
  };
}

export function change(feedback: FeedbackState, sent: Feedback, now: Date): FeedbackState {
  const violations = externalIdViolations(sent);
  if (violations.length > 0) throw invalid(violations);
  return {
    ...feedback,
    topic: sent.topic,
    caseId: idOrNull(sent.caseId),
    productId: idOrNull(sent.productId),
    deadlineTime: sent.deadlineTime ?? feedback.deadlineTime,
    externalIds: sent.externalIds,
    updateTime: now,
  };
}

const idOrNull = (id: string) => id.toLowerCase() || null;

/** The same feedback where it has this owner already. */
export const assign = (feedback: FeedbackState, ownerId: string | null, now: Date): FeedbackState =>
  feedback.ownerId === ownerId ? feedback : { ...feedback, ownerId, updateTime: now };

export const acknowledge = (feedback: FeedbackState, now: Date): FeedbackState =>
  answered(entered(feedback, "ACKNOWLEDGED", now), now);

export const start = (feedback: FeedbackState, now: Date): FeedbackState => {
  if (!isOpen(feedback)) throw illegalMove(feedback, "IN_PROGRESS");
  return entered(feedback, "IN_PROGRESS", now);
};

export const resolve = (feedback: FeedbackState, answer: string, now: Date): FeedbackState => ({
  ...answered(entered(feedback, "RESOLVED", now), now),
  resolveTime: now,
  answer,
});

export const close = (feedback: FeedbackState, now: Date): FeedbackState => ({
  ...entered(feedback, "CLOSED", now),
  closeTime: now,
});

export const markSpam = (feedback: FeedbackState, now: Date): FeedbackState => entered(feedback, "SPAM", now);

/** With a new deadline, at which it may be escalated anew. */
export function reopen(feedback: FeedbackState, policy: PolicyState, now: Date): FeedbackState {
  if (isOpen(feedback))
    throw refuse("precondition", "ILLEGAL_MOVE", `The feedback is ${feedback.state}, and so open.`);
  return {
    ...entered(feedback, feedback.state === "SPAM" ? "NEW" : "IN_PROGRESS", now),
    deadlineTime: deadlineOf(policy, now),
    escalateTime: null,
    resolveTime: null,
    closeTime: null,
  };
}

/** The same feedback where nothing is to be said at this moment. */
export function escalate(feedback: FeedbackState, now: Date): FeedbackState {
  const isDue = isOpen(feedback) && feedback.escalateTime === null && feedback.deadlineTime <= now;
  return isDue ? { ...feedback, escalateTime: now, updateTime: now } : feedback;
}

const answered = (feedback: FeedbackState, now: Date): FeedbackState => ({
  ...feedback,
  responseTime: feedback.responseTime ?? now,
});

function entered(feedback: FeedbackState, state: FeedbackStatus, now: Date): FeedbackState {
  if (!NEXT[feedback.state].includes(state)) throw illegalMove(feedback, state);
  return { ...feedback, state, updateTime: now };
}

const illegalMove = ({ state }: FeedbackState, wanted: FeedbackStatus) =>
  refuse(
    "precondition",
    "ILLEGAL_MOVE",
    `The feedback is ${state}: from there it becomes ${NEXT[state].join(" or ")}, not ${wanted}.`,
  );

function externalIdViolations({ externalIds }: Feedback): Violation[] {
  const ids = externalIds.map(({ system, id }) => `${system} ${id}`);
  return new Set(ids).size < ids.length
    ? [{ field: "feedback.external_ids", description: "must not repeat one" }]
    : [];
}

const timeViolations = ({ eventTime }: Feedback, now: Date): Violation[] =>
  eventTime && eventTime > now
    ? [{ field: "feedback.event_time", description: "must not be in the future", reason: "FUTURE" }]
    : [];

const invalid = (violations: readonly Violation[]) =>
  refuse("invalid", "INVALID_REQUEST", "The request does not keep the rules.", violations);
