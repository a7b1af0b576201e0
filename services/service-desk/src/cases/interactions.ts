// What is said in the interaction service, as far as it concerns a case: answers, words of customers, and wishes for a case.
import { onState, type StateChange } from "@guanxi/bus/reaction";
import {
  Channel,
  Delivery_State,
  Direction,
  Interaction,
} from "@guanxi/contract/guanxi/interaction/v1/interaction";
import { Case, Case_Kind, Case_Origin } from "@guanxi/contract/guanxi/service_desk/v1/case";
import type { At } from "@guanxi/kit/at";
import { find, lockFound, named } from "@guanxi/kit/store";
import { queues } from "../queues/queues.ts";
import { cases } from "./cases.ts";
import { isOver } from "./case-status.ts";
import { openCase } from "./open-case.ts";
import type { CaseState } from "./case-state.ts";
import { answered, heard } from "./words.ts";

export const hearInteractions = onState(Interaction, [], async (changes, at) => {
  for (const change of changes) await hear(change, at);
});

async function hear(change: StateChange<Interaction>, at: At): Promise<void> {
  const { state } = change;
  if (!state) return;
  const before = beforeOf(change);
  const word = newWord(state, before);
  const wished = wishes(state) && !(before !== undefined && wishes(before));
  if (word) await (wished ? goOn(at, state, word) : tell(at, state, word));
  else if (wished && state.caseId === "") await grant(at, state);
}

/** A contact speaks to its case once, however often it changes. */
function newWord(state: Interaction, before: Interaction | undefined): Said | undefined {
  const word = wordOf(state);
  if (!word || !before || before.caseId !== state.caseId) return word;
  return wordOf(before) ? undefined : word;
}

/** An event has of what was before only what is different. */
function beforeOf({ state, previous, changedFields }: StateChange<Interaction>): Interaction | undefined {
  if (!state || !previous) return undefined;
  const keys = changedFields.map((field) =>
    field.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
  );
  const old = keys.map((key) => [key, previous[key as keyof Interaction]]);
  return { ...state, ...(Object.fromEntries(old) as Partial<Interaction>) };
}

interface Said {
  readonly who: "customer" | "we";
  readonly time: Date | undefined;
}

/** What counts as a word to the case: of people only, and of ours only what has left the house. */
function wordOf({ caseId, automatic, direction, delivery, eventTime }: Interaction): Said | undefined {
  if (caseId === "" || automatic) return undefined;
  if (direction === Direction.INBOUND) return { who: "customer", time: eventTime };
  if (direction !== Direction.OUTBOUND) return undefined;
  if (!delivery) return { who: "we", time: eventTime };
  return delivery.state === Delivery_State.SENT ? { who: "we", time: delivery.stateTime } : undefined;
}

/** Whoever writes on after the case is over has something new: a case that follows it, as long as it asks for one. */
async function goOn(at: At, state: Interaction, word: Said): Promise<void> {
  const it = await goingOn(at, state.caseId);
  if (it && !isOver(it)) return tell(at, state, word);
  await grant(at, state, it?.caseId);
}

async function tell(
  at: At,
  { caseId, interactionId }: Interaction,
  { who, time = at.now }: Said,
): Promise<void> {
  const it = await goingOn(at, caseId);
  if (!it) return;
  const word = { interactionId, time: within(it, time, at.now) };
  await (who === "we" ? answered(at, it, word) : heard(at, it, word));
}

/** Clocks of two services differ, and a contact may be older than its case. */
const within = ({ openTime }: CaseState, time: Date, now: Date) =>
  time < openTime ? openTime : time > now ? now : time;

/** So many merges one behind the other nobody makes. */
const MOST_MERGES = 20;

/** The case, locked; of one that was merged, the one that it goes on in. */
async function goingOn(at: At, caseId: string): Promise<CaseState | undefined> {
  let id = caseId;
  for (let merges = 0; merges < MOST_MERGES; merges++) {
    const [it] = await lockFound(at, cases, [id]);
    if (!it?.mergedIntoCaseId) return it;
    id = it.mergedIntoCaseId;
  }
  return undefined;
}

const wishes = ({ caseWish, automatic }: Interaction) => caseWish !== undefined && !automatic;

/** One conversation has one case, however many mails come before the first of them is linked. */
async function grant(at: At, interaction: Interaction, overCaseId?: string): Promise<void> {
  const { conversationId, eventTime = at.now } = interaction;
  const caseId = await caseOfConversation(at, conversationId);
  if (caseId !== undefined) return tell(at, { ...interaction, caseId }, { who: "customer", time: eventTime });
  const queueId = interaction.caseWish?.queueId ?? "";
  const known = await find(at, queues, [queueId]); // one that is not there must not keep a customer waiting
  const sent = caseFrom(interaction, known.length > 0 ? queueId : "");
  await openCase(at, sent, eventTime < at.now ? eventTime : at.now, overCaseId);
}

async function caseOfConversation(at: At, conversationId: string): Promise<string | undefined> {
  if (conversationId === "") return undefined;
  const [, [row]] = await Promise.all([
    named(at, {
      name: "conversation hold",
      text: "select pg_advisory_xact_lock(hashtextextended('conversation ' || $1, 0))",
      values: [conversationId],
    }),
    named<{ caseId: string }>(at, {
      name: "case of conversation",
      text: `select case_id as "caseId" from cases where conversation_id = $1
        and status not in ('CLOSED', 'CANCELLED', 'MERGED') order by open_time desc limit 1`,
      values: [conversationId],
    }),
  ]);
  return row?.caseId;
}

const SUBJECT = 500;
const DESCRIPTION = 20_000;

const caseFrom = (interaction: Interaction, queueId: string): Case =>
  Case.fromPartial({
    kind: /complaint|投诉/i.test(interaction.topic) ? Case_Kind.COMPLAINT : Case_Kind.REQUEST,
    origin: ORIGINS[interaction.channel] ?? Case_Origin.UNSPECIFIED,
    subject: titleOf(interaction).slice(0, SUBJECT).toWellFormed(),
    description: interaction.body.slice(0, DESCRIPTION).toWellFormed(),
    topic: interaction.topic,
    customerId: interaction.customerId,
    contactId: interaction.contactId,
    orderId: interaction.orderId,
    conversationId: interaction.conversationId,
    queueId,
  });

const titleOf = ({ subject, body }: Interaction) =>
  subject.trim() || body.trim().split("\n", 1)[0] || "(no subject)";

const ORIGINS: Readonly<Record<number, Case_Origin>> = {
  [Channel.PHONE]: Case_Origin.PHONE,
  [Channel.EMAIL]: Case_Origin.EMAIL,
  [Channel.SOCIAL]: Case_Origin.SOCIAL,
  [Channel.WEB_CHAT]: Case_Origin.CHAT,
  [Channel.SMS]: Case_Origin.SMS,
  [Channel.WECHAT]: Case_Origin.WECHAT,
  [Channel.VISIT]: Case_Origin.VISIT,
  [Channel.WALK_IN]: Case_Origin.WALK_IN,
};
