import type { HeldSums } from "@guanxi/bus/held";
import type { At } from "@guanxi/kit/at";
import { named } from "@guanxi/kit/store";
import type { Period } from "../figures.ts";
import type { Bucket, Difference } from "./customer-fact.ts";

export const COUNTS = "customer_counts";
export const COUNT_MARKS = "customer_count_marks";

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

export const heldCounts: HeldSums = {
  table: COUNTS,
  keys: COLUMNS,
  sums: ["count"],
  anew: `select ${COLUMNS.join(", ")}, count(*)::int as count from customer_facts where not archived group by 1, 2, 3, 4`,
};

export type Count = Partial<Bucket> & { readonly count: number };

export interface Question extends Period {
  readonly by: readonly (keyof Bucket)[];
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
