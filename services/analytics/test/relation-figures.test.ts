import { randomUUID } from "node:crypto";
import {
  QueryRelationFiguresRequest,
  QueryRelationFiguresRequest_Subject as Subject,
  RelationFigureServiceService as Service,
} from "@guanxi/contract/guanxi/analytics/v1/relation_figure_service";
import type { FigureGroup } from "@guanxi/contract/guanxi/analytics/v1/figure";
import {
  ChurnReason,
  Customer,
  LifecycleStage as Stage,
  RelationshipLevel,
  Source_Channel as Channel,
} from "@guanxi/contract/guanxi/customer/v1/customer";
import { CustomerChanged } from "@guanxi/contract/guanxi/customer/v1/customer_events";
import { Relationship } from "@guanxi/contract/guanxi/customer/v1/relationship";
import { RelationshipOverInvested } from "@guanxi/contract/guanxi/customer/v1/relationship_events";
import { WinBack, WinBack_Outcome as Outcome } from "@guanxi/contract/guanxi/customer/v1/win_back";
import { WinBackStarted } from "@guanxi/contract/guanxi/customer/v1/win_back_events";
import { Campaign } from "@guanxi/contract/guanxi/marketing/v1/campaign";
import { CampaignCostRecorded } from "@guanxi/contract/guanxi/marketing/v1/campaign_events";
import { Competitor } from "@guanxi/contract/guanxi/marketing/v1/competitor";
import { CompetitorCreated } from "@guanxi/contract/guanxi/marketing/v1/competitor_events";
import { Opportunity } from "@guanxi/contract/guanxi/sales/v1/opportunity";
import { OpportunityChanged } from "@guanxi/contract/guanxi/sales/v1/opportunity_events";
import { Order } from "@guanxi/contract/guanxi/sales/v1/order";
import { OrderChanged } from "@guanxi/contract/guanxi/sales/v1/order_events";
import { Stage_Type } from "@guanxi/contract/guanxi/sales/v1/pipeline";
import { dateOf } from "@guanxi/kit/days";
import { moneyOf } from "@guanxi/kit/micros";
import { startService } from "@guanxi/testkit/service";
import { startTeller } from "@guanxi/testkit/teller";
import { afterAll, expect, test } from "vitest";
import { analytics } from "../src/app.ts";

const service = await startService(analytics);
const customers = await startTeller(service, "customer");
const sales = await startTeller(service, "sales");
const marketing = await startTeller(service, "marketing");
afterAll(async () => {
  for (const teller of [customers, sales, marketing]) await teller.stop();
  await service.stop();
});

const settled = async () => {
  for (const teller of [customers, sales, marketing]) await teller.settled();
};

async function tellCustomer(tenantId: string, state: object, id: string = randomUUID()): Promise<string> {
  const full = {
    customerId: id,
    displayName: "晨光贸易",
    createDate: dateOf("2026-01-10"),
    lifecycleStage: Stage.GROWTH,
    state: 1,
    ...state,
  };
  await customers.tell(tenantId, Customer, CustomerChanged, { id, state: full });
  return id;
}

const departed = (reason: ChurnReason, time: string) => ({
  lifecycleStage: Stage.DEPARTED,
  lifecycleStageSinceTime: new Date(time),
  churnReason: reason,
});

async function tellOrder(tenantId: string, customerId: string, net: bigint): Promise<void> {
  const id = randomUUID();
  const state = {
    orderId: id,
    customerId,
    kind: 1,
    status: 3,
    currencyCode: "CNY",
    orderDate: dateOf("2026-03-05"),
    lines: [{ productCode: "A", quantity: "1", netAmount: moneyOf(net * 1_000_000n, "CNY") }],
  };
  await sales.tell(tenantId, Order, OrderChanged, { id, state });
}

type User = Awaited<ReturnType<typeof service.user>>;

