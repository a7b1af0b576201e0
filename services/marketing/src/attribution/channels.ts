// Who came by which channel, and what was spent on it (R126).
import type { At } from "@guanxi/kit/at";
import { named } from "@guanxi/kit/store";

interface Days {
  readonly from: string | null;
  readonly to: string | null;
}

/** By the number of the channel; a customer that has become another one came with that one. */
export async function customersByChannel(at: At, { from, to }: Days): Promise<Map<number, number>> {
  const rows = await named<{ channel: number; count: number }>(at, {
    name: "customers by channel",
    text: `select source_channel as channel, count(*)::int as count from customers
      where state <> 3 and ($1::date is null or create_date >= $1) and ($2::date is null or create_date <= $2)
      group by source_channel`,
    values: [from, to],
  });
  return new Map(rows.map(({ channel, count }) => [channel, count]));
}

export interface SpentRow {
  readonly kind: string;
  readonly currencyCode: string;
  readonly count: number;
  readonly cost: bigint;
}

/** A campaign is of the day of its launch; before that, of the day on which it was planned. */
export async function spentByKind(at: At, { from, to }: Days): Promise<SpentRow[]> {
  const rows = await named<Omit<SpentRow, "cost"> & { cost: string }>(at, {
    name: "campaigns spent by kind",
    text: `select kind, currency_code as "currencyCode", count(*)::int as count, sum(cost)::text as cost from (
        select *, (coalesce(launch_time, create_time) at time zone $3::text)::date as day from campaigns) c
      where ($1::date is null or day >= $1) and ($2::date is null or day <= $2)
      group by kind, currency_code`,
    values: [from, to, at.timeZone],
  });
  return rows.map((row) => ({ ...row, cost: BigInt(row.cost) }));
}
