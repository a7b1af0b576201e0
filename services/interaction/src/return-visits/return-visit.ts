// What was said at a return visit; never changed.
import { Channel } from "@guanxi/contract/guanxi/interaction/v1/interaction";
import type {
  FormAnswer,
  ReturnVisit,
  StatedNeed,
} from "@guanxi/contract/guanxi/interaction/v1/return_visit";
import { nameOf, type NameOf, numberOf } from "@guanxi/kit/enum-names";
import { etagOf } from "@guanxi/kit/etag";
import { refuse } from "@guanxi/kit/refuse";

export interface ReturnVisitState {
  readonly returnVisitId: string;
  readonly taskId: string | null;
  readonly customerId: string;
  readonly contactId: string | null;
  readonly channel: NameOf<typeof Channel>;
  readonly rating: number;
  readonly answers: readonly FormAnswer[];
  readonly needs: readonly StatedNeed[];
  readonly userId: string | null;
  readonly interactionId: string;
  readonly eventTime: Date;
  readonly createTime: Date;
  readonly version: number;
}

/** At which somebody is unhappy with us. */
const LOW_RATING = 2;
const LONGEST_FACT = 1000;

export const isLow = ({ rating }: Pick<ReturnVisitState, "rating">) => rating > 0 && rating <= LOW_RATING;

export interface Told {
  readonly returnVisitId: string;
  readonly interactionId: string;
  readonly userId: string;
  readonly now: Date;
}

export const takeReturnVisit = (sent: ReturnVisit, told: Told): ReturnVisitState => ({
  returnVisitId: told.returnVisitId,
  taskId: sent.taskId.toLowerCase() || null,
  customerId: sent.customerId.toLowerCase(),
  contactId: sent.contactId.toLowerCase() || null,
  channel: nameOf(Channel, sent.channel) ?? "PHONE",
  rating: sent.rating,
  answers: sent.answers,
  needs: sent.needs.map(({ statement, productId }) => ({ statement, productId: productId.toLowerCase() })),
  userId: told.userId || null,
  interactionId: told.interactionId,
  eventTime: sent.eventTime ?? told.now,
  createTime: told.now,
  version: 0,
});

export function requirePast({ eventTime }: ReturnVisit, now: Date): void {
  if (!eventTime || eventTime <= now) return;
  throw refuse("invalid", "INVALID_REQUEST", "The request does not keep the rules.", [
    { field: "return_visit.event_time", description: "must not be in the future", reason: "IN_THE_FUTURE" },
  ]);
}

/** The form as a text, for the customer's history. */
export const bodyOf = ({ answers, needs, rating }: ReturnVisit): string =>
  [
    ...(rating > 0 ? [`Rating of our recent work: ${rating} of 5`] : []),
    ...answers.map(({ question, answer }) => `${question}\n${answer}`),
    ...needs.map(({ statement }) => `Need: ${statement}`),
  ].join("\n\n");

/** What it taught us; a talk without a need or a rating taught nothing. */
export function learnedOf({ needs, rating }: ReturnVisit) {
  const facts = needs.slice(0, 19).map(({ statement }) => statement.slice(0, LONGEST_FACT).toWellFormed());
  if (rating > 0) facts.push(`Rates our recent work ${rating} of 5.`);
  return { facts, nothingNew: facts.length === 0 };
}

/** The whole public state, as events carry it. */
export const present = (visit: ReturnVisitState): ReturnVisit => ({
  returnVisitId: visit.returnVisitId,
  taskId: visit.taskId ?? "",
  customerId: visit.customerId,
  contactId: visit.contactId ?? "",
  channel: numberOf(Channel, visit.channel),
  rating: visit.rating,
  answers: [...visit.answers],
  needs: [...visit.needs],
  userId: visit.userId ?? "",
  interactionId: visit.interactionId,
  eventTime: visit.eventTime,
  createTime: visit.createTime,
  etag: etagOf(visit),
});
