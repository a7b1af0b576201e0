import type { At } from "@guanxi/kit/at";
import { named } from "@guanxi/kit/store";
import { everyIdRow } from "../customers/every-id.ts";
import { customerFacts, type FactsState } from "./facts.ts";
import { lastDrop, lastScore, lastValue } from "./last-items.ts";

/**
 * Counts anew what customers do, from what the other services have said of them so far, and answers it. Nothing is added to
 * what stood there before, so it may be done at any time and as often as one likes.
 */
export async function refreshFacts(at: At, customerIds: readonly string[]): Promise<Map<string, FactsState>> {
  if (customerIds.length === 0) return new Map();
  const ids = [...new Set(customerIds)].sort();
  const rows = await named<FactsState>(at, {
    name: "customer facts refresh",
    text: REFRESH,
    values: [ids, at.today, at.currencyCode, at.now.toISOString()],
  });
  return new Map(rows.map((row) => [row.customerId, row]));
}

const columns = customerFacts.columns.map(({ name }) => name);
const renewed = columns
  .filter((name) => name !== "customer_id" && name !== "version")
  .map((name) => `${name} = excluded.${name}`);

/** Of the last days, today included. */
const within = (date: string, days: number) => `${date} between i.today - ${days - 1} and i.today`;

const WINDOWS = [30, 90, 365];

/** The first day on which a number of these windows differs though nothing happens: something leaves one, or its day comes. */
const dueOf = (date: string, windows = WINDOWS) => `
      least(min(${date}) filter (where ${date} > i.today),
        ${windows.map((days) => `min(${date}) filter (where ${within(date, days)}) + ${days}`).join(",\n        ")}) as due`;

/** Of the rows that `which` takes; a sum that leaves the range of a bigint ends at its edge. */
const sum = (micros: string, which: string) =>
  `least(greatest(coalesce(sum(${micros}) filter (where ${which}), 0), -9223372036854775807), 9223372036854775807)::bigint`;

const OWN = "currency_code = i.currency";
const YEAR = within("order_date", 365);

const ORDERS = `
    select (count(*) filter (where not credit_note))::int as order_count,
      min(order_date) filter (where not credit_note) as first_order_date,
      max(order_date) filter (where not credit_note) as last_order_date,
      ${sum("net_micros", OWN)} as revenue_micros,
      ${sum("margin_micros", OWN)} as margin_micros,
      ${WINDOWS.map((days) => `(count(*) filter (where not credit_note and ${within("order_date", days)}))::int as orders_${days}d`).join(",\n      ")},
      ${sum("net_micros", `${OWN} and ${YEAR}`)} as revenue_365d_micros,
      ${sum("margin_micros", `${OWN} and ${YEAR}`)} as margin_365d_micros,${dueOf("order_date")}
    from purchases p where p.customer_id = i.customer_id`;

const PIPELINE = `
    select (count(*) filter (where kind = 'order'))::int as open_order_count,
      (count(*) filter (where kind = 'opportunity'))::int as open_opportunity_count,
      ${sum("amount_micros", `kind = 'opportunity' and ${OWN}`)} as open_opportunity_micros
    from portrait_sales p where p.customer_id = i.customer_id and p.open`;

const CASES = `
    select count(*)::int as open_case_count, (count(*) filter (where body -> 'breached' = 'true'))::int as breached_case_count
    from portrait_service_desk p where p.customer_id = i.customer_id and p.kind = 'case' and p.open`;

const COMPLAINTS = `
    select (count(*) filter (where ${within("item_date", 365)}))::int as complaints_365d,${dueOf("item_date", [365])}
    from portrait_service_desk p where p.customer_id = i.customer_id and p.kind = 'case'
      and p.body ->> 'kind' = 'COMPLAINT' and p.status not in ('CANCELLED', 'MERGED')`;

const CONTACTS = `
    select max(item_time) as last_interaction_time,
      max(item_time) filter (where status = 'INBOUND') as last_inbound_time,
      max(item_time) filter (where status = 'OUTBOUND') as last_outbound_time,
      ${WINDOWS.map((days) => `(count(*) filter (where ${within("item_date", days)}))::int as interactions_${days}d`).join(",\n      ")},${dueOf("item_date")}
    from portrait_interaction p
    where p.customer_id = i.customer_id and p.kind = 'interaction' and p.status in ('INBOUND', 'OUTBOUND')`;

const score = (field: "nps" | "csatMicros", type: string) =>
  `(select (p.body ->> '${field}')::${type} from portrait_interaction p where ${lastScore("i.customer_id", field)})`;

const SCORES = `
    select ${score("nps", "int")} as last_nps, ${score("csatMicros", "bigint")} as last_csat_micros`;

const VALUE = `
    select v.amount_micros as clv_micros, (v.body ->> 'probabilityAliveMicros')::bigint as probability_alive_micros,
      v.item_date as next_purchase_date, v.body ->> 'rfmSegment' as rfm_segment, l.item_time as value_dropped_time
    from ${everyIdRow("i.customer_id")} own
    left join lateral (select * from portrait_analytics p where ${lastValue("i.customer_id", "own.ids")}) v on true
    left join lateral (select * from portrait_analytics p where ${lastDrop("own.ids")}) l on true`;

/** In ascending order of ids, so that two which refresh the same customers wait for each other and do not lock crosswise. */
const REFRESH = `
with input as (
  select i.customer_id, $2::date as today, $3::text as currency from unnest($1::uuid[]) as i (customer_id)),
fresh as (
  select i.customer_id, o.*, s.*, d.*, c.*, t.*, q.*, v.*, $4::timestamptz(3) as update_time, 1 as version,
    least(o.due, t.due, c.due) as window_due_date
  from input i
  cross join lateral (${ORDERS}) o
  cross join lateral (${PIPELINE}) s
  cross join lateral (${CASES}) d
  cross join lateral (${COMPLAINTS}) c
  cross join lateral (${CONTACTS}) t
  cross join lateral (${SCORES}) q
  cross join lateral (${VALUE}) v)
insert into customer_facts as f (${columns.join(", ")})
select ${columns.map((name) => `n.${name}`).join(", ")} from fresh n order by n.customer_id
on conflict (tenant_id, customer_id) do update set ${renewed.join(", ")}, version = f.version + 1
returning ${customerFacts.columns.map(({ name, field }) => `${name} as "${field}"`).join(", ")}`;
