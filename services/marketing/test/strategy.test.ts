// Studies, plans, competitors, templates, links, events, playbooks and what campaigns are credited with, through the front door.
import { randomUUID } from "node:crypto";
import { Customer, LifecycleStage, Source_Channel } from "@guanxi/contract/guanxi/customer/v1/customer";
import { Channel, Consent_State } from "@guanxi/contract/guanxi/customer/v1/contact_point";
import {
  ConsentChanged,
  CustomerRegistered,
  LifecycleStageChanged,
} from "@guanxi/contract/guanxi/customer/v1/customer_events";
import { Segment } from "@guanxi/contract/guanxi/customer/v1/segment";
import { SegmentCreated } from "@guanxi/contract/guanxi/customer/v1/segment_events";
import {
  AttributionModel,
  AttributionServiceService as attribution,
} from "@guanxi/contract/guanxi/marketing/v1/attribution_service";
import { CampaignServiceService as campaigns } from "@guanxi/contract/guanxi/marketing/v1/campaign_service";
import { CompetitorServiceService as competitors } from "@guanxi/contract/guanxi/marketing/v1/competitor_service";
import { MarketStudy_Method } from "@guanxi/contract/guanxi/marketing/v1/market_study";
import { MarketStudyServiceService as studies } from "@guanxi/contract/guanxi/marketing/v1/market_study_service";
import { EventGuest_Status } from "@guanxi/contract/guanxi/marketing/v1/event_guest";
import { MarketingEventServiceService as events } from "@guanxi/contract/guanxi/marketing/v1/marketing_event_service";
import { MarketingPlanServiceService as plans } from "@guanxi/contract/guanxi/marketing/v1/marketing_plan_service";
import { MessageTemplateServiceService as templates } from "@guanxi/contract/guanxi/marketing/v1/message_template_service";
import { PlaybookServiceService as playbooks } from "@guanxi/contract/guanxi/marketing/v1/playbook_service";
import { TrackingServiceService as tracking } from "@guanxi/contract/guanxi/marketing/v1/tracking_service";
import { Opportunity } from "@guanxi/contract/guanxi/sales/v1/opportunity";
import { OpportunityLost, OpportunityWon } from "@guanxi/contract/guanxi/sales/v1/opportunity_events";
import { Order, Order_Status } from "@guanxi/contract/guanxi/sales/v1/order";
import { OrderCancelled, OrderConfirmed } from "@guanxi/contract/guanxi/sales/v1/order_events";
import { Stage_Type } from "@guanxi/contract/guanxi/sales/v1/pipeline";
import type { Codec } from "@guanxi/kit/codec";
import type { TestUser } from "@guanxi/testkit/service";
import { startTeller } from "@guanxi/testkit/teller";
import { afterAll, beforeAll, expect, test } from "vitest";
import { trackedLinks } from "../src/tracking/links.ts";
import { ask, requestOf } from "./ask.ts";
import { marketingService } from "./service.ts";

const KEY = "a key that only this test knows";
const service = marketingService();
let customer: Awaited<ReturnType<typeof startTeller>>;
let sales: Awaited<ReturnType<typeof startTeller>>;
beforeAll(async () => {
  await service.restart({ PUBLIC_URL: "https://crm.example.com", TRACKING_KEYS: KEY });
  [customer, sales] = await Promise.all([startTeller(service, "customer"), startTeller(service, "sales")]);
});
afterAll(() => Promise.all([customer.stop(), sales.stop()]));

const yuan = (units: number) => ({ currencyCode: "CNY", units: BigInt(units), nanos: 0 });
const reason = (name: string) => expect.objectContaining({ reason: name });
const violation = (name: string) =>
  expect.objectContaining({
    violations: expect.arrayContaining([expect.objectContaining({ reason: name })]),
  });

async function tellCustomer(tenantId: string, more: object = {}): Promise<string> {
  const customerId = randomUUID();
  const state = { customerId, displayName: "晨光", state: 1, ...more };
  await customer.tell(tenantId, Customer, CustomerRegistered, { id: customerId, customerId, state });
  return customerId;
}

async function tellSegment(tenantId: string, more: object = {}): Promise<string> {
  const segmentId = randomUUID();
  const state = { segmentId, name: "Golfers", state: 2, ...more };
  await customer.tell(tenantId, Segment, SegmentCreated, { id: segmentId, state });
  return segmentId;
}

