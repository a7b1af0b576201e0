// What marketing does when customers turn out to be one, somebody leaves, or one service is ahead of another.
import { randomUUID } from "node:crypto";
import { Customer, Customer_State, LifecycleStage } from "@guanxi/contract/guanxi/customer/v1/customer";
import { LifecycleStageChanged } from "@guanxi/contract/guanxi/customer/v1/customer_events";
import { Segment, Segment_State, SegmentMembership } from "@guanxi/contract/guanxi/customer/v1/segment";
import { SegmentChanged, SegmentEntered } from "@guanxi/contract/guanxi/customer/v1/segment_events";
import { Delivery_State, Interaction } from "@guanxi/contract/guanxi/interaction/v1/interaction";
import { MessageSent } from "@guanxi/contract/guanxi/interaction/v1/interaction_events";
import { CampaignServiceService as rpc } from "@guanxi/contract/guanxi/marketing/v1/campaign_service";
import { EventGuest_Status } from "@guanxi/contract/guanxi/marketing/v1/event_guest";
import { MarketingEventServiceService as events } from "@guanxi/contract/guanxi/marketing/v1/marketing_event_service";
import { MarketStudyServiceService as studies } from "@guanxi/contract/guanxi/marketing/v1/market_study_service";
import { MarketingPlanServiceService as plans } from "@guanxi/contract/guanxi/marketing/v1/marketing_plan_service";
import { PlaybookServiceService as playbooks } from "@guanxi/contract/guanxi/marketing/v1/playbook_service";
import { Suppression_Kind } from "@guanxi/contract/guanxi/marketing/v1/suppression";
import { SuppressionServiceService as suppressions } from "@guanxi/contract/guanxi/marketing/v1/suppression_service";
import { Order, Order_Status } from "@guanxi/contract/guanxi/sales/v1/order";
import { OrderConfirmed } from "@guanxi/contract/guanxi/sales/v1/order_events";
import { addDays, dateOf, dayIn } from "@guanxi/kit/days";
import { customerStory } from "@guanxi/testkit/customer-story";
import { startTeller } from "@guanxi/testkit/teller";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ask } from "./ask.ts";
import {
  addMembers,
  type CampaignGround,
  createCampaign,
  launch,
  membersOf,
  messagesOf,
  preparePlan,
  progress,
  setPolicy,
  startCampaignGround,
} from "./campaign-ground.ts";

const DAY_MS = 86_400_000;

let ground: CampaignGround;
let interaction: Awaited<ReturnType<typeof startTeller>>;
let sales: Awaited<ReturnType<typeof startTeller>>;
beforeAll(async () => {
  ground = await startCampaignGround();
  const { service } = ground;
  [interaction, sales] = await Promise.all([
    startTeller(service, "interaction"),
    startTeller(service, "sales"),
  ]);
});
afterAll(async () => {
  await Promise.all([interaction.stop(), sales.stop()]);
  await ground.stop();
});

async function company(policy: object = {}) {
  const user = await ground.service.user();
  await setPolicy(user, { quietFrom: "", quietUntil: "", ...policy });
  const story = customerStory(ground.customer, user.tenantId);
  return { user, tenantId: user.tenantId, plan: await preparePlan(ground, user), story };
}

type Company = Awaited<ReturnType<typeof company>>;

/** Somebody to write to, who may be told of again. */
const reader = ({ story }: Company) => {
  const value = `${randomUUID().slice(0, 8)}@example.org`;
  return story.registered({
    contactPoints: [{ kind: 1, value, normalised: value, primary: true }],
    consents: [{ channel: 1, purpose: "marketing", state: 1 }],
  });
};

const reasons = async ({ user }: Company, campaignId: string) =>
  (await messagesOf(user, campaignId)).map(({ step, customerId, reason }) => ({ step, customerId, reason }));