async function ask(user: User, subject: Subject, period: object = {}) {
  const request = QueryRelationFiguresRequest.fromPartial({ subject, ...period });
  const { total, groups, definitions } = await user.call(Service.queryRelationFigures, request);
  expect(definitions.every(({ definition }) => definition.length > 20)).toBe(true);
  return {
    total: shown(total!),
    groups: Object.fromEntries(groups.map((each) => [each.values[0], shown(each)])),
    labels: groups.map(({ labels }) => labels[0]),
  };
}

/** Numerator and denominator of each. */
const shown = ({ figures }: FigureGroup) =>
  Object.fromEntries(figures.map(({ figure, numerator, denominator }) => [figure, [numerator, denominator]]));

const MARCH = { startDate: dateOf("2026-03-01"), endDate: dateOf("2026-04-01") };

test("R016 the reasons of churn add up to all who departed, and the rate to those who were there at the start", async () => {
  const user = await service.user();
  const { tenantId } = user;
  const tell = (state: object) => tellCustomer(tenantId, state);
  await tell(departed(ChurnReason.PRICE, "2026-03-02T00:00:00Z"));
  await tell(departed(ChurnReason.PRICE, "2026-03-20T00:00:00Z"));
  await tell(departed(ChurnReason.SERVICE, "2026-03-31T15:59:00Z")); // still March in Shanghai
  await tell({ ...departed(ChurnReason.SERVICE, "2026-03-25T00:00:00Z"), createDate: dateOf("2026-03-03") });
  await tell(departed(ChurnReason.SERVICE, "2026-03-31T16:00:00Z")); // April there
  await tell(departed(ChurnReason.MOVED, "2026-02-10T00:00:00Z")); // before
  await tell({ ...departed(ChurnReason.PRICE, "2026-03-09T00:00:00Z"), state: 3 }); // merged
  await tell({});
  await tell({ state: 2 }); // archived, a customer at the start all the same
  await tell({ lifecycleStage: Stage.PROSPECT });
  await settled();
  const { total, groups } = await ask(user, Subject.CHURN, MARCH);
  // At the start: three who depart in March, one in April, one who stays, one archived.
  expect(total).toEqual({ churned_customers: [4, 1], churn_share: [4, 4], churn_rate: [3, 6] });
  expect(groups).toEqual({
    PRICE: { churned_customers: [2, 1], churn_share: [2, 4], churn_rate: [2, 6] },
    SERVICE: { churned_customers: [2, 1], churn_share: [2, 4], churn_rate: [1, 6] },
  });
  const nobody = await ask(await service.user(), Subject.CHURN);
  expect(nobody).toMatchObject({ total: { churned_customers: [0, 1], churn_rate: [0, 0] }, groups: {} });
});

test("R058 the win-back rate is of the attempts that have ended, by the reason of the loss", async () => {
  const user = await service.user();
  const tell = async (churnReason: ChurnReason, outcome: Outcome, start = "2026-03-05T00:00:00Z") => {
    const id = randomUUID();
    const state = {
      winBackId: id,
      customerId: randomUUID(),
      churnReason,
      outcome,
      startTime: new Date(start),
    };
    await customers.tell(user.tenantId, WinBack, WinBackStarted, { id, state });
  };
  await tell(ChurnReason.PRICE, Outcome.WON_BACK);
  await tell(ChurnReason.PRICE, Outcome.LOST);
  await tell(ChurnReason.PRICE, Outcome.NOT_WORTH_IT);
  await tell(ChurnReason.PRICE, Outcome.UNSPECIFIED);
  await tell(ChurnReason.SERVICE, Outcome.WON_BACK);
  await tell(ChurnReason.SERVICE, Outcome.WON_BACK, "2026-04-05T00:00:00Z");
  await settled();
  const { total, groups } = await ask(user, Subject.WIN_BACK, MARCH);
  expect(total.win_back_rate).toEqual([2, 4]);
  expect(groups.PRICE).toEqual({
    win_back_attempts: [4, 1],
    win_backs_open: [1, 1],
    won_back: [1, 1],
    lost: [1, 1],
    not_worth_it: [1, 1],
    win_back_rate: [1, 3],
  });
  expect(groups.SERVICE).toMatchObject({ win_back_attempts: [1, 1], win_back_rate: [1, 1] });
});

