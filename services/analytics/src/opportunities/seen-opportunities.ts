// Opportunities with what belongs to them today: the agent's team, its manager and region, and the customer's country. These
// change without the opportunity, so they are looked up with each question, in tables that are small.
import type { Table } from "@guanxi/kit/table";
import type { OpportunityFact } from "./opportunity-fact.ts";
import { opportunityFacts } from "./opportunity-facts.ts";

export interface SeenOpportunity extends OpportunityFact {
  readonly teamId: string | null;
  readonly managerId: string | null;
  /** The top of the tree of teams. */
  readonly regionId: string | null;
  readonly customerRegionCode: string | null;
  /** The tenant's where there is no amount. */
  readonly currencyCode: string;
  readonly closeMonth: string | null;
  readonly cycleDays: number | null;
}

/** A team of a circle has no top, and one whose parent has not been heard of is its own. */
const TOPS = `
with recursive up (team_id, top_id) as (
  select team_id, team_id from teams
  union
  select up.team_id, p.team_id from up
  join teams t on t.team_id = up.top_id join teams p on p.team_id = t.parent_team_id)
select up.team_id, up.top_id from up join teams top on top.team_id = up.top_id
where not exists (select from teams p where p.team_id = top.parent_team_id)`;

export const SEEN = `(
select f.*, u.team_id, t.manager_id, r.top_id as region_id, nullif(c.region_code, '') as customer_region_code,
  coalesce(f.amount_currency_code, (select s.currency_code from tenant_settings s)) as currency_code,
  to_char(f.close_date, 'YYYY-MM') as close_month, f.close_date - f.open_date as cycle_days
from opportunity_facts f
left join users u on u.user_id = f.owner_id
left join teams t on t.team_id = u.team_id
left join (${TOPS}) r on r.team_id = u.team_id
left join customer_facts c on c.customer_id = f.customer_id)`;

const column = (field: string, name: string, type: string, nullable = true) => ({
  field,
  name,
  type,
  nullable,
});

const columns = [
  ...opportunityFacts.columns,
  column("teamId", "team_id", "uuid"),
  column("managerId", "manager_id", "uuid"),
  column("regionId", "region_id", "uuid"),
  column("customerRegionCode", "customer_region_code", "text"),
  column("currencyCode", "currency_code", "text"),
  column("closeMonth", "close_month", "text"),
  column("cycleDays", "cycle_days", "int"),
  column("amountOrder", "amount_order", "bigint", false),
  column("openOrder", "open_order", "date", false),
  column("closeOrder", "close_order", "date", false),
];

/** For `list`, which only reads. */
export const seenOpportunities = {
  ...opportunityFacts,
  columns,
  select: `select ${columns.map(({ name, field }) => `o.${name} as "${field}"`).join(", ")} from ${SEEN} o`,
} as Table<SeenOpportunity>;
