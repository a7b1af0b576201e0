// What campaigns did to customers, and what these bought.
import type { At } from "@guanxi/kit/at";
import { named } from "@guanxi/kit/store";
import type { Sale, Touch } from "./credit.ts";

interface CustomerTouch extends Touch {
  readonly customerId: string;
}

interface CustomerSale extends Sale {
  readonly customerId: string;
  readonly currencyCode: string;
}

/** Messages sent, opened, clicked and answered, and events attended, of all campaigns. */
export const touchesOf = (at: At, customerIds: readonly string[]): Promise<CustomerTouch[]> =>
  named<CustomerTouch>(at, {
    name: "touches of customers",
    text: `select m.customer_id as "customerId", m.campaign_id as "campaignId", t.time, c.attribution_days as "attributionDays"
      from campaign_members m join campaigns c on c.campaign_id = m.campaign_id
        cross join lateral (values (m.sent_time), (m.opened_time), (m.clicked_time), (m.responded_time)) t (time)
      where m.customer_id = any($1::uuid[]) and t.time is not null
      union all
      select g.customer_id, e.campaign_id, g.attend_time, c.attribution_days
      from event_guests g join marketing_events e on e.event_id = g.event_id join campaigns c on c.campaign_id = e.campaign_id
      where g.customer_id = any($1::uuid[]) and g.status = 'ATTENDED'`,
    values: [customerIds],
  });

interface SaleRow extends Omit<CustomerSale, "amount" | "margin"> {
  readonly amount: string;
  readonly margin: string | null;
}

const TOUCHED = `select m.customer_id, m.targeted_time as time from campaign_members m where m.campaign_id = any($1::uuid[])
    union all
    select g.customer_id, g.attend_time from event_guests g join marketing_events e on e.event_id = g.event_id
    where e.campaign_id = any($1::uuid[]) and g.status = 'ATTENDED'`;

/** Customers by their ids: behind the one, up to the other. */
export interface Span {
  readonly after: string;
  readonly until: string;
}

const FIRST = "00000000-0000-0000-0000-000000000000";

/** All whom these campaigns touched and who bought something, so many at a time: a campaign may have had a million members. */
export async function spansOfBuyers(at: At, campaignIds: readonly string[], most: number): Promise<Span[]> {
  const rows = await named<{ until: string }>(at, {
    name: "buyers of campaigns",
    text: `
with buyers as (
  select customer_id, row_number() over (order by customer_id) as place, count(*) over () as total from (
    select distinct customer_id from conversions where counts and customer_id in (select customer_id from (${TOUCHED}) t)) b)
select customer_id as until from buyers where place % $2 = 0 or place = total order by place`,
    values: [campaignIds, most],
  });
  return rows.map(({ until }, index) => ({ after: rows[index - 1]?.until ?? FIRST, until }));
}

/** Of the members of these campaigns and the guests of their events, since there were any; an order stands for its opportunity. */
export async function salesOf(
  at: At,
  campaignIds: readonly string[],
  { after, until }: Span,
): Promise<CustomerSale[]> {
  const rows = await named<SaleRow>(at, {
    name: "sales of campaigns",
    text: `
with touched as (
  select customer_id, min(time) as since from (${TOUCHED}) t
  where customer_id > $3 and customer_id <= $4 group by customer_id),
sold as (
  select v.*, coalesce(v.sale_time, (v.sale_date + 1)::timestamp at time zone $2::text) as time
  from conversions v where v.counts and v.customer_id in (select customer_id from touched))
select s.conversion_id as "conversionId", s.customer_id as "customerId", s.time, s.amount::text as amount,
  s.margin::text as margin, s.currency_code as "currencyCode"
from sold s join touched t on t.customer_id = s.customer_id and s.time >= t.since
where s.kind <> 'OPPORTUNITY' or not exists (select from conversions o where o.opportunity_id = s.conversion_id)`,
    values: [campaignIds, at.timeZone, after, until],
  });
  return rows.map((row) => ({
    ...row,
    amount: BigInt(row.amount),
    margin: row.margin === null ? null : BigInt(row.margin),
  }));
}