const planOf = (segmentId: string, more: object = {}) => ({
  name: "2027",
  segmentIds: [segmentId],
  targets: [{ segmentId, size: 120n, score: 80, reason: "They buy often" }],
  positioning: "The tea that arrives the same day",
  budget: yuan(1000),
  ...more,
});

async function planned(lin: TestUser, more: object = {}) {
  const segmentId = await tellSegment(lin.tenantId, more);
  await customer.settled();
  const plan = await ask(lin, plans.createMarketingPlan, {
    marketingPlan: planOf(segmentId),
    requestId: "",
  });
  return { segmentId, plan, targetId: plan.targets[0]!.targetId };
}

async function campaignOf(lin: TestUser, kind = "") {
  const { plan, targetId } = await planned(lin);
  const template = await ask(lin, templates.createMessageTemplate, {
    messageTemplate: {
      name: "Spring",
      variants: [{ channel: "EMAIL", language: "", subject: "Hi", text: "{{ unsubscribe_url }}", html: "" }],
    },
  });
  const campaign = await ask(lin, campaigns.createCampaign, {
    campaign: {
      name: "Spring",
      kind,
      planId: plan.planId,
      targetId,
      steps: [{ step: 1, templateId: template.templateId, waitDays: 0 }],
      budget: yuan(500),
      attributionDays: 30,
    },
  });
  return { plan, campaign };
}

/** As if a message had left a while ago: the ledger is the campaign's, whose sending has tests of its own. */
async function sent(lin: TestUser, campaignId: string, customerId: string, daysAgo = 0) {
  const added = await ask(lin, campaigns.addCampaignMembers, {
    campaignId,
    customerIds: [customerId],
  });
  const memberId = added.members[0]!.memberId;
  const messageId = randomUUID();
  await service.admin.query(
    `update campaign_members set status = 'SENT', sent_time = now() - make_interval(days => $2), targeted_time = now() - make_interval(days => $2)
     where member_id = $1`,
    [memberId, daysAgo],
  );
  await service.admin.query(
    `insert into campaign_messages select (jsonb_populate_record(null::campaign_messages, $1)).*`,
    [
      {
        ...{
          tenant_id: lin.tenantId,
          message_id: messageId,
          campaign_id: campaignId,
          member_id: memberId,
          step: 1,
        },
        ...{ customer_id: customerId, template_id: randomUUID(), channel: "EMAIL", address: "a@example.com" },
        ...{
          subject: "",
          text: "",
          html: "",
          unsubscribe_url: "",
          purpose: "marketing",
          state: "SENT",
          reason: "",
        },
        ...{ request_time: new Date(), version: 1 },
      },
    ],
  );
  return { memberId, messageId };
}

const memberOf = async (lin: TestUser, campaignId: string) =>
  (await ask(lin, campaigns.listCampaignMembers, { campaignId })).members[0]!;
/** Whoever has the link, without a token. */
const follow = <Req, Res>(rpc: Parameters<typeof requestOf<Req, Res>>[0], said: object) =>
  service.call(rpc, requestOf(rpc, said));
const typesOf = async (tenantId: string) => (await service.events(tenantId)).map(({ type }) => type);
const tokenOf = (link: string) => link.slice(link.lastIndexOf("/") + 1);

test("R120, R130 a study is closed with method, sample and findings, is found by its words, and leads to its targets", async () => {
  const lin = await service.user();
  const rival = await ask(lin, competitors.createCompetitor, {
    competitor: { name: "Great Wall Tea" },
  });
  const study = await ask(lin, studies.createMarketStudy, {
    marketStudy: { title: "Who drinks oolong", competitorIds: [rival.competitorId] },
  });
  const { studyId } = study;
  await expect(ask(lin, studies.closeMarketStudy, { studyId })).rejects.toEqual(reason("STUDY_INCOMPLETE"));
  const found = {
    method: MarketStudy_Method.SURVEY,
    sampleSize: 400,
    findings: [{ text: "Golfers ask for gift boxes", evidence: "p. 3" }],
  };
  await ask(lin, studies.updateMarketStudy, {
    marketStudy: { studyId, ...found },
    etag: study.etag,
  });
  const closed = await ask(lin, studies.closeMarketStudy, { studyId });
  expect(closed).toMatchObject({ method: MarketStudy_Method.SURVEY, sampleSize: 400, state: 2 });
  const listed = async (filter: string) =>
    (await ask(lin, studies.listMarketStudies, { filter })).marketStudies.map((each) => each.studyId);
  expect(await listed('finding.contains("gift boxes")')).toEqual([studyId]);
  expect(await listed(`"${rival.competitorId}" in competitor_ids`)).toEqual([studyId]);
  expect(await listed('finding.contains("coffee")')).toEqual([]);
  const { segmentId, plan } = await planned(lin, { studyId });
  expect((await ask(lin, studies.listStudyTargets, { studyId })).targets).toEqual([
    { segmentId, segmentName: "Golfers", planIds: [plan.planId] },
  ]);
});

