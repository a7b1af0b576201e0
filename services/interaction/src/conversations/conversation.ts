// What a conversation is and how it may change.
import type { ChannelName } from "../interactions/interaction-state.ts";
import type { ConversationState } from "./conversation-state.ts";

/** What a contact brings to its conversation. */
export interface Joining {
  readonly channel: ChannelName;
  readonly customerId: string | null;
  readonly contactId: string | null;
  readonly partyAddress: string;
  readonly subject: string;
  readonly caseId: string | null;
  readonly eventTime: Date;
}

/** Somebody waits for an answer of ours. */
export interface Wait {
  readonly since: Date;
  readonly due: Date;
}

const END_OF_TIME = new Date("9999-12-31T00:00:00Z");
const DAY_MS = 86_400_000;

/** A conversation in which nothing has been said yet. */
export const begin = (joining: Joining, conversationId: string, now: Date): ConversationState => ({
  conversationId,
  channel: joining.channel,
  customerId: joining.customerId,
  contactId: joining.contactId,
  partyAddress: joining.partyAddress,
  subject: bareSubject(joining.subject),
  state: "OPEN",
  caseId: joining.caseId,
  assigneeId: null,
  interactionCount: 0,
  lastPosition: 0,
  firstTime: joining.eventTime,
  lastTime: joining.eventTime,
  waitingSinceTime: null,
  replyDueTime: null,
  replyDueOrder: END_OF_TIME,
  overdue: false,
  createTime: now,
  updateTime: now,
  version: 0,
});

/** With one more contact; who it is with, and what it is about, is taken from the first that says so. */
export function continued(it: ConversationState, joining: Joining, now: Date): ConversationState {
  const { eventTime } = joining;
  const isSame = it.customerId === null || it.customerId === joining.customerId;
  return {
    ...it,
    customerId: it.customerId ?? joining.customerId,
    contactId: it.contactId ?? (isSame ? joining.contactId : null),
    caseId: it.caseId ?? joining.caseId,
    interactionCount: it.interactionCount + 1,
    lastPosition: it.lastPosition + 1,
    firstTime: eventTime < it.firstTime ? eventTime : it.firstTime,
    lastTime: eventTime > it.lastTime ? eventTime : it.lastTime,
    updateTime: now,
  };
}

/** The longest wait counts, and the earliest due time. */
export function waiting(it: ConversationState, wait: Wait): ConversationState {
  const since = it.waitingSinceTime && it.waitingSinceTime < wait.since ? it.waitingSinceTime : wait.since;
  const due = it.replyDueTime && it.replyDueTime < wait.due ? it.replyDueTime : wait.due;
  return { ...it, waitingSinceTime: since, replyDueTime: due, replyDueOrder: due };
}

export const answered = (it: ConversationState): ConversationState => ({
  ...it,
  waitingSinceTime: null,
  replyDueTime: null,
  replyDueOrder: END_OF_TIME,
  overdue: false,
});

/** Said once for each wait: the next one begins with an answer. */
export const isOverdue = (it: ConversationState, now: Date) =>
  it.state === "OPEN" && !it.overdue && it.replyDueTime !== null && it.replyDueTime <= now;

/** Somebody who waits is not forgotten by it. */
export const isSilent = (it: ConversationState, silenceDays: number, now: Date) =>
  it.state === "OPEN" && it.waitingSinceTime === null && silentFrom(it, silenceDays) <= now;

export const silentFrom = ({ lastTime }: ConversationState, silenceDays: number) =>
  new Date(lastTime.getTime() + silenceDays * DAY_MS);

/** The same one where it is closed already. */
export const close = (it: ConversationState, now: Date): ConversationState =>
  it.state === "CLOSED" ? it : { ...answered(it), state: "CLOSED", updateTime: now };

/** Re:, AW:, 答复： and the like, as often as mail programs have put them there. */
const ANSWER_MARK =
  /^\s*(?:(?:re|aw|sv|antw|fwd?|wg|tr)\s*(?:\[\d+\])?\s*[:：]|(?:答复|回复|转发)\s*[:：])\s*/iu;

export function bareSubject(subject: string): string {
  const bare = subject.replace(ANSWER_MARK, "");
  return bare === subject ? subject.trim() : bareSubject(bare);
}
