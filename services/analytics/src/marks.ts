// Up to where in the stream figures reach. Each reader has a table of its own for it, which a rebuild of that reader empties.
import type { Reaction } from "@guanxi/bus/reaction";
import type { At } from "@guanxi/kit/at";
import { named } from "@guanxi/kit/store";

export const SALES_MARKS = "sales_marks";
export const SERVICE_MARKS = "service_marks";
export const MARKETING_MARKS = "marketing_marks";
export const INTERACTION_MARKS = "interaction_marks";

/** Stands last among the reactions of a reader. An event that comes again takes nothing back. */
export const marking = (table: string): Reaction => ({
  tables: [table],
  react(events, at) {
    const { meta, sequence } = events.reduce((a, b) => (a.sequence > b.sequence ? a : b));
    const text = `
insert into ${table} as m (event_time, stream_sequence) values ($1, $2)
on conflict (tenant_id) do update set event_time = excluded.event_time, stream_sequence = excluded.stream_sequence
where m.stream_sequence < excluded.stream_sequence`;
    at.tell({ name: `${table} move`, text, values: [meta.time!.toISOString(), BigInt(sequence)] });
  },
});

/** As an answer says it. Ask before the figures: what commits in between may be in them and not yet here, never the reverse. */
export interface AsOf {
  readonly asOfTime: Date | undefined;
  readonly streamSequence: bigint;
}

export async function asOf(at: At, table: string): Promise<AsOf> {
  const text = `select event_time as "asOfTime", stream_sequence as "streamSequence" from ${table}`;
  const [mark] = await named<AsOf>(at, { name: `${table} as of`, text, values: [] });
  return mark ?? { asOfTime: undefined, streamSequence: 0n };
}