test("R121 the win rate against a competitor follows the opportunities that name it", async () => {
  const lin = await service.user();
  const { competitorId } = await ask(lin, competitors.createCompetitor, {
    competitor: { name: "Great Wall" },
  });
  const standing = async () => {
    await sales.settled();
    return ask(lin, competitors.getCompetitorStanding, { competitorId });
  };
  expect(await standing()).toMatchObject({ won: 0n, lost: 0n, winRate: undefined });
  const tell = (event: Codec<unknown>, stageType: Stage_Type, id = randomUUID()) =>
    sales.tell(lin.tenantId, Opportunity, event, {
      id,
      state: {
        opportunityId: id,
        competitorId,
        stageType,
        amount: yuan(100),
        closeDate: { year: 2026, month: 5, day: 1 },
      },
    });
  for (const _ of [1, 2, 3]) await tell(OpportunityLost, Stage_Type.LOST);
  const won = randomUUID();
  await tell(OpportunityWon, Stage_Type.WON, won);
  expect(await standing()).toMatchObject({
    won: 1n,
    lost: 3n,
    winRate: 0.25,
    amounts: [{ won: yuan(100), lost: yuan(300) }],
  });
  await tell(OpportunityLost, Stage_Type.LOST, won);
  expect(await standing()).toMatchObject({ won: 0n, lost: 4n, winRate: 0 });
});

test("R122 a plan names segments, targets with size and score, and a positioning; each version of it is kept", async () => {
  const lin = await service.user();
  const { plan, segmentId } = await planned(lin);
  expect(plan.targets).toMatchObject([{ segmentId, size: 120n, score: 80 }]);
  const create = (more: object) =>
    ask(lin, plans.createMarketingPlan, { marketingPlan: planOf(segmentId, more) });
  await expect(create({ segmentIds: [] })).rejects.toEqual(violation("TARGET_NOT_CONSIDERED"));
  await expect(create({ positioning: "" })).rejects.toMatchObject({ code: "INVALID_ARGUMENT" });
  const other = { segmentIds: [segmentId, randomUUID()] };
  await expect(create(other)).rejects.toEqual(reason("UNKNOWN_SEGMENT"));
  const { planId, etag } = plan;
  await ask(lin, plans.updateMarketingPlan, { marketingPlan: { planId, budget: yuan(2000) }, etag });
  const { revisions } = await ask(lin, plans.listPlanRevisions, { planId });
  expect(revisions.map(({ version, plan: was }) => [version, was?.budget?.units])).toEqual([
    [2, 2000n],
    [1, 1000n],
  ]);
});

test("a target that a campaign is for stays in its plan", async () => {
  const lin = await service.user();
  const { plan } = await campaignOf(lin);
  const { planId, etag, segmentIds } = plan;
  const targets = [{ segmentId: segmentIds[0]!, size: 1n, score: 1, reason: "Another" }];
  const change = ask(lin, plans.updateMarketingPlan, { marketingPlan: { planId, targets }, etag });
  await expect(change).rejects.toEqual(reason("TARGET_IN_USE"));
});

test("R122 a campaign is for a target of a plan that is not over", async () => {
  const lin = await service.user();
  const { plan, targetId } = await planned(lin);
  const create = (more: object) =>
    ask(lin, campaigns.createCampaign, {
      campaign: { name: "Late", planId: plan.planId, targetId, ...more },
    });
  await expect(create({ targetId: randomUUID() })).rejects.toEqual(reason("TARGET_REQUIRED"));
  await ask(lin, plans.closeMarketingPlan, { planId: plan.planId });
  await expect(create({})).rejects.toEqual(reason("PLAN_CLOSED"));
});

