// All of a portrait in one statement: whoever was meant by the id, and a handful of rows of each part, each found by an index.
import type { At } from "@guanxi/kit/at";
import { named } from "@guanxi/kit/store";
import { customers } from "../customers/customers.ts";
import { everyIdRow } from "../customers/every-id.ts";
import { lastDrop, lastScore, lastValue } from "../facts/last-items.ts";
import type { ItemArea } from "./items.ts";
import type { PortraitRow } from "./portrait-row.ts";

/** Undefined where nobody ever had the id. */
export async function readPortrait(at: At, customerId: string): Promise<PortraitRow | undefined> {
  const [row] = await named<PortraitRow>(at, {
    name: "portrait",
    text: PORTRAIT,
    values: [customerId],
  });
  return row;
}

const ITEM = `'id', p.item_id, 'status', p.status, 'time', p.item_time, 'date', p.item_date,
  'micros', p.amount_micros::text, 'currency', p.currency_code, 'body', p.body`;

interface Items {
  readonly area: ItemArea;
  readonly which: string;
  readonly order: string;
  readonly most: number;
}

const items = ({ area, which, order, most }: Items) => `coalesce((
    select jsonb_agg(p.item order by p.place) from (
      select jsonb_build_object(${ITEM}) as item, row_number() over (order by ${order}, p.item_id) as place
      from portrait_${area} p where p.customer_id = c.customer_id and ${which}
      order by ${order}, p.item_id limit ${most}) p), '[]')`;

const item = (area: ItemArea, which: string) => `(
    select jsonb_build_object(${ITEM}) from portrait_${area} p where ${which})`;

const NEWEST = "p.item_time desc";
const DUE = "(p.body ->> 'dueTime') nulls last";

const PEOPLE = `
    select coalesce(jsonb_agg(x.affiliation || jsonb_build_object('contactId', x.contact_id, 'displayName', x.display_name)
        order by x.place) filter (where x.place <= 20), '[]') as people, count(*)::int as count
    from (
      select k.contact_id, k.display_name, i.affiliation,
        row_number() over (order by (i.affiliation -> 'influence')::int desc, k.display_name, k.contact_id) as place
      from contact_affiliations a join contacts k on k.contact_id = a.contact_id and k.state = 'ACTIVE'
      cross join lateral (
        select e as affiliation from jsonb_array_elements(k.affiliations) e
        where e ->> 'customerId' = c.customer_id::text and e ->> 'endDate' is null limit 1) i
      where a.customer_id = c.customer_id and not a.ended) x`;

const SEGMENTS = `
    select coalesce(jsonb_agg(jsonb_build_object('segmentId', x.segment_id, 'name', x.name, 'sinceTime', x.since_time,
      'policy', x.policy) order by (x.policy ->> 'rank')::int nulls last, x.name), '[]') as segments
    from (
      select s.segment_id, s.name, s.policy, m.since_time
      from segment_memberships m join segments s on s.segment_id = m.segment_id and s.state <> 'ARCHIVED'
      where m.customer_id = c.customer_id and m.member
      order by (s.policy ->> 'rank')::int nulls last, s.name limit 50) x`;

/** What is counted, as segments are asked of it: it is counted in one place only. */
const COUNTS = `
    select jsonb_build_object('lastInbound', f.last_inbound_time, 'lastOutbound', f.last_outbound_time,
        'days90', coalesce(f.interactions_90d, 0)) as contacted,
      jsonb_build_object('open', coalesce(f.open_case_count, 0), 'breached', coalesce(f.breached_case_count, 0),
        'complaints', coalesce(f.complaints_365d, 0)) as cases,
      jsonb_build_object('count', coalesce(f.open_opportunity_count, 0),
        'micros', coalesce(f.open_opportunity_micros, 0)::text) as pipeline,
      jsonb_build_object('count', coalesce(f.order_count, 0), 'first', f.first_order_date, 'last', f.last_order_date,
        'revenue', coalesce(f.revenue_micros, 0)::text, 'margin', coalesce(f.margin_micros, 0)::text,
        'revenue365', coalesce(f.revenue_365d_micros, 0)::text, 'open', coalesce(f.open_order_count, 0)) as sold
    from (select) one left join customer_facts f on f.customer_id = c.customer_id`;

