// The opportunities that name a competitor, as sales says they are now.
import { mirror } from "@guanxi/bus/reaction";
import { Opportunity } from "@guanxi/contract/guanxi/sales/v1/opportunity";
import { Stage_Type } from "@guanxi/contract/guanxi/sales/v1/pipeline";
import type { At } from "@guanxi/kit/at";
import type { State } from "@guanxi/kit/columns";
import { dayOf } from "@guanxi/kit/days";
import { nameOf } from "@guanxi/kit/enum-names";
import { microsOf } from "@guanxi/kit/micros";
import { named } from "@guanxi/kit/store";
import { table } from "@guanxi/kit/table";
import { EntitySchema } from "typeorm";

interface Deal extends State {
  readonly opportunityId: string;
  /** Nobody's id where none is named: the newest word holds, and it may be that there is none. */
  readonly competitorId: string;
  readonly outcome: "OPEN" | "WON" | "LOST";
  readonly closeDate: string | null;
  readonly amount: bigint | null;
  readonly currencyCode: string | null;
}

const NOBODY = "00000000-0000-0000-0000-000000000000";

/** @public The schema is held against it. */
export const deals = table({
  entity: new EntitySchema<Deal>({
    name: "competitor_deal",
    tableName: "competitor_deals",
    columns: {
      opportunityId: { name: "opportunity_id", type: "uuid", primary: true },
      competitorId: { name: "competitor_id", type: "uuid" },
      outcome: { type: "text" },
      closeDate: { name: "close_date", type: "date", nullable: true },
      amount: { type: "bigint", nullable: true },
      currencyCode: { name: "currency_code", type: "text", nullable: true },
      version: { type: "int" },
    },
  }),
});

export const mirrorDeals = mirror(
  Opportunity,
  deals,
  ({ competitorId, stageType, closeDate, amount }, { aggregateId, version }) => ({
    opportunityId: aggregateId,
    competitorId: competitorId || NOBODY,
    outcome: nameOf(Stage_Type, stageType) ?? "OPEN",
    closeDate: closeDate ? dayOf(closeDate) : null,
    amount: amount ? microsOf(amount) : null,
    currencyCode: amount?.currencyCode ?? null,
    version,
  }),
);

export interface DealSum {
  readonly outcome: Deal["outcome"];
  /** Null for deals of which no amount is known. */
  readonly currencyCode: string | null;
  readonly count: number;
  readonly amount: bigint;
}

/** Open ones stand in it whatever the days: they have not been closed. */
export async function dealSums(
  at: At,
  competitorId: string,
  { from, to }: { readonly from: string | null; readonly to: string | null },
): Promise<DealSum[]> {
  const rows = await named<Omit<DealSum, "amount"> & { amount: string }>(at, {
    name: "competitor deals sum",
    text: `select outcome, currency_code as "currencyCode", count(*)::int as count, coalesce(sum(amount), 0)::text as amount
      from competitor_deals
      where competitor_id = $1 and (outcome = 'OPEN'
        or ($2::date is null or close_date >= $2) and ($3::date is null or close_date <= $3))
      group by outcome, currency_code order by currency_code`,
    values: [competitorId, from, to],
  });
  return rows.map((row) => ({ ...row, amount: BigInt(row.amount) }));
}