test("a template is shown to a sample customer before anybody gets it, and to a real one only before those who may know them", async () => {
  const lin = await service.user();
  const variants = [
    {
      channel: "EMAIL",
      subject: "Hi",
      text: "Dear {{ customer.city }} {{ unsubscribe_url }}",
      language: "",
      html: "",
    },
  ];
  const { messages } = await ask(lin, templates.previewMessageTemplate, {
    template: { name: "x", variants },
  });
  expect(messages).toMatchObject([{ channel: "EMAIL", text: "Dear 上海 https://example.com/unsubscribe" }]);
  const customerId = await tellCustomer(lin.tenantId, { city: "杭州" });
  await customer.settled();
  const shownTo = (user: TestUser) =>
    ask(user, templates.previewMessageTemplate, { template: { name: "x", variants }, customerId });
  expect((await shownTo(lin)).messages[0]!.text).toContain("杭州");
  const rights = [
    { resource: "message_template", action: "*" },
    { resource: "customer", action: "read" },
  ];
  const author = await service.user({ tenantId: lin.tenantId, grants: rights });
  await expect(shownTo(author)).rejects.toEqual(reason("PERMISSION_DENIED"));
  const broken = {
    name: "x",
    variants: [{ ...variants[0], text: "{{ customer.secret }} {{ unsubscribe_url }}" }],
  };
  const create = ask(lin, templates.createMessageTemplate, { messageTemplate: broken });
  await expect(create).rejects.toEqual(violation("UNKNOWN_NAME"));
});

test("RFC 8058 an open, a click and an unsubscription are noted once each; who looks ahead, or has a forged link, changes nothing", async () => {
  const lin = await service.user();
  const { campaign } = await campaignOf(lin);
  const customerId = await tellCustomer(lin.tenantId);
  await customer.settled();
  const { messageId } = await sent(lin, campaign.campaignId, customerId);
  const links = trackedLinks(
    { publicUrl: "https://crm.example.com", keys: [KEY] },
    { tenantId: lin.tenantId, messageId },
  );
  const target = "https://shop.example/?a=1";
  const click = tokenOf(links.follow(target));
  const bye = tokenOf(links.unsubscribe);
  expect((await follow(tracking.followTrackedLink, { token: click, prefetch: true })).location).toBe(target);
  const page = await follow(tracking.getUnsubscribePage, {
    token: bye,
    acceptLanguage: "zh-CN,en;q=0.5",
  });
  expect(Buffer.from(page.data).toString()).toContain("确认退订");
  const forged = trackedLinks(
    { publicUrl: "https://crm.example.com", keys: ["x".repeat(24)] },
    { tenantId: lin.tenantId, messageId },
  );
  const forgedClick = follow(tracking.followTrackedLink, {
    token: tokenOf(forged.follow(target)),
  });
  await expect(forgedClick).rejects.toEqual(reason("UNKNOWN_LINK"));
  expect(await memberOf(lin, campaign.campaignId)).toMatchObject({
    clickedTime: undefined,
    unsubscribedTime: undefined,
  });
  const consent = async (state: Consent_State) => {
    const consents = [{ channel: Channel.EMAIL, purpose: "marketing", state }];
    const told = { customerId, state: 1, consents };
    await customer.tell(lin.tenantId, Customer, ConsentChanged, { id: customerId, customerId, state: told });
    await customer.settled();
  };
  for (const _ of [1, 2]) {
    expect((await follow(tracking.openTrackedMessage, { token: tokenOf(links.pixel!) })).contentType).toBe(
      "image/gif",
    );
    expect((await follow(tracking.followTrackedLink, { token: click })).location).toBe(target);
    const done = await follow(tracking.unsubscribe, { token: bye, acceptLanguage: "en" });
    expect(Buffer.from(done.data).toString()).toContain("You are unsubscribed");
    await consent(Consent_State.WITHDRAWN);
  }
  const noted = async () =>
    (await service.events(lin.tenantId)).filter(({ type }) => /Opened|Clicked|Unsubscribed/.test(type));
  const said = await noted();
  expect(said.map(({ type }) => type)).toEqual(["MemberOpened", "MemberClicked", "MemberUnsubscribed"]);
  expect(said[1]!.message).toMatchObject({ url: target });
  expect(said[2]!.message).toMatchObject({
    purpose: "marketing",
    channel: "EMAIL",
    address: "a@example.com",
  });
  await consent(Consent_State.GRANTED);
  await follow(tracking.unsubscribe, { token: bye });
  expect((await noted()).map(({ type }) => type).slice(3)).toEqual(["MemberUnsubscribed"]);
  await service.admin.query("delete from campaign_messages where message_id = $1", [messageId]);
  await expect(follow(tracking.unsubscribe, { token: bye })).rejects.toEqual(reason("UNKNOWN_LINK"));
});

