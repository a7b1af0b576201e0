// Who is busy when: booked tasks and planned visits of one person never overlap.
import type { At } from "@guanxi/kit/at";
import { refuse } from "@guanxi/kit/refuse";
import { named } from "@guanxi/kit/store";

export interface Span {
  readonly start: Date;
  readonly end: Date;
}

export interface Booking extends Span {
  /** A task or a visit. */
  readonly what: "task" | "visit";
  readonly id: string;
}

/** Whoever looks for a free place of a person and takes it does so alone, until this command has ended. */
export async function holdBookings(at: At, userId: string): Promise<void> {
  at.claim(`bookings ${userId}`);
  await named(at, {
    name: "bookings hold",
    text: "select pg_advisory_xact_lock(hashtextextended('bookings ' || tenant()::text || $1, 0))",
    values: [userId],
  });
}

// Nothing is booked for longer than a day, so that an index finds what begins shortly before.
const BOOKED = `
select 'task' as what, task_id as id, planned_start_time as start, planned_end_time as "end" from tasks
where assignee_id = $1 and planned_start_time < $3 and planned_start_time >= $2::timestamptz - interval '1 day'
  and planned_end_time > $2 and state in ('OPEN', 'IN_PROGRESS')
union all
select 'visit', visit_id, planned_start_time, planned_end_time from visits
where user_id = $1 and planned_start_time < $3 and planned_start_time >= $2::timestamptz - interval '1 day'
  and planned_end_time > $2 and state = 'PLANNED'
order by start`;

/** What a person has between two moments. */
export const bookingsOf = (at: At, userId: string, { start, end }: Span): Promise<Booking[]> =>
  named<Booking>(at, {
    name: "bookings",
    text: BOOKED,
    values: [userId, start.toISOString(), end.toISOString()],
  });

/** Takes the place, or says what is there; `id` is the task or visit that is to have it. */
export async function requireFree(
  at: At,
  userId: string | null,
  span: Span | null,
  id: string,
): Promise<void> {
  if (!userId || !span) return;
  await holdBookings(at, userId);
  const [there] = (await bookingsOf(at, userId, span)).filter((booking) => booking.id !== id);
  if (!there) return;
  const { what, start, end } = there;
  const times = `from ${start.toISOString()} to ${end.toISOString()}`;
  throw refuse(
    "precondition",
    "BOOKED_ALREADY",
    `The person has ${what} ${there.id} ${times}: choose another time.`,
    [{ field: "planned_start_time", description: `lies in ${what} ${there.id}`, reason: "BOOKED_ALREADY" }],
  );
}
