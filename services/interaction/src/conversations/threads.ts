// By what a contact finds its conversation, and how those who look for the same one keep off each other.
import type { At } from "@guanxi/kit/at";
import { named } from "@guanxi/kit/store";
import type { ChannelName } from "../interactions/interaction-state.ts";
import { customerKey } from "../interactions/keys.ts";

/**
 * Whoever else looks for one of these waits until this command has ended, on whatever server: so contacts that arrive at
 * once join one after the other, and none begins a conversation that another has just begun.
 */
export async function holdThreads(at: At, names: readonly string[]): Promise<void> {
  for (const name of names) at.claim(`thread ${name}`);
  // Whoever stands in a queue is in nobody's way: longer than the usual second, and shorter than a statement may take.
  at.tell({ name: "threads patience", text: "select set_config('lock_timeout', '4s', true)" });
  await at.ask({
    name: "threads hold",
    // In one order, whoever asks: two who held half each would wait for each other for ever.
    text: `select pg_advisory_xact_lock(k) from
      (select distinct hashtextextended(i.tenant || ' ' || i.name, 0) as k
       from unnest($1::text[], $2::text[]) as i (tenant, name) order by k) held`,
    values: [names.map(() => at.tenantId), names],
    rows: true,
  });
}

interface Led {
  readonly key: string;
  readonly conversationId: string;
}

/** The conversations that these keys lead to; the surest key first. */
export async function conversationsBy(at: At, channel: ChannelName, keys: readonly string[]): Promise<Led[]> {
  if (keys.length === 0) return [];
  return named<Led>(at, {
    name: "threads find",
    text: `select t.key, t.conversation_id as "conversationId" from unnest($2::text[]) with ordinality as i (key, place)
      join conversation_threads t on t.channel = $1 and t.key = i.key order by i.place`,
    values: [channel, keys],
  });
}

/**
 * From now on these keys lead to this conversation; but the id of a mail to where it led, as long as that goes on: anybody may
 * name the mails of others as what they answer.
 */
export function rememberThreads(
  at: At,
  channel: ChannelName,
  conversationId: string,
  keys: readonly string[],
): void {
  const all = [...new Set(keys)];
  if (all.length === 0) return;
  at.tell({
    name: "threads remember",
    text: `insert into conversation_threads as t (channel, key, conversation_id)
      select distinct on (channel, key) * from unnest($1::text[], $2::text[], $3::uuid[]) as i (channel, key, id)
      on conflict (tenant_id, channel, key) do update set conversation_id = excluded.conversation_id
        where t.conversation_id <> excluded.conversation_id and (t.key not like 'mail:%' or not exists (
          select from conversations c where c.conversation_id = t.conversation_id and c.state = 'OPEN'))`,
    values: [all.map(() => channel), all, all.map(() => conversationId)],
    rows: true,
  });
}

/** Who this conversation is not with any more finds it no more. */
export function forgetCustomer(at: At, conversationId: string, customerId: string): void {
  at.tell({
    name: "threads forget customer",
    text: `delete from conversation_threads
      where conversation_id = $1 and (key = $2 or right(key, length($2) + 1) = ' ' || $2)`,
    values: [conversationId, customerKey(customerId)],
    rows: true,
  });
}

/** What leads to conversations that are gone. */
export function forgetThreads(at: At, conversationIds: readonly string[]): void {
  if (conversationIds.length === 0) return;
  at.tell({
    name: "threads forget",
    text: "delete from conversation_threads where conversation_id = any($1::uuid[])",
    values: [conversationIds],
    rows: true,
  });
}
