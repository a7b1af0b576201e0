// The active customers that somebody asks for, as SQL: by segments, by a condition, or both.
import { type At } from "@guanxi/kit/at";
import { toSql } from "@guanxi/kit/filter/sql";
import { built } from "@guanxi/kit/store";
import type { Condition } from "./condition.ts";
import { SUBJECT_ROWS } from "./subject.ts";

export interface Wanted {
  readonly condition?: Condition | undefined;
  /** Of any of these; without one, all. */
  readonly segmentIds?: readonly string[];
  readonly excludedSegmentIds?: readonly string[];
  readonly excludedCustomerIds?: readonly string[];
  /** Only those whose id is greater. */
  readonly afterCustomerId?: string;
}

interface Rows {
  /** Behind "from"; the customers are `c`. */
  readonly text: string;
  readonly values: readonly unknown[];
}

const TABLE = { table: { id: "customer_id", side: "customer_values" } };

export function rowsOf(wanted: Wanted, { now, today }: Pick<At, "now" | "today">): Rows {
  const values: unknown[] = [today];
  const add = (ids: readonly string[]) => `$${values.push(ids)}::uuid[]`;
  const members = (ids: readonly string[]) =>
    `(select m.customer_id from segment_memberships m where m.member and m.segment_id = any(${add(ids)}))`;
  const { condition, segmentIds = [], excludedSegmentIds = [], excludedCustomerIds = [] } = wanted;
  const parts = ["c.state = 'ACTIVE'"];
  if (segmentIds.length > 0) parts.push(`customer_id in ${members(segmentIds)}`);
  if (excludedSegmentIds.length > 0) parts.push(`customer_id not in ${members(excludedSegmentIds)}`);
  if (excludedCustomerIds.length > 0) parts.push(`customer_id <> all(${add(excludedCustomerIds)})`);
  if (wanted.afterCustomerId) parts.push(`customer_id > $${values.push(wanted.afterCustomerId)}::uuid`);
  if (condition) {
    const { text, values: more } = toSql(condition.predicate, TABLE, { from: values.length + 1 });
    parts.push(text);
    values.push(...more({ now, today }));
  }
  return { text: `${SUBJECT_ROWS} where ${parts.join(" and ")}`, values };
}

const MOST_SAMPLED = 10;

/** How many there are, up to `most`; and of more than that, that there are more. */
export async function countRows(at: At, wanted: Wanted, most: number) {
  const { text, values } = rowsOf(wanted, at);
  const [row] = await built<{ count: number }>(at, {
    text: `select count(*)::int as count from (select from ${text} limit ${most + 1}) as found`,
    values,
  });
  return { count: Math.min(row!.count, most), more: row!.count > most };
}

/** Some of them, by their id. */
export async function sampleIds(at: At, wanted: Wanted): Promise<string[]> {
  const { text, values } = rowsOf(wanted, at);
  const rows = await built<{ customerId: string }>(at, {
    text: `select customer_id as "customerId" from ${text} order by customer_id limit ${MOST_SAMPLED}`,
    values,
  });
  return rows.map(({ customerId }) => customerId);
}
