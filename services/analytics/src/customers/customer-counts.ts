import type { At } from "@guanxi/kit/at";
import { named } from "@guanxi/kit/store";
import type { Bucket, Difference } from "./customer-fact.ts";

/** What a rebuild empties, besides the facts. */
export const COUNT_TABLES = ["customer_counts", "customer_count_marks"];

/** A bucket that comes down to nothing goes away. */
export function addCounts(at: At, all: readonly Difference[]): void {
  if (all.length === 0) return;
  const buckets = COLUMNS.map((column) => all.map((each) => each[column]));
  at.tell({ name: "customer counts add", text: ADD, values: [...buckets, all.map(({ count }) => count)] });
  at.tell({ name: "customer counts sweep", text: SWEEP, values: buckets });
}

const COLUMNS = ["day", "stage", "grade", "source"] as const;

const ADD = `
insert into customer_counts as c (day, stage, grade, source, count)
select * from unnest($1::date[], $2::int[], $3::int[], $4::int[], $5::int[])
on conflict (tenant_id, day, stage, grade, source) do update set count = c.count + excluded.count`;

const SWEEP = `
delete from customer_counts c using unnest($1::date[], $2::int[], $3::int[], $4::int[]) as i (day, stage, grade, source)
where c.day = i.day and c.stage = i.stage and c.grade = i.grade and c.source = i.source and c.count = 0`;

export interface Mark {
  readonly eventTime: Date;
  readonly streamSequence: bigint;
}

/** Up to where the figures reach; an event that comes again takes nothing back. */
export function moveMark(at: At, { eventTime, streamSequence }: Mark): void {
  at.tell({ name: "customer count mark", text: MARK, values: [eventTime.toISOString(), streamSequence] });
}

const MARK = `
insert into customer_count_marks as m (event_time, stream_sequence) values ($1, $2)
on conflict (tenant_id) do update set event_time = excluded.event_time, stream_sequence = excluded.stream_sequence
where m.stream_sequence < excluded.stream_sequence`;

export async function markOf(at: At): Promise<Mark | undefined> {
  const text = `select event_time as "eventTime", stream_sequence as "streamSequence" from customer_count_marks`;
  const [mark] = await named<Mark>(at, { name: "customer count mark of", text, values: [] });
  return mark;
}

export type Count = Partial<Bucket> & { readonly count: number };

export interface Question {
  /** In the order in which the rows are wanted. */
  readonly by: readonly (keyof Bucket)[];
  /** The span of days, without its end. */
  readonly from: string | null;
  readonly until: string | null;
  readonly limit: number;
}

export async function countsOf(at: At, { by, from, until, limit }: Question): Promise<Count[]> {
  const columns = COLUMNS.filter((column) => by.includes(column)).join(", ");
  const text = `
select ${columns}${columns && ", "}sum(count)::int as count from customer_counts
where day >= coalesce($1::date, '-infinity') and day < coalesce($2::date, 'infinity')
${columns && `group by ${columns}`} having sum(count) > 0 ${columns && `order by ${columns}`} limit $3`;
  return named<Count>(at, { name: `customer counts ${columns}`, text, values: [from, until, limit] });
}
