// What a contact is and how it may change.
import {
  Channel,
  Direction,
  type EmailDetail,
  type Interaction,
  Interaction_Outcome,
} from "@guanxi/contract/guanxi/interaction/v1/interaction";
import type { Conclusion } from "@guanxi/contract/guanxi/interaction/v1/interaction_service";
import { nameOf } from "@guanxi/kit/enum-names";
import { localDay } from "@guanxi/import/values/zone";
import { refuse, type Violation } from "@guanxi/kit/refuse";
import { externalIdViolations } from "../external-ids.ts";
import type { ChannelName, InteractionState, StoredDetail } from "./interaction-state.ts";

export interface Setting {
  readonly now: Date;
  readonly timeZone: string;
}

/** A contact as it was told; conversation, customer and waits are found out when it is recorded. */
export function take(sent: Interaction, interactionId: string, { now, timeZone }: Setting): InteractionState {
  const eventTime = sent.eventTime ?? now;
  const violations = [
    ...timeViolations(eventTime, now),
    ...externalIdViolations("interaction.external_ids", sent.externalIds),
    ...detailViolations(sent),
  ];
  if (violations.length > 0) throw invalid(violations);
  return {
    ...NOTHING_YET,
    interactionId,
    channel: nameOf(Channel, sent.channel)!,
    direction: nameOf(Direction, sent.direction)!,
    customerId: sent.customerId.toLowerCase() || null,
    contactId: sent.contactId.toLowerCase() || null,
    userId: sent.userId.toLowerCase() || null,
    automatic: sent.automatic,
    partyAddress: sent.partyAddress.trim(),
    partyName: sent.partyName,
    subject: sent.subject,
    body: sent.body,
    eventTime,
    eventDate: localDay(eventTime.getTime(), timeZone),
    detail: sent.detail ?? null,
    inReplyToInteractionId: sent.inReplyToInteractionId.toLowerCase() || null,
    ...linksOf(sent),
    externalIds: sent.externalIds,
    createTime: now,
    updateTime: now,
  };
}

const NOTHING_YET = {
  conversationId: null,
  position: null,
  outcome: null,
  outcomeNote: "",
  learned: null,
  learnedKind: null,
  replyDueTime: null,
  replyTime: null,
  replyInteractionId: null,
  responseSeconds: null,
  replyOverdue: false,
  delivery: null,
  deliveryState: null,
  causeKey: null,
  campaignMessageId: null,
  campaignId: null,
  caseWish: null,
  version: 0,
} as const;

export const change = (it: InteractionState, sent: Interaction, now: Date): InteractionState => ({
  ...it,
  ...linksOf(sent),
  updateTime: now,
});

/** What may be told later too. */
const linksOf = (sent: Interaction) => ({
  durationSeconds: sent.durationSeconds,
  caseId: sent.caseId.toLowerCase() || null,
  opportunityId: sent.opportunityId.toLowerCase() || null,
  orderId: sent.orderId.toLowerCase() || null,
  topic: sent.topic || null,
});

const timeViolations = (eventTime: Date, now: Date): Violation[] =>
  eventTime <= now ? [] : [{ field: "interaction.event_time", description: "must not be in the future" }];

const DETAILS = { email: ["EMAIL"], phone: ["PHONE", "SMS"], social: ["SOCIAL", "WECHAT"] } as const;

function detailViolations({ channel, detail }: Interaction): Violation[] {
  if (!detail) return [];
  const fitting: readonly (ChannelName | null)[] = DETAILS[detail.$case];
  if (fitting.includes(nameOf(Channel, channel))) return [];
  const description = `does not go with the channel: it is for ${fitting.join(" and ")}`;
  return [{ field: `interaction.${detail.$case}`, description, reason: "WRONG_DETAIL" }];
}