test("R123, R126 what a campaign brought is what its members bought in time and kept, beside what it cost", async () => {
  const lin = await service.user();
  const { campaign, plan } = await campaignOf(lin, "trade show");
  const { campaignId } = campaign;
  const source = { channel: Source_Channel.TRADE_SHOW };
  const createDate = { year: 2026, month: 1, day: 2 };
  const [early, late] = [
    await tellCustomer(lin.tenantId, { source, createDate }),
    await tellCustomer(lin.tenantId, { source, createDate }),
  ];
  await customer.settled();
  await sent(lin, campaignId, early, 10);
  await sent(lin, campaignId, late, 40);
  await ask(lin, campaigns.recordCampaignCost, { campaignId, amount: yuan(100) });
  const order = {
    orderNumber: "1",
    status: Order_Status.CONFIRMED,
    currencyCode: "CNY",
    netAmount: yuan(900),
    marginAmount: yuan(300),
    kind: 1,
  };
  const bought = async (customerId: string) => {
    const orderId = randomUUID();
    const state = { ...order, orderId, customerId, orderTime: new Date() };
    await sales.tell(lin.tenantId, Order, OrderConfirmed, { id: orderId, customerId, state });
    return { id: orderId, customerId, state };
  };
  const kept = await bought(early);
  await bought(late); // forty days after the message, where thirty count
  await sales.settled();
  const result = (model: AttributionModel = AttributionModel.LAST_TOUCH) =>
    ask(lin, attribution.getCampaignResult, { campaignId, model });
  expect(await result(AttributionModel.POSITION)).toMatchObject({
    members: 2n,
    sent: { count: 2n, of: 2n, rate: 1 },
    converted: { count: 1n, of: 2n, rate: 0.5 },
    opened: { count: 0n, of: 2n, rate: 0 },
    revenue: yuan(900),
    margin: yuan(300),
    cost: yuan(100),
    roi: 2,
    conversions: 1n,
    conversionCredit: 1,
  });
  expect(await ask(lin, plans.getPlanResult, { planId: plan.planId })).toMatchObject({
    budget: yuan(1000),
    spend: yuan(100),
    variance: yuan(900),
    revenue: yuan(900),
    roi: 2,
    campaigns: [{ campaignId, spend: yuan(100) }],
    targets: [{ segmentName: "Golfers", campaigns: 1 }],
  });
  expect((await ask(lin, attribution.getChannelCosts, {})).channels).toMatchObject([
    {
      channel: Source_Channel.TRADE_SHOW,
      customers: 2n,
      campaigns: 1n,
      cost: yuan(100),
      costPerCustomer: yuan(50),
    },
  ]);
  expect((await typesOf(lin.tenantId)).filter((type) => type === "MemberConverted")).toHaveLength(1);
  await sales.tell(lin.tenantId, Order, OrderCancelled, {
    ...kept,
    state: { ...kept.state, status: Order_Status.CANCELLED },
  });
  await sales.settled();
  expect(await result()).toMatchObject({
    revenue: yuan(0),
    conversions: 0n,
    converted: { count: 0n },
    roi: -1,
  });
});

