// Customers become one another: who is meant by an id that was given out once, and by which ids a customer has been known.
import type { At } from "@guanxi/kit/at";
import { named } from "@guanxi/kit/store";

/** Whom each of these has become; itself where that is nobody else. */
export async function livingOf(at: At, customerIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await named<{ id: string; living: string }>(at, {
    name: "customers living",
    text: `
with recursive way as (
  select i.id, i.id as place from unnest($1::uuid[]) i (id)
  union
  select w.id, l.merged_into_id from way w join customer_links l on l.customer_id = w.place)
select id, place as living from way w where not exists (select from customer_links l where l.customer_id = w.place)`,
    values: [customerIds],
  });
  return new Map(rows.map(({ id, living }) => [id, living]));
}

/** Of each of these its own id, and those of all who have become it. */
export async function idsOf(at: At, customerIds: readonly string[]): Promise<Map<string, string[]>> {
  const rows = await named<{ living: string; id: string }>(at, {
    name: "customers absorbed",
    text: `
with recursive below as (
  select i.id as living, i.id from unnest($1::uuid[]) i (id)
  union
  select b.living, l.customer_id from customer_links l join below b on l.merged_into_id = b.id)
select living, id from below`,
    values: [customerIds],
  });
  const groups = Map.groupBy(rows, ({ living }) => living);
  return new Map([...groups].map(([living, all]) => [living, all.map(({ id }) => id)]));
}