/** What only our own reader of mails may say: above all that a text is safe to be shown. */
export function withoutOwnWords(detail: StoredDetail | null): StoredDetail | null {
  if (detail?.$case !== "email") return detail;
  const ours: Partial<EmailDetail> = {
    quotedText: "",
    signature: "",
    safeHtml: "",
    htmlLeftOut: false,
    kind: 0,
  };
  return { $case: "email", value: { ...detail.value, ...ours } };
}

/** The same contact where all of it was said before. */
export function conclude(it: InteractionState, said: Conclusion, now: Date, path: string): InteractionState {
  const facts = (said.learned?.facts ?? []).map((fact) => fact.trim()).filter((fact) => fact !== "");
  const nothingNew = said.learned?.nothingNew ?? false;
  if (facts.length === 0 && !nothingNew) throw learnedMissing(path);
  if (facts.length > 0 && nothingNew)
    throw invalid([
      {
        field: `${path}.learned.nothing_new`,
        description: "must not be said beside facts",
        reason: "LEARNED_BOTH",
      },
    ]);
  return {
    ...it,
    outcome: nameOf(Interaction_Outcome, said.outcome),
    outcomeNote: said.note,
    learned: { facts, nothingNew },
    learnedKind: nothingNew ? "NOTHING_NEW" : "FACTS",
    updateTime: now,
  };
}

const learnedMissing = (path: string) =>
  refuse(
    "precondition",
    "LEARNED_MISSING",
    "Say at least one thing that the contact taught us of the customer, or that there was nothing new.",
    [{ field: `${path}.learned`, description: "must name a fact or nothing_new", reason: "LEARNED_MISSING" }],
  );

const invalid = (violations: readonly Violation[]) =>
  refuse("invalid", "INVALID_REQUEST", "The request does not keep the rules.", violations);

/** On these one speaks with each other, so that whoever took the contact has answered it. */
const FACE_TO_FACE: readonly ChannelName[] = ["PHONE", "VISIT", "WALK_IN"];

/** How long somebody waited who was answered within the contact itself; undefined where an answer is still owed, or none. */
function ownAnswer({ channel, detail }: InteractionState): number | undefined {
  if (!FACE_TO_FACE.includes(channel)) return undefined;
  const call = detail?.$case === "phone" ? detail.value : undefined;
  return call?.abandoned ? undefined : (call?.waitSeconds ?? 0);
}

/** A human being of ours has spoken with the customer by it. A message that is still to be sent has not arrived yet. */
export const speaks = (it: InteractionState) =>
  !it.automatic &&
  it.deliveryState === null &&
  (it.direction === "OUTBOUND" || (it.direction === "INBOUND" && ownAnswer(it) !== undefined));

const MINUTE_MS = 60_000;

/** The wait that a contact begins, or the answer that it had in itself. */
export function withReply(it: InteractionState, replyMinutes: number): InteractionState {
  if (it.direction !== "INBOUND" || it.automatic) return it;
  const waited = ownAnswer(it);
  if (waited === undefined)
    return { ...it, replyDueTime: new Date(it.eventTime.getTime() + replyMinutes * MINUTE_MS) };
  return {
    ...it,
    replyTime: new Date(it.eventTime.getTime() + waited * 1000),
    replyInteractionId: it.interactionId,
    responseSeconds: waited,
  };
}

/** A wait that has ended with an answer. */
export const replied = (
  it: InteractionState,
  by: { readonly interactionId: string; readonly time: Date },
  now: Date,
): InteractionState => ({
  ...it,
  replyTime: by.time,
  replyInteractionId: by.interactionId,
  responseSeconds: Math.max(0, Math.floor((by.time.getTime() - it.eventTime.getTime()) / 1000)),
  replyOverdue: it.replyDueTime !== null && it.replyDueTime < by.time,
  updateTime: now,
});

/** What answered it has not arrived. */
export const unreplied = (it: InteractionState, now: Date): InteractionState => ({
  ...it,
  replyTime: null,
  replyInteractionId: null,
  responseSeconds: null,
  updateTime: now,
});