/** Who is meant by the referrer now. After merges that may be the customer itself, whom nobody has sent then. */
const REFERRER = `(
    with recursive up (customer_id, display_name, next) as (
      select r.customer_id, r.display_name, r.merged_into_customer_id from customers r
      where r.customer_id = c.referrer_customer_id
      union all
      select r.customer_id, r.display_name, r.merged_into_customer_id from up join customers r on r.customer_id = up.next)
    select jsonb_build_object('customerId', up.customer_id, 'displayName', up.display_name)
    from up where up.next is null and up.customer_id <> c.customer_id)`;

/** The name of a campaign by its id, one after the other: joined, all campaigns might be read. */
const CAMPAIGN_ITEM = ITEM.replace(
  "p.body",
  `p.body || jsonb_build_object('campaignName',
    (select n.body -> 'name' from portrait_marketing n where n.item_id = (p.body ->> 'campaignId')::uuid))`,
);

const CAMPAIGNS = `coalesce((
    select jsonb_agg(p.item order by p.time desc, p.id desc) from (
      select p.item_time as time, p.item_id as id, jsonb_build_object(${CAMPAIGN_ITEM}) as item
      from portrait_marketing p
      where p.customer_id = any(own.ids) and p.kind = 'campaign_member'
      order by p.item_time desc, p.item_id desc limit 10) p), '[]')`;

export const PORTRAIT = `
with recursive way (customer_id, next) as (
  select customer_id, merged_into_customer_id from customers where customer_id = $1::uuid
  union all
  select c.customer_id, c.merged_into_customer_id from way w join customers c on c.customer_id = w.next)
select ${customers.columns.map(({ name, field }) => `c.${name} as "${field}"`).join(", ")},
  (select u.display_name from users u where u.user_id = c.owner_id) as "ownerName",
  (select coalesce(jsonb_object_agg(m.area, m.event_time), '{}') from portrait_marks m) as marks,
  people.people, people.count as "peopleCount", segments.segments,
  ${items({ area: "interaction", which: "p.kind = 'interaction'", order: NEWEST, most: 10 })} as interactions,
  ${items({ area: "interaction", which: "p.kind = 'interaction' and p.open", order: "p.body ->> 'replyDueTime'", most: 10 })} as unanswered,
  counts.contacted,
  ${items({ area: "interaction", which: "p.kind = 'task' and p.open", order: DUE, most: 20 })} as tasks,
  ${items({ area: "service_desk", which: "p.kind = 'case' and p.open", order: DUE, most: 20 })} as cases,
  counts.cases as "caseCounts",
  ${items({ area: "sales", which: "p.kind = 'opportunity' and p.open", order: "p.item_date nulls last", most: 20 })} as opportunities,
  counts.pipeline,
  ${items({ area: "sales", which: "p.kind = 'order' and p.status <> 'DRAFT'", order: NEWEST, most: 10 })} as orders,
  counts.sold,
  ${item("analytics", lastValue("c.customer_id", "own.ids"))} as value,
  ${item("analytics", lastDrop("own.ids"))} as drop,
  ${item("interaction", lastScore("c.customer_id", "nps"))} as nps,
  ${item("interaction", lastScore("c.customer_id", "csatMicros"))} as csat,
  ${items({ area: "interaction", which: "p.kind = 'feedback' and p.open", order: "p.item_time", most: 10 })} as feedback,
  ${CAMPAIGNS} as campaigns,
  (select jsonb_build_object('winBackId', w.win_back_id, 'startTime', w.start_time, 'dueDate', w.due_date, 'outcome', w.outcome)
    from win_backs w where w.customer_id = c.customer_id order by w.start_time desc, w.win_back_id limit 1) as "winBack",
  ${REFERRER} as referrer,
  (select count(*)::int from customers r
    where r.referrer_customer_id = any(own.ids) and r.state <> 'MERGED' and r.customer_id <> c.customer_id) as "referredCount",
  (select coalesce(jsonb_agg(jsonb_build_object('customerId', r.customer_id, 'displayName', r.display_name)
      order by r.customer_id), '[]')
    from customers r where r.customer_id = any(own.ids) and r.customer_id <> c.customer_id) as absorbed
from way join customers c on c.customer_id = way.customer_id
cross join lateral ${everyIdRow("c.customer_id")} own
cross join lateral (${PEOPLE}) people
cross join lateral (${SEGMENTS}) segments
cross join lateral (${COUNTS}) counts
where way.next is null`;
