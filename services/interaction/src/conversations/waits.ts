// What becomes of contacts that wait for an answer and get none.
import { InteractionChanged } from "@guanxi/contract/guanxi/interaction/v1/interaction_events";
import type { At } from "@guanxi/kit/at";
import { lock, named, record } from "@guanxi/kit/store";
import type { InteractionState } from "../interactions/interaction-state.ts";
import { interactions } from "../interactions/interactions.ts";

/** The contacts too say that their time is over. */
export const markLate = (at: At, conversationId: string): Promise<void> =>
  changeAll(at, () => lateIn(at, conversationId), { replyOverdue: true });

/** Nobody is going to answer any more: a promise that is broken stays so, the others are not asked for. */
export async function endWaits(at: At, conversationId: string): Promise<void> {
  await markLate(at, conversationId);
  await changeAll(at, () => notYetDueIn(at, conversationId), { replyDueTime: null });
}

const AT_ONCE = 500;

async function changeAll(at: At, some: () => Promise<string[]>, change: Partial<InteractionState>) {
  for (let more = true; more; ) {
    const ids = await some();
    const locked = await lock(at, interactions, ids);
    const changed = locked.map((it) => ({ ...it, ...change, updateTime: at.now }));
    record(at, interactions, changed, InteractionChanged);
    more = ids.length === AT_ONCE;
  }
}

const lateIn = (at: At, conversationId: string) =>
  idsOf(at, {
    name: "interactions late",
    text: `select interaction_id as "interactionId" from interactions
      where conversation_id = $1 and reply_due_time <= $2 and reply_time is null and not reply_overdue
      order by interaction_id limit $3`,
    values: [conversationId, at.now, AT_ONCE],
  });

const notYetDueIn = (at: At, conversationId: string) =>
  idsOf(at, {
    name: "interactions not yet due",
    text: `select interaction_id as "interactionId" from interactions
      where conversation_id = $1 and reply_due_time > $2 and reply_time is null
      order by interaction_id limit $3`,
    values: [conversationId, at.now, AT_ONCE],
  });

async function idsOf(at: At, query: Parameters<typeof named>[1]): Promise<string[]> {
  const rows = await named<{ interactionId: string }>(at, query);
  return rows.map(({ interactionId }) => interactionId);
}
