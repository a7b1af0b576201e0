import type { Share } from "@guanxi/kit/transaction";
import type { Difference } from "./compare.ts";
import type { HeldSums } from "./held.ts";
import { type Tally, type TallyRow, tallyOf, tallySql } from "./tally.ts";

export interface SumsHeldAgainst {
  readonly table: string;
  readonly anew: Tally;
  readonly here: Tally;
  readonly differences: readonly Difference[];
}

/** Sums move with the rows that they are of, in one transaction: what one statement sees of both has to agree. */
export async function compareSums(
  share: Share,
  { table, keys, sums, anew }: HeldSums,
): Promise<SumsHeldAgainst> {
  const columns = [...keys, ...sums].join(", ");
  const id = `concat_ws(' ', ${keys.join(", ")})`;
  const all = `concat_ws(' ', ${columns})`;
  const text = `
with here as (select ${columns} from ${table}), anew as materialized (select ${columns} from (${anew}) a),
differing as (
  select ${id} as id, 1 as missing, 0 as extra from (select * from anew except all select * from here) m
  union all
  select ${id}, 0, 1 from (select * from here except all select * from anew) e),
differences as (select id, sum(missing)::int as missing, sum(extra)::int as extra from differing group by id)
select (select row_to_json(t) from (select ${tallySql(all)} from anew) t) as anew,
  (select row_to_json(t) from (select ${tallySql(all)} from here) t) as here,
  coalesce((select json_agg(d order by d.id) from differences d), '[]') as differences`;
  const [row] = await share.ask({ text });
  // The columns are named as the fields of Compared by the statement above.
  const { anew: made, here, differences } = row as unknown as Compared;
  return {
    table,
    anew: tallyOf(made),
    here: tallyOf(here),
    differences: differences.map(({ id, missing, extra }) => ({ id, kind: kindOf(missing, extra) })),
  };
}

interface Compared {
  readonly anew: TallyRow;
  readonly here: TallyRow;
  readonly differences: readonly { readonly id: string; readonly missing: number; readonly extra: number }[];
}

function kindOf(missing: number, extra: number): Difference["kind"] {
  if (missing === extra) return "CHANGED";
  return missing > extra ? "LOST" : "EXTRA";
}