test("R054, R126 what a referrer's customers bring, and what each channel's are worth and cost", async () => {
  const user = await service.user();
  const { tenantId } = user;
  const fair = randomUUID();
  const referrer = await tellCustomer(tenantId, { source: { channel: Channel.TRADE_SHOW, campaign: fair } });
  const [first, second] = [
    await tellCustomer(tenantId, {
      referrerCustomerId: referrer,
      source: { channel: Channel.REFERRAL, campaign: "春季展会" },
    }),
    await tellCustomer(tenantId, { referrerCustomerId: referrer, source: { channel: Channel.REFERRAL } }),
  ];
  await tellCustomer(tenantId, { source: { channel: Channel.TRADE_SHOW, campaign: fair } });
  await tellOrder(tenantId, first, 1_000n);
  await tellOrder(tenantId, first, 500n);
  await tellOrder(tenantId, referrer, 90n);
  const cost = moneyOf(600_000_000n, "CNY");
  const state = { campaignId: fair, name: "春季展会", cost };
  await marketing.tell(tenantId, Campaign, CampaignCostRecorded, { id: fair, state });
  await settled();
  await scored(tenantId, { [first]: 800, [second]: 200, [referrer]: 50 });

  const referred = await ask(user, Subject.REFERRAL);
  expect(referred.groups).toEqual({
    [referrer]: { referred_customers: [2, 1], referred_buyers: [1, 1], referred_revenue: [1_500, 1] },
  });
  expect(referred.labels).toEqual(["晨光贸易"]);

  const { total, groups } = await ask(user, Subject.ACQUISITION);
  // 600 fall on three customers: two of the fair, one of a referral that names it.
  expect(groups.REFERRAL).toEqual({
    acquired_customers: [2, 1],
    acquired_buyers: [1, 1],
    acquired_revenue: [1_500, 1],
    customer_lifetime_value_mean: [1_000, 2],
    acquisition_cost_mean: [200, 2],
    lifetime_value_to_cost: [1_000, 200],
  });
  expect(groups.TRADE_SHOW).toMatchObject({
    acquired_customers: [2, 1],
    customer_lifetime_value_mean: [50, 1],
    acquisition_cost_mean: [400, 2],
    lifetime_value_to_cost: [50, 400],
  });
  expect(total).toMatchObject({ acquired_customers: [4, 1], acquisition_cost_mean: [600, 4] });
  // Another campaign of the same name shares the customers whose source is the name, and has none by its id.
  const other = { campaignId: randomUUID(), name: "春季展会", cost: moneyOf(70_000_000n, "CNY") };
  await marketing.tell(tenantId, Campaign, CampaignCostRecorded, { id: other.campaignId, state: other });
  await settled();
  expect((await ask(user, Subject.ACQUISITION)).groups.REFERRAL!.acquisition_cost_mean).toEqual([270, 2]);
  // A person who may not see personal fields sees no name.
  const reader = await service.user({ tenantId, grants: [{ resource: "relation_figure", action: "read" }] });
  expect((await ask(reader, Subject.REFERRAL)).labels).not.toEqual(["晨光贸易"]);
});

test("R126 what campaigns brought is counted once, however many customers and campaigns there are", async () => {
  const user = await service.user();
  const { tenantId } = user;
  const [campaigns, each] = [2_000, 10];
  await service.admin.query(
    `insert into campaign_facts (tenant_id, campaign_id, display_name, kind, status, cost_currency_code, cost_micros, version)
     select $1, gen_random_uuid(), 'c' || n, 'fair', 'RUNNING', 'CNY', 1000000 * ${each}, 1 from generate_series(1, $2::int) n`,
    [tenantId, campaigns],
  );
  await service.admin.query(
    `insert into customer_facts (tenant_id, customer_id, display_name, region_code, day, stage, grade, source, source_campaign, archived, version)
     select $1, gen_random_uuid(), 'n', '', '2026-03-01', 2, 0, 3, 'c' || (n % $2::int + 1), false, 1 from generate_series(1, $2::int * $3::int) n`,
    [tenantId, campaigns, each],
  );
  const plan = campaigns * each;
  expect((await ask(user, Subject.ACQUISITION)).total.acquisition_cost_mean).toEqual([plan, plan]);
});

