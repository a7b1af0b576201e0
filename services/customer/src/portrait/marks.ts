import type { Reaction } from "@guanxi/bus/reaction";

/**
 * Up to where an area is known, whatever its events are about. No rebuild takes it back, since a rebuild ends where it was or
 * later.
 */
export const followMark: Reaction = {
  tables: [],
  react(events, at) {
    const newest = events.reduce((a, b) => (a.sequence > b.sequence ? a : b));
    const [, area] = newest.type.split(".");
    const latest = Math.max(...events.map(({ meta }) => meta.time?.getTime() ?? 0));
    at.tell({
      name: "portrait marks move",
      text: `
insert into portrait_marks as m (area, event_time, stream_sequence) values ($1, $2, $3)
on conflict (tenant_id, area) do update set event_time = greatest(m.event_time, excluded.event_time),
  stream_sequence = greatest(m.stream_sequence, excluded.stream_sequence)`,
      values: [area, new Date(latest).toISOString(), BigInt(newest.sequence)],
    });
  },
};