test("R009 members, messages, guests and playbook runs follow their customer, are written to once, and come back", async () => {
  const at = await company({ capMessages: 3, capDays: 7 });
  const { user, tenantId, plan, story } = at;
  const [a, b] = [await reader(at), await reader(at)];
  await ground.customer.settled();
  const { templateId } = plan;
  const steps = [1, 2].map((step) => ({ step, templateId, waitDays: step - 1 }));
  const { campaignId } = await createCampaign(user, plan, { steps });
  const only = await createCampaign(user, plan, { steps });
  await addMembers(user, campaignId, [a]);
  await addMembers(user, campaignId, [b]);
  await addMembers(user, only.campaignId, [a]);
  for (const id of [campaignId, only.campaignId]) await launch(user, id);
  await expect.poll(() => reasons(at, campaignId)).toHaveLength(2);
  await expect.poll(() => reasons(at, only.campaignId)).toHaveLength(1);
  const when = new Date(Date.now() - DAY_MS);
  const { eventId } = await ask(user, events.createMarketingEvent, {
    marketingEvent: { name: "Tasting", startTime: when, endTime: when },
  });
  await ask(user, events.registerGuest, { eventId, customerId: a });
  const task = { title: "Call", dueDays: 1, note: "", assigneeId: "" };
  const playbook = { name: "Raise", stage: LifecycleStage.GROWTH, tasks: [task], active: true };
  await ask(user, playbooks.createPlaybook, { playbook });
  const stage = { customerId: a, state: 1, lifecycleStage: LifecycleStage.GROWTH };
  const entered = { id: a, customerId: a, state: stage };
  await ground.customer.tell(tenantId, Customer, LifecycleStageChanged, entered);
  await ground.customer.settled();
  const where = async () => ({
    members: [...(await membersOf(user, campaignId)), ...(await membersOf(user, only.campaignId))].map(
      ({ customerId }) => customerId,
    ),
    messages: (await reasons(at, only.campaignId)).map(({ customerId }) => customerId),
    guests: (await ask(user, events.listEventGuests, { eventId })).eventGuests.map((it) => it.customerId),
    runs: (await ask(user, playbooks.listPlaybookRuns, {})).playbookRuns.map((it) => it.customerId),
  });
  expect(await where()).toEqual({ members: [a, b, a], messages: [a], guests: [a], runs: [a] });
  await story.absorbed(a, b);
  await ground.customer.settled();
  await expect.poll(where).toEqual({ members: [b, b, b], messages: [b], guests: [b], runs: [b] });
  // Whoever says the old id means the new customer, who is there already.
  expect((await addMembers(user, only.campaignId, [a])).members).toMatchObject([{ customerId: b }]);
  expect(await ask(user, events.inviteGuests, { eventId, customerIds: [a, b] })).toMatchObject({
    invited: 0,
    alreadyInvited: 1,
  });
  const { ATTENDED } = EventGuest_Status;
  expect(await ask(user, events.checkInGuest, { eventId, customerId: b })).toMatchObject({
    customerId: b,
    status: ATTENDED,
  });
  expect((await membersOf(user, only.campaignId)).length).toBe(1);
  await ground.service.admin.query(
    "update campaign_steps_due set due_time = now() - interval '1 hour' where campaign_id = $1",
    [campaignId],
  );
  await ground.service.admin.query("update jobs set due_time = now() where subject_id = $1", [campaignId]);
  const second = async () => (await reasons(at, campaignId)).filter(({ step }) => step === 2);
  await expect.poll(second).toHaveLength(2);
  // Three messages have gone to the two of them.
  expect((await second()).map(({ reason }) => reason).toSorted()).toEqual([
    "DUPLICATE_MEMBER",
    "FREQUENCY_CAP",
  ]);
  await story.separated(a, b);
  await ground.customer.settled();
  await expect.poll(where).toEqual({ members: [a, b, a], messages: [a], guests: [a], runs: [a] });
});

test("R009, R125 who was not to be written to is not written to as another customer either", async () => {
  const at = await company();
  const { user, plan, story } = at;
  const [a, b] = [await reader(at), await reader(at)];
  await ground.customer.settled();
  await ask(user, suppressions.createSuppression, {
    suppression: { kind: Suppression_Kind.CUSTOMER, value: a },
  });
  await story.absorbed(a, b);
  await ground.customer.settled();
  const { campaignId } = await createCampaign(user, plan);
  await addMembers(user, campaignId, [a]);
  await launch(user, campaignId);
  const expected = [{ step: 1, customerId: b, reason: "SUPPRESSED_CUSTOMER" }];
  await expect.poll(() => reasons(at, campaignId)).toEqual(expected);
});

test("R009 a step that falls due while its member is moved waits for whom the customer has become", async () => {
  const at = await company();
  const { user, plan, tenantId } = at;
  const [a, b] = [await reader(at), await reader(at)];
  await ground.customer.settled();
  const { campaignId } = await createCampaign(user, plan);
  await addMembers(user, campaignId, [a]);
  // The copy of the customer knows already what its records have not followed yet.
  const merged = "update customers set state = $3 where tenant_id = $1 and customer_id = $2";
  await ground.service.admin.query(merged, [tenantId, a, Customer_State.MERGED]);
  await launch(user, campaignId);
  const waiting = async () =>
    (
      await ground.service.admin.query(
        "select from campaign_steps_due where campaign_id = $1 and due_time > now() + interval '5 seconds'",
        [campaignId],
      )
    ).rowCount;
  await expect.poll(waiting).toBe(1);
  await at.story.absorbed(a, b);
  await ground.customer.settled();
  await expect.poll(async () => (await membersOf(user, campaignId))[0]!.customerId).toBe(b);
  await ground.service.admin.query("update campaign_steps_due set due_time = now() where campaign_id = $1", [
    campaignId,
  ]);
  await ground.service.admin.query("update jobs set due_time = now() where subject_id = $1", [campaignId]);
  await expect.poll(() => reasons(at, campaignId)).toEqual([{ step: 1, customerId: b, reason: "" }]);
});