/** Values as a run writes them, whose own test shows how it finds them. */
async function scored(tenantId: string, values: Readonly<Record<string, number>>): Promise<void> {
  for (const [customerId, units] of Object.entries(values))
    await service.admin.query(
      `insert into customer_values (tenant_id, customer_id, value_run_id, model_version, cut_off_date, currency_code,
         purchase_days, first_purchase_date, last_purchase_date, revenue_micros, margin_micros, recency_days, frequency,
         monetary_micros, recency_score, frequency_score, monetary_score, segment, repeat_purchases, recency_weeks, age_weeks,
         clv_micros, worth_micros, grade, rank_share, due_date, cleared, update_time, version)
       values ($1, $2, $2, 'test', '2026-04-01', 'CNY', 1, '2026-03-05', '2026-03-05', 0, 0, 1, 1, 0, 1, 1, 1, 'LOYAL', 0, 0, 1,
         $3, $3, 'A', 0.1, '2026-05-01', false, now(), 1)`,
      [tenantId, customerId, units * 1_000_000],
    );
}

test("R121 a deal lost to a competitor moves the win rate against it", async () => {
  const user = await service.user();
  const { tenantId } = user;
  const rival = randomUUID();
  const state = { competitorId: rival, name: "对手公司" };
  await marketing.tell(tenantId, Competitor, CompetitorCreated, { id: rival, state });
  const close = async (stageType: Stage_Type, closeDate: string, competitorId: string = rival) => {
    const id = randomUUID();
    const opportunity = {
      opportunityId: id,
      pipelineId: rival,
      stageId: "end",
      stageType,
      closeDate: dateOf(closeDate),
      competitorId,
    };
    await sales.tell(tenantId, Opportunity, OpportunityChanged, { id, state: opportunity });
  };
  await close(Stage_Type.WON, "2026-03-03");
  await close(Stage_Type.WON, "2026-03-03", "");
  await settled();
  expect((await ask(user, Subject.COMPETITOR, MARCH)).groups[rival]!.win_rate_versus).toEqual([1, 1]);
  await close(Stage_Type.LOST, "2026-03-04");
  await close(Stage_Type.LOST, "2026-04-04");
  await settled();
  const { groups, labels } = await ask(user, Subject.COMPETITOR, MARCH);
  expect(groups).toEqual({ [rival]: { won_against: [1, 1], lost_to: [1, 1], win_rate_versus: [1, 2] } });
  expect(labels).toEqual(["对手公司"]);
});

test("R049 how many relationships of each level cost more than they bring", async () => {
  const user = await service.user();
  const { tenantId } = user;
  const tell = (relationshipLevel: RelationshipLevel) => tellCustomer(tenantId, { relationshipLevel });
  const luxury = await tell(RelationshipLevel.PARTNER);
  await tell(RelationshipLevel.PARTNER);
  await tell(RelationshipLevel.PREFERRED);
  const id = randomUUID();
  const since = { overInvested: true, overInvestedSinceTime: new Date("2026-03-01T00:00:00Z") };
  const of = { id, state: { relationshipId: id, customerId: luxury, ...since } };
  await customers.tell(tenantId, Relationship, RelationshipOverInvested, of);
  await settled();
  const { total, groups } = await ask(user, Subject.OVER_INVESTMENT);
  expect(total.over_invested_share).toEqual([1, 3]);
  expect(groups.PARTNER).toEqual({
    relationships: [2, 1],
    over_invested_relationships: [1, 1],
    over_invested_share: [1, 2],
  });
  expect(groups.PREFERRED!.over_invested_relationships).toEqual([0, 1]);
});
