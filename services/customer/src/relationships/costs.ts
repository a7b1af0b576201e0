// What was spent on relations, day by day.
import type { RelationshipCost } from "@guanxi/contract/guanxi/customer/v1/relationship";
import type { At } from "@guanxi/kit/at";
import { addDays, dateOf, dayOf, isDay } from "@guanxi/kit/days";
import { catalogue } from "@guanxi/kit/filter/catalogue";
import { moneyOf } from "@guanxi/kit/micros";
import { refuse } from "@guanxi/kit/refuse";
import { named } from "@guanxi/kit/store";
import { table } from "@guanxi/kit/table";
import { EntitySchema } from "typeorm";

interface CostState {
  readonly relationshipCostId: string;
  readonly relationshipId: string;
  readonly costDate: string;
  readonly amountMicros: bigint;
  readonly currencyCode: string;
  readonly minutes: number;
  readonly note: string;
  readonly createTime: Date;
  readonly version: number;
}

/** Read only: a cost is written beside the relation that it was spent on. */
export const relationshipCosts = table({
  entity: new EntitySchema<CostState>({
    name: "relationship_cost",
    tableName: "relationship_costs",
    columns: {
      relationshipCostId: { name: "relationship_cost_id", type: "uuid", primary: true },
      relationshipId: { name: "relationship_id", type: "uuid" },
      costDate: { name: "cost_date", type: "date" },
      amountMicros: { name: "amount_micros", type: "bigint" },
      currencyCode: { name: "currency_code", type: "text" },
      minutes: { type: "int" },
      note: { type: "text" },
      createTime: { name: "create_time", type: "timestamptz" },
      version: { type: "int" },
    },
  }),
});

export const costFields = catalogue<CostState>({ id: "relationship_cost_id", side: "" }, [
  { name: "date", type: "date", stored: { column: "cost_date" }, read: ({ costDate }) => costDate },
]);

export const presentCost = (cost: CostState): RelationshipCost => ({
  relationshipCostId: cost.relationshipCostId,
  date: dateOf(cost.costDate),
  amount: moneyOf(cost.amountMicros, cost.currencyCode),
  minutes: cost.minutes,
  note: cost.note,
  createTime: cost.createTime,
});

/** As it is kept. Money of another currency could not be held against what the customer brings. */
export function costOf(sent: RelationshipCost, at: At): RelationshipCost {
  const date = sent.date && isDay(sent.date) ? dayOf(sent.date) : "";
  if (date === "" || date > at.today) throw invalid("date", "must be a day until today", "INVALID_DATE");
  const { currencyCode, units, nanos } = sent.amount!;
  if (currencyCode !== at.currencyCode)
    throw invalid("amount.currency_code", `must be ${at.currencyCode}`, "CURRENCY");
  if (units < 0n || nanos < 0) throw invalid("amount", "must not be negative", "NEGATIVE");
  return { ...sent, relationshipCostId: at.newId(), createTime: at.now };
}

const invalid = (field: string, description: string, reason: string) =>
  refuse("invalid", "INVALID_REQUEST", "The cost cannot be kept.", [
    { field: `cost.${field}`, description, reason },
  ]);

/** Today included. */
export const WINDOW_DAYS = 365;

export interface Spent {
  readonly micros: bigint;
  readonly minutes: number;
  /** The first day of the window on which something was spent. */
  readonly since: string | null;
}

export const NOTHING_SPENT: Spent = { micros: 0n, minutes: 0, since: null };

/** By the relation, over the window that ends today. */
export async function spentOn(at: At, relationshipIds: readonly string[]): Promise<Map<string, Spent>> {
  if (relationshipIds.length === 0) return new Map();
  const rows = await named<Spent & { relationshipId: string }>(at, {
    name: "relationship costs spent",
    text: `
select relationship_id as "relationshipId", least(sum(amount_micros), 9223372036854775807)::bigint as micros,
  least(sum(minutes), 2147483647)::int as minutes, min(cost_date) as since
from relationship_costs
where relationship_id = any($1::uuid[]) and cost_date between $2::date and $3::date and currency_code = $4
group by relationship_id`,
    values: [relationshipIds, addDays(at.today, 1 - WINDOW_DAYS), at.today, at.currencyCode],
  });
  return new Map(rows.map(({ relationshipId, ...spent }) => [relationshipId, spent]));
}