test("R017 a leaver's campaigns, plans, studies and events that go on are another's", async () => {
  const { user, tenantId, plan, story } = await company();
  const chen = await ground.service.user({ tenantId });
  const ownerId = user.userId;
  const { campaignId } = await createCampaign(user, plan, { ownerId });
  const over = await createCampaign(user, plan, { ownerId });
  await ask(user, rpc.abortCampaign, { campaignId: over.campaignId, reason: "enough" });
  const segmentId = await ground.segment(tenantId, []);
  await ground.customer.settled();
  const { planId } = await ask(user, plans.createMarketingPlan, {
    marketingPlan: {
      ...{ name: "2027", segmentIds: [segmentId], positioning: "First", ownerId },
      targets: [{ segmentId, size: 1, score: 1, reason: "They buy" }],
    },
  });
  const { studyId } = await ask(user, studies.createMarketStudy, {
    marketStudy: { title: "Tea", question: "Who drinks it?", ownerId },
  });
  const soon = new Date(Date.now() + DAY_MS);
  const { eventId } = await ask(user, events.createMarketingEvent, {
    marketingEvent: { name: "Fair", startTime: soon, endTime: soon, ownerId },
  });
  await story.handedOver(ownerId, [chen.userId]);
  await ground.customer.settled();
  const owners = async () =>
    (
      await Promise.all([
        ask(user, rpc.getCampaign, { campaignId }),
        ask(user, plans.getMarketingPlan, { planId }),
        ask(user, studies.getMarketStudy, { studyId }),
        ask(user, events.getMarketingEvent, { eventId }),
        ask(user, rpc.getCampaign, { campaignId: over.campaignId }),
      ])
    ).map((it) => it.ownerId);
  const to = chen.userId;
  await expect.poll(owners).toEqual([to, to, to, to, ownerId]);
});

/** A campaign of one member, whose message is asked for; it leaves when that is told. */
async function asked(at: Awaited<ReturnType<typeof company>>) {
  const { user, tenantId, plan } = at;
  const customerId = await reader(at);
  await ground.customer.settled();
  const { campaignId } = await createCampaign(user, plan);
  await addMembers(user, campaignId, [customerId]);
  await launch(user, campaignId);
  await expect.poll(() => reasons(at, campaignId)).toHaveLength(1);
  const [message] = await messagesOf(user, campaignId);
  const leaves = async () => {
    const interactionId = randomUUID();
    const contact = { interactionId, customerId, campaignMessageId: message!.messageId, campaignId };
    const state = { ...contact, channel: 2, direction: 2, delivery: { state: Delivery_State.SENT } };
    await interaction.tell(tenantId, Interaction, MessageSent, { id: interactionId, customerId, state });
    await interaction.settled();
  };
  const converted = async () => (await membersOf(user, campaignId))[0]!.convertedTime;
  return { customerId, converted, leaves };
}

test("R126 an order that is heard of before the message that led to it converts its member all the same", async () => {
  const at = await company();
  const { tenantId } = at;
  const { customerId, converted, leaves } = await asked(at);
  const orderId = randomUUID();
  const orderTime = new Date(Date.now() + 60_000);
  const order = { orderId, customerId, status: Order_Status.CONFIRMED, orderTime, currencyCode: "CNY" };
  await sales.tell(tenantId, Order, OrderConfirmed, { id: orderId, customerId, state: order });
  await sales.settled();
  expect(await converted()).toBeUndefined();
  await leaves();
  expect(await converted()).toEqual(orderTime);
  const said = (await ground.service.events(tenantId)).filter(({ type }) => type === "MemberConverted");
  expect(said.map(({ message: { orderId: id } }) => id)).toEqual([orderId]);
});

test("R126 an order that a file brought in converts, by the day where the company is", async () => {
  const at = await company();
  const { tenantId } = at;
  const { customerId, converted, leaves } = await asked(at);
  await leaves();
  const today = dayIn("Asia/Shanghai")(new Date());
  const bought = async (day: string) => {
    const orderId = randomUUID();
    const order = { orderId, customerId, status: Order_Status.FULFILLED, orderDate: dateOf(day) };
    const told = {
      id: orderId,
      customerId,
      state: { ...order, currencyCode: "CNY" },
      importId: randomUUID(),
    };
    await sales.tell(tenantId, Order, OrderConfirmed, told);
    await sales.settled();
    return told;
  };
  await bought(addDays(today, -1));
  expect(await converted()).toBeUndefined();
  const { id, importId } = await bought(today);
  expect(await converted()).toBeDefined();
  const said = (await ground.service.events(tenantId)).filter(({ type }) => type === "MemberConverted");
  expect(said).toMatchObject([{ message: { orderId: id }, meta: { importId } }]);
});