test("R068 guests register until an event is full, the first who waits moves up, and each is followed up once", async () => {
  const lin = await service.user();
  const ids = [];
  for (const _ of [1, 2, 3, 4]) ids.push(await tellCustomer(lin.tenantId));
  await customer.settled();
  const start = new Date(Date.now() - 3_600_000);
  const { eventId } = await ask(lin, events.createMarketingEvent, {
    marketingEvent: {
      name: "Tasting",
      startTime: start,
      endTime: start,
      capacity: 2,
      followUp: "Ask what they liked",
      followUpDays: 2,
    },
  });
  expect(await ask(lin, events.inviteGuests, { eventId, customerIds: ids.slice(0, 2) })).toMatchObject({
    invited: 2,
  });
  expect(await ask(lin, events.inviteGuests, { eventId, customerIds: ids.slice(1, 3) })).toMatchObject({
    invited: 1,
    alreadyInvited: 1,
  });
  const say = async (
    rpc: typeof events.registerGuest | typeof events.declineGuest | typeof events.checkInGuest,
    customerId: string,
  ) => (await ask(lin, rpc, { eventId, customerId })).status;
  const statuses = [];
  for (const id of ids) statuses.push(await say(events.registerGuest, id));
  const { REGISTERED, WAITING, DECLINED, ATTENDED } = EventGuest_Status;
  expect(statuses).toEqual([REGISTERED, REGISTERED, WAITING, WAITING]);
  expect(await say(events.declineGuest, ids[0]!)).toBe(DECLINED);
  expect(await say(events.checkInGuest, ids[2]!)).toBe(ATTENDED);
  const counts = () => ask(lin, events.getEventCounts, { eventId });
  expect(await counts()).toMatchObject({
    total: 4n,
    registered: 1n,
    waiting: 1n,
    declined: 1n,
    attended: 1n,
  });
  await ask(lin, events.closeMarketingEvent, { eventId });
  await expect
    .poll(counts, { timeout: 20_000 })
    .toMatchObject({ noShow: 1n, attended: 1n, waiting: 1n, followedUp: 2n });
  const wanted = (await service.events(lin.tenantId)).filter(({ type }) => type === "EventFollowUpWanted");
  expect(new Set(wanted.map(({ state }) => state.customerId))).toEqual(new Set([ids[1], ids[2]]));
  expect(wanted).toHaveLength(2);
  await expect(say(events.registerGuest, ids[3]!)).rejects.toEqual(reason("EVENT_OVER"));
  expect(await say(events.checkInGuest, ids[3]!)).toBe(ATTENDED);
  await expect.poll(counts, { timeout: 20_000 }).toMatchObject({ attended: 2n, followedUp: 3n });
});

test("R042 a customer who comes into a stage gets its playbook once, and comes into its campaign", async () => {
  const lin = await service.user();
  const { campaign } = await campaignOf(lin);
  const { campaignId } = campaign;
  const task = { title: "Show the premium line", dueDays: 3, note: "", assigneeId: "" };
  const playbook = { name: "Raise", stage: LifecycleStage.GROWTH, tasks: [task], campaignId, active: true };
  await ask(lin, playbooks.createPlaybook, { playbook });
  const empty = ask(lin, playbooks.createPlaybook, {
    playbook: { ...playbook, tasks: [], campaignId: "" },
  });
  await expect(empty).rejects.toEqual(violation("EMPTY_PLAYBOOK"));
  const customerId = await tellCustomer(lin.tenantId);
  const enter = (lifecycleStage: LifecycleStage, day: number) =>
    customer.tell(lin.tenantId, Customer, LifecycleStageChanged, {
      id: customerId,
      customerId,
      state: {
        customerId,
        lifecycleStage,
        state: 1,
        lifecycleStageSinceTime: new Date(Date.UTC(2026, 5, day)),
      },
    });
  await enter(LifecycleStage.GROWTH, 1);
  await enter(LifecycleStage.MATURITY, 2);
  await customer.settled();
  const runs = async () => (await ask(lin, playbooks.listPlaybookRuns, {})).playbookRuns;
  expect(await runs()).toMatchObject([{ customerId, playbookName: "Raise", campaignId, tasks: [task] }]);
  expect(await memberOf(lin, campaignId)).toMatchObject({ customerId, origin: 3 });
  await enter(LifecycleStage.GROWTH, 3);
  await customer.settled();
  expect(await runs()).toHaveLength(2);
  expect((await typesOf(lin.tenantId)).filter((type) => type === "MemberTargeted")).toHaveLength(1);
});
