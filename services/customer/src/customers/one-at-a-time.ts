import type { At } from "@guanxi/kit/at";
import { named } from "@guanxi/kit/store";

/**
 * Until this command has ended, no other one of the tenant goes on that has asked for one of the same names. For what has no row yet
 * that could be locked. What is read behind it is what the others have left.
 */
export async function oneAtATime(at: At, names: readonly string[]): Promise<void> {
  if (names.length === 0) return;
  // Within a transaction that requests share, the database would let both in.
  for (const name of names) at.claim(`one at a time ${name}`);
  await named(at, {
    name: "one at a time",
    text: `
select pg_advisory_xact_lock(i.key) from (
  select distinct hashtextextended(tenant()::text || ' ' || name, 0) as key from unnest($1::text[]) as n (name) order by 1) i`,
    values: [names],
  });
}
