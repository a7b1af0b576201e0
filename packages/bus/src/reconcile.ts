import type { JetStreamManager } from "@nats-io/jetstream";
import { headersOf } from "./headers.ts";
import type { Publish } from "./publisher.ts";
import type { Session } from "./session.ts";
import { idAt } from "./stream.ts";

interface Logged {
  readonly event_id: string;
  readonly stream_sequence: string;
}

const MARK = `select event_id, stream_sequence from event_log
  order by stream_sequence desc offset $1 limit 1`;
const TAIL = `select event_id, subject, payload, stream_sequence from event_log
  where stream_sequence > $1 order by stream_sequence limit 500`;
const RENUMBER = `update event_log e set stream_sequence = i.stream_sequence
  from unnest($1::uuid[], $2::bigint[]) as i (event_id, stream_sequence)
  where e.event_id = i.event_id and e.stream_sequence > $3`;

/**
 * Before the first publish of a leadership: does the stream still hold what the log says it held? If it came back from a crash
 * shorter, what is missing is published again in its old order, so that nothing new takes the place of something old.
 */
export async function reconcile(
  session: Session,
  jsm: JetStreamManager,
  publish: Publish,
  stream: string,
): Promise<void> {
  const mark = await lastHeld(session, jsm, stream);
  const ids: string[] = [];
  const sequences: number[] = [];
  for (let from = mark; ; ) {
    const page = await session.ask<Logged & { subject: string; payload: Buffer }>(TAIL, [from]);
    for (const { event_id, subject, payload } of page) {
      if (!session.holdsLease()) await session.ask("select 1");
      ids.push(event_id);
      sequences.push(await publish(subject, payload, headersOf({ event_id, subject, payload }, "")));
    }
    const last = page.at(-1);
    if (!last) break;
    from = last.stream_sequence;
  }
  // All at once: a half renumbered log would let the next look find a match above what is still missing.
  if (ids.length > 0) await session.ask(RENUMBER, [ids, sequences, mark]);
}

/** A lost tail is a suffix, so looking back in doubling steps finds a place that is not above its beginning. */
async function lastHeld(session: Session, jsm: JetStreamManager, stream: string): Promise<string> {
  for (let back = 0; ; back = back * 2 + 1) {
    const [logged] = await session.ask<Logged>(MARK, [back]);
    if (!logged) return "0";
    const id = await idAt(jsm, stream, Number(logged.stream_sequence));
    if (id === logged.event_id || id === "expired") return logged.stream_sequence;
  }
}
