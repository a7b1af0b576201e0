// What campaigns are credited with.
import type { At } from "@guanxi/kit/at";
import { named } from "@guanxi/kit/store";
import { type Credit, creditsOf } from "./credit.ts";
import type { Model } from "./models.ts";
import { salesOf, type Span, spansOfBuyers, touchesOf } from "./touches.ts";

interface Brought {
  readonly revenue: bigint;
  readonly margin: bigint;
  /** Sales with a share of it, those given back left out; in any currency. */
  readonly conversions: number;
  /** In millionths. */
  readonly credit: bigint;
}

export const NOTHING: Brought = { revenue: 0n, margin: 0n, conversions: 0, credit: 0n };

interface Asked {
  readonly campaignIds: readonly string[];
  readonly model: Model;
  /** Of the amounts; sales in others are counted, but not added. */
  readonly currencyCode: string;
}

/** Some sales and touches of each, held in memory at a time. */
const CUSTOMERS_AT_ONCE = 1000;

/** By campaign. A sale is shared among all campaigns that touched the customer, also those that are not asked for. */
export async function broughtBy(
  at: At,
  asked: Asked,
  atOnce = CUSTOMERS_AT_ONCE,
): Promise<Map<string, Brought>> {
  const brought = new Map<string, Brought>();
  for (const span of await spansOfBuyers(at, asked.campaignIds, atOnce))
    for (const [id, more] of await broughtIn(at, asked, span))
      brought.set(id, added(brought.get(id) ?? NOTHING, more));
  return brought;
}

/** No sale is in two spans, for each is one customer's. */
const added = (one: Brought, other: Brought): Brought => ({
  revenue: one.revenue + other.revenue,
  margin: one.margin + other.margin,
  conversions: one.conversions + other.conversions,
  credit: one.credit + other.credit,
});

async function broughtIn(
  at: At,
  { campaignIds, model, currencyCode }: Asked,
  span: Span,
): Promise<[string, Brought][]> {
  const sales = await salesOf(at, campaignIds, span);
  const byCustomer = Map.groupBy(sales, ({ customerId }) => customerId);
  const touches = Map.groupBy(await touchesOf(at, [...byCustomer.keys()]), ({ customerId }) => customerId);
  const credits = [...byCustomer].flatMap(([id, theirs]) => creditsOf(model, touches.get(id) ?? [], theirs));
  const known = new Map(sales.map((sale) => [sale.conversionId, sale]));
  const byCampaign = Map.groupBy(credits, ({ campaignId }) => campaignId);
  return [...byCampaign].map(([id, all]) => [id, sumOf(all, known, currencyCode)]);
}

function sumOf(
  all: readonly Credit[],
  known: ReadonlyMap<string, { readonly amount: bigint; readonly currencyCode: string }>,
  currencyCode: string,
): Brought {
  const counted = all.filter(({ conversionId }) => known.get(conversionId)!.currencyCode === currencyCode);
  const bought = all.filter(({ conversionId }) => known.get(conversionId)!.amount >= 0n);
  const sum = (values: readonly bigint[]) => values.reduce((total, value) => total + value, 0n);
  return {
    revenue: sum(counted.map(({ amount }) => amount)),
    margin: sum(counted.map(({ margin }) => margin)),
    conversions: new Set(bought.map(({ conversionId }) => conversionId)).size,
    credit: sum(bought.map(({ share }) => share)),
  };
}

interface MemberCounts {
  readonly members: number;
  readonly sent: number;
  readonly delivered: number;
  readonly opened: number;
  readonly clicked: number;
  readonly responded: number;
  readonly unsubscribed: number;
  readonly converted: number;
}

/** Converted is who has bought something in time that was not cancelled since. */
export async function memberCounts(at: At, campaignId: string): Promise<MemberCounts> {
  const [counts] = await named<MemberCounts>(at, {
    name: "campaign members result",
    text: `select count(*)::int as members, count(sent_time)::int as sent,
        (count(*) filter (where sent_time is not null and bounced_time is null))::int as delivered,
        (count(*) filter (where opened_time is not null and bounced_time is null))::int as opened,
        (count(*) filter (where clicked_time is not null and bounced_time is null))::int as clicked,
        (count(*) filter (where responded_time is not null and sent_time is not null))::int as responded,
        (count(*) filter (where unsubscribed_time is not null and bounced_time is null))::int as unsubscribed,
        (count(*) filter (where converted_time is not null and exists (
          select from conversions v where v.customer_id = m.customer_id and v.counts and v.amount >= 0
            and (v.sale_time is null or v.sale_time >= m.targeted_time)
            and (v.sale_date is null or v.sale_date >= (m.targeted_time at time zone $2::text)::date))))::int as converted
      from campaign_members m where campaign_id = $1`,
    values: [campaignId, at.timeZone],
  });
  return counts!;
}