test("R024 a segment in the archive offers nothing", async () => {
  const at = await company();
  const { user, tenantId, plan } = at;
  const customerId = await reader(at);
  const policy = { rank: 1, offer: "ten per cent off" };
  const segmentId = await ground.segment(tenantId, [customerId], policy);
  const membership = { membershipId: randomUUID(), segmentId, customerId, member: true };
  const entered = { id: membership.membershipId, customerId, state: membership };
  await ground.customer.tell(tenantId, SegmentMembership, SegmentEntered, entered);
  const state = { segmentId, name: segmentId, condition: "true", state: Segment_State.ARCHIVED, policy };
  await ground.customer.tell(tenantId, Segment, SegmentChanged, { id: segmentId, state });
  await ground.customer.settled();
  const { campaignId } = await createCampaign(user, plan);
  await addMembers(user, campaignId, [customerId]);
  await launch(user, campaignId);
  await expect.poll(() => reasons(at, campaignId)).toHaveLength(1);
  expect((await messagesOf(user, campaignId))[0]!.text).not.toContain("ten per cent off");
});

test("R124 a campaign ends with its last day, though a step would fall due later, and when that day is moved", async () => {
  const at = await company();
  const { user, tenantId, plan } = at;
  const customerId = await reader(at);
  await ground.customer.settled();
  const { templateId } = plan;
  const steps = [0, 30].map((waitDays, index) => ({ step: index + 1, templateId, waitDays }));
  const made = await createCampaign(user, plan, { steps, endDate: { year: 2100, month: 1, day: 1 } });
  const { campaignId } = made;
  await addMembers(user, campaignId, [customerId]);
  await launch(user, campaignId);
  await expect.poll(async () => (await progress(user, campaignId)).audienceComplete).toBe(true);
  await expect.poll(() => reasons(at, campaignId)).toHaveLength(1);
  const jobs = async () =>
    (
      await ground.service.admin.query("select due_time from jobs where tenant_id = $1 and subject_id = $2", [
        tenantId,
        campaignId,
      ])
    ).rows.map(({ due_time: time }) => Math.round(((time as Date).getTime() - Date.now()) / DAY_MS));
  await expect.poll(jobs).toEqual([30]);
  const campaign = await ask(user, rpc.getCampaign, { campaignId });
  const endDate = { year: 2020, month: 1, day: 1 };
  await ask(user, rpc.updateCampaign, {
    campaign: { campaignId, endDate },
    etag: campaign.etag,
    updateMask: "endDate",
  });
  await expect.poll(async () => (await ask(user, rpc.getCampaign, { campaignId })).status).toBe(4);
  expect((await progress(user, campaignId)).steps[1]).toMatchObject({ decided: 0 });
});

test("R124 an audience is read on from where it was left, and from the beginning when the campaign is resumed", async () => {
  const at = await company();
  const { user, tenantId, plan } = at;
  const ids = (await Promise.all([1, 2, 3].map(() => reader(at)))).toSorted();
  const segmentId = await ground.segment(tenantId, ids);
  await ground.customer.settled();
  const { campaignId } = await createCampaign(user, plan, { audience: { segmentIds: [segmentId] } });
  await launch(user, campaignId);
  const complete = async () => (await progress(user, campaignId)).audienceComplete;
  await expect.poll(complete).toBe(true);
  const { admin } = ground.service;
  const leave = async () => {
    await admin.query("delete from campaign_members where campaign_id = $1", [campaignId]);
    const left = "update campaign_launches set complete = false, read_until = $2 where campaign_id = $1";
    await admin.query(left, [campaignId, ids[0]]);
  };
  const found = async () => (await membersOf(user, campaignId)).map((it) => it.customerId).toSorted();
  await leave();
  await admin.query(
    `insert into jobs (tenant_id, job_id, name, subject_id, due_time)
     values ($1, gen_random_uuid(), 'campaign audience', $2, now())`,
    [tenantId, campaignId],
  );
  await expect.poll(complete).toBe(true);
  expect(await found()).toEqual(ids.slice(1));
  await ask(user, rpc.pauseCampaign, { campaignId });
  await leave();
  await ask(user, rpc.resumeCampaign, { campaignId });
  await expect.poll(complete).toBe(true);
  expect(await found()).toEqual(ids);
});
