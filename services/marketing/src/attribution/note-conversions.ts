// A member who buys in time has been converted; once, whatever else is bought.
import { onState, type StateChange } from "@guanxi/bus/reaction";
import { MemberConverted } from "@guanxi/contract/guanxi/marketing/v1/campaign_member_events";
import { Opportunity } from "@guanxi/contract/guanxi/sales/v1/opportunity";
import { Order, Order_Kind } from "@guanxi/contract/guanxi/sales/v1/order";
import type { At } from "@guanxi/kit/at";
import { dayOf } from "@guanxi/kit/days";
import { lock, named, record } from "@guanxi/kit/store";
import { reached } from "../members/member.ts";
import type { MemberState } from "../members/member-state.ts";
import { members } from "../members/members.ts";
import { isSold, isWon, whenSold } from "./conversions.ts";

export const noteOrders = onState(Order, [], async (changes, at) => {
  for (const change of changes) {
    const { state, changedFields } = change;
    if (!state || state.kind === Order_Kind.RETURN || !isSold(state)) continue;
    if (!changedFields.includes("status") && !changedFields.includes("customer_id")) continue;
    const when = saleOf(at, change, state.orderTime ?? state.createTime, state.orderDate);
    await convert(at, { customerId: state.customerId, ...when, facts: { orderId: state.orderId } });
  }
});

export const noteOpportunities = onState(Opportunity, [], async (changes, at) => {
  for (const change of changes) {
    const { state, changedFields } = change;
    if (!state || !isWon(state) || !changedFields.includes("stage_type")) continue;
    const when = saleOf(at, change, state.stageSinceTime, state.closeDate);
    const facts = { opportunityId: state.opportunityId };
    await convert(at, { customerId: state.customerId, ...when, facts });
  }
});

function saleOf<M>(
  at: At,
  { meta }: StateChange<M>,
  time: Date | undefined,
  date: Parameters<typeof dayOf>[0] | undefined,
): Pick<Sold, "time" | "day"> {
  const { saleTime, saleDate } = whenSold(time, date ? dayOf(date) : null, at.timeZone);
  return saleTime ? { time: saleTime, day: null } : { time: meta.time ?? at.now, day: saleDate };
}

/** Of a member who has been reached now: the sale that this led to may have been heard of before. */
export async function noteSaleSince(at: At, member: MemberState): Promise<void> {
  const [sale] = await named<{ id: string; kind: string; time: Date }>(at, {
    name: "sales since a member was reached",
    text: `
select v.conversion_id as id, v.kind, v.time from (
  select v.*, coalesce(v.sale_time, (v.sale_date + 1)::timestamp at time zone $4::text) as time
  from conversions v where v.customer_id = $1 and v.counts and v.amount >= 0) v
  join campaigns c on c.campaign_id = $2
where v.time >= $3 and v.time <= $3::timestamptz + make_interval(days => c.attribution_days)
  and (v.kind <> 'OPPORTUNITY' or not exists (select from conversions o where o.opportunity_id = v.conversion_id))
order by v.time, v.conversion_id limit 1`,
    values: [member.customerId, member.campaignId, at.now.toISOString(), at.timeZone],
  });
  const after = sale ? reached(member, "CONVERTED", sale.time) : member;
  if (!sale || after === member) return;
  const facts = sale.kind === "ORDER" ? { orderId: sale.id } : { opportunityId: sale.id };
  record(at, members, after, MemberConverted, facts);
}

interface Sold {
  readonly customerId: string;
  /** When it was said, where only the day is known. */
  readonly time: Date;
  readonly day: string | null;
  readonly facts: object;
}

/** Of a sale of which only the day is known, the end of that day counts, or the event where that comes first. */
async function convert(at: At, { customerId, time, day, facts }: Sold): Promise<void> {
  const rows = await named<{ memberId: string; time: Date }>(at, {
    name: "campaign members to convert",
    text: `select m.member_id as "memberId", sale.time
      from (select least($2::timestamptz, ($3::date + 1)::timestamp at time zone $4::text)) sale (time),
        campaign_members m join campaigns c on c.campaign_id = m.campaign_id
      where m.customer_id = $1 and m.converted_time is null and exists (
        select from (values (m.sent_time), (m.opened_time), (m.clicked_time), (m.responded_time)) t (time)
        where t.time <= sale.time and t.time >= sale.time - make_interval(days => c.attribution_days))
      order by m.member_id`,
    values: [customerId, time.toISOString(), day, at.timeZone],
  });
  const found = await lock(
    at,
    members,
    rows.map(({ memberId }) => memberId),
  );
  const after = found.map((member) => reached(member, "CONVERTED", rows[0]!.time));
  record(
    at,
    members,
    after.filter((member, index) => member !== found[index]),
    MemberConverted,
    facts,
  );
}
