import { randomUUID } from "node:crypto";
import { Interaction } from "@guanxi/contract/guanxi/interaction/v1/interaction";
import {
  InteractionRecorded,
  MessageBounced,
  MessageFailed,
  MessageSent,
} from "@guanxi/contract/guanxi/interaction/v1/interaction_events";
import { SegmentMembership } from "@guanxi/contract/guanxi/customer/v1/segment";
import { SegmentEntered } from "@guanxi/contract/guanxi/customer/v1/segment_events";
import {
  AbortCampaignRequest,
  CampaignServiceService as rpc,
  PauseCampaignRequest,
  PreviewAudienceRequest,
  RecordCampaignCostRequest,
  RecordResponseRequest,
  RemoveCampaignMembersRequest,
  ResumeCampaignRequest,
  UpdateCampaignRequest,
} from "@guanxi/contract/guanxi/marketing/v1/campaign_service";
import {
  CreateSuppressionRequest,
  SuppressionServiceService as suppressionRpc,
} from "@guanxi/contract/guanxi/marketing/v1/suppression_service";
import {
  TrackingServiceService as trackingRpc,
  UnsubscribeRequest,
} from "@guanxi/contract/guanxi/marketing/v1/tracking_service";
import { openContext, settingsOf } from "@guanxi/bus/start";
import { settings } from "@guanxi/kit/env";
import { createLog } from "@guanxi/kit/log";
import { until } from "@guanxi/testkit/ground";
import { startTeller } from "@guanxi/testkit/teller";
import { afterAll, beforeAll, expect, test } from "vitest";
import { marketing } from "../src/app.ts";
import { broughtBy } from "../src/attribution/results.ts";
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

let ground: CampaignGround;
let interaction: Awaited<ReturnType<typeof startTeller>>;
beforeAll(async () => {
  ground = await startCampaignGround();
  interaction = await startTeller(ground.service, "interaction");
});
afterAll(async () => {
  await interaction.stop();
  await ground.stop();
});

const LOUD = { quietFrom: "", quietUntil: "" };

/** A company with a plan, where it is never quiet. */
async function company(policy: object = {}) {
  const user = await ground.service.user();
  await setPolicy(user, { ...LOUD, ...policy });
  return { user, tenantId: user.tenantId, plan: await preparePlan(ground, user) };
}

type Company = Awaited<ReturnType<typeof company>>;

async function campaignFor({ user, plan, tenantId }: Company, customerIds: string[], more: object = {}) {
  const segmentId = await ground.segment(tenantId, customerIds);
  await ground.customer.settled();
  return createCampaign(user, plan, { audience: { segmentIds: [segmentId] }, ...more });
}

/** All members have been found, and nothing that is due is left undecided. */
async function decided({ user }: Company, campaignId: string, step = 1) {
  await until(async () => {
    const { audienceComplete, memberCount, steps } = await progress(user, campaignId);
    return audienceComplete && steps.find((each) => each.step === step)?.decided === memberCount;
  });
  return progress(user, campaignId);
}

const reasonsOf = ({ steps }: Awaited<ReturnType<typeof progress>>) =>
  Object.fromEntries(steps.flatMap(({ reasons }) => reasons.map(({ reason, count }) => [reason, count])));

test("R124, R125 who may not be written to is suppressed with the reason, all others are asked for once, and it adds up", async () => {
  const at = await company();
  const { user, tenantId } = at;
  const reader = (more?: object) => ground.reader(tenantId, more);
  const mail = (value: string) => ({ contactPoints: [{ kind: 1, value, normalised: value, primary: true }] });
  const ids = await Promise.all([
    reader(),
    reader(),
    reader({ consents: [] }),
    reader({ consents: [{ channel: 1, purpose: "marketing", state: 2 }] }),
    reader({ contactPoints: [] }),
    reader(mail("Never@Example.net")),
    reader(mail("someone@blocked.example")),
    reader({ state: 2 }),
    reader(),
  ]);
  const suppress = (kind: 1 | 2 | 3, value: string) =>
    user.call(
      suppressionRpc.createSuppression,
      CreateSuppressionRequest.fromPartial({ suppression: { kind, value } }),
    );
  await suppress(1, "never@example.net");
  await suppress(2, "blocked.example");
  await suppress(3, ids[8]);
  const { campaignId, audience } = await campaignFor(at, ids);
  const preview = await user.call(
    rpc.previewAudience,
    PreviewAudienceRequest.fromPartial({ audience: audience! }),
  );
  expect(preview).toMatchObject({ count: 9, examined: 9, reachable: 2 });
  await launch(user, campaignId);
  const all = await decided(at, campaignId);
  expect(all).toMatchObject({ audienceCount: 9, memberCount: 9 });
  expect(all.steps).toMatchObject([{ decided: 9, requested: 2, waiting: 2, suppressed: 7, undecided: 0 }]);
  expect(reasonsOf(all)).toEqual({
    NO_CONSENT: 2,
    NO_ADDRESS: 1,
    SUPPRESSED_ADDRESS: 2,
    CUSTOMER_ARCHIVED: 1,
    SUPPRESSED_CUSTOMER: 1,
  });
  expect(Object.fromEntries(preview.suppressed.map(({ reason, count }) => [reason, count]))).toEqual(
    reasonsOf(all),
  );
  expect(all.members.reduce((sum, { count }) => sum + count, 0)).toBe(9);
  const asked = (await messagesOf(user, campaignId)).filter(({ state }) => state === 1);
  expect(
    asked.map(({ subject, purpose, channel }) => ({ subject: subject.slice(0, 10), purpose, channel })),
  ).toEqual(
    Array.from({ length: 2 }, () => ({ subject: "For Reader", purpose: "MARKETING", channel: "EMAIL" })),
  );
  expect(
    asked.every(({ unsubscribeUrl, text }) => unsubscribeUrl !== "" && text.includes(unsubscribeUrl)),
  ).toBe(true);
  await launch(user, campaignId);
  const said = await ground.service.events(tenantId);
  const count = (type: string) => said.filter((event) => event.type === type).length;
  expect([count("CampaignLaunched"), count("CampaignMessageRequested"), count("MemberTargeted")]).toEqual([
    1, 2, 9,
  ]);
});

test("R125 who unsubscribes is written to at that address under no other name, until that one agrees anew", async () => {
  const at = await company();
  const { user, tenantId } = at;
  const value = "Family@Example.org";
  const contactPoints = [{ kind: 1, value, normalised: value.toLowerCase(), primary: true }];
  const agreed = (time: Date, evidence = "form") => [
    { channel: 1, purpose: "marketing", state: 1, time, evidence },
  ];
  const before = agreed(new Date(Date.now() - 3_600_000));
  const [one, other] = [
    await ground.reader(tenantId, { contactPoints, consents: before }),
    await ground.reader(tenantId, {
      ...{ contactPoints: [{ ...contactPoints[0], value: value.toLowerCase() }], consents: before },
    }),
  ];
  const first = await campaignFor(at, [one]);
  await launch(user, first.campaignId);
  await decided(at, first.campaignId);
  const [message] = await messagesOf(user, first.campaignId);
  const token = message!.unsubscribeUrl.slice(message!.unsubscribeUrl.lastIndexOf("/") + 1);
  await ground.service.call(trackingRpc.unsubscribe, UnsubscribeRequest.fromPartial({ token }));
  const anew = await ground.reader(tenantId, { contactPoints, consents: agreed(new Date()) });
  // A file may be older than the unsubscription, whenever it comes in.
  const consents = agreed(new Date(), `import ${randomUUID()}`);
  const filed = await ground.reader(tenantId, { contactPoints, consents });
  const elsewhere = { kind: 1, value: "own@example.org", normalised: "own@example.org" };
  const moved = await ground.reader(tenantId, {
    ...{ contactPoints: [...contactPoints, elsewhere], consents: before },
  });
  const next = await campaignFor(at, [one, other, anew, filed, moved]);
  await launch(user, next.campaignId);
  expect(reasonsOf(await decided(at, next.campaignId))).toEqual({ UNSUBSCRIBED_ADDRESS: 3 });
  const asked = (await messagesOf(user, next.campaignId)).filter(({ state }) => state === 1);
  expect(new Map(asked.map(({ customerId, address }) => [customerId, address]))).toEqual(
    new Map([
      [anew, value],
      [moved, "own@example.org"],
    ]),
  );
});

test("R125 two campaigns that are launched at once keep the cap together: nobody gets more than it allows", async () => {
  const at = await company({ capMessages: 1, capDays: 7 });
  const ids = await Promise.all(Array.from({ length: 30 }, () => ground.reader(at.tenantId)));
  const [one, other] = [await campaignFor(at, ids), await campaignFor(at, ids)];
  await Promise.all([launch(at.user, one.campaignId), launch(at.user, other.campaignId)]);
  const both = [await decided(at, one.campaignId), await decided(at, other.campaignId)];
  const requested = both.map(({ steps }) => steps[0]!.requested);
  expect(requested[0]! + requested[1]!).toBe(30);
  expect(both.map((each) => reasonsOf(each).FREQUENCY_CAP ?? 0)).toEqual(
    requested.map((count) => 30 - count),
  );
  const asked = [
    ...(await messagesOf(at.user, one.campaignId)),
    ...(await messagesOf(at.user, other.campaignId)),
  ];
  const customers = asked.filter(({ state }) => state === 1).map(({ customerId }) => customerId);
  expect(new Set(customers).size).toBe(30);
});

test("R125 a member whose own day is quiet waits until the morning there, another one does not", async () => {
  const clock = (timeZone: string, hours: number) =>
    new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", minute: "2-digit" }).format(
      Date.now() + hours * 3_600_000,
    );
  // Now it is the middle of the quiet hours in Tokyo.
  const quietUntil = clock("Asia/Tokyo", 2);
  const at = await company({ quietFrom: clock("Asia/Tokyo", -2), quietUntil });
  const in_ = (timeZone: string) => ground.reader(at.tenantId, { preferences: { timeZone } });
  const [tokyo, lima] = [await in_("Asia/Tokyo"), await in_("America/Lima")];
  const { campaignId } = await campaignFor(at, [tokyo, lima]);
  await launch(at.user, campaignId);
  await decided(at, campaignId);
  const messages = new Map((await messagesOf(at.user, campaignId)).map((it) => [it.customerId, it]));
  expect(messages.get(lima)!.notBeforeTime).toBeUndefined();
  const until_ = messages.get(tokyo)!.notBeforeTime!;
  expect(
    new Intl.DateTimeFormat("en-GB", { timeZone: "Asia/Tokyo", hour: "2-digit", minute: "2-digit" }).format(
      until_,
    ),
  ).toBe(quietUntil);
  const asked = (await ground.service.events(at.tenantId)).filter(
    ({ type }) => type === "CampaignMessageRequested",
  );
  const zones = asked.map(({ state, message }) => [state.customerId, message.quietUntil, message.timeZone]);
  expect(new Set(zones)).toEqual(
    new Set([
      [tokyo, quietUntil, "Asia/Tokyo"],
      [lima, quietUntil, "America/Lima"],
    ]),
  );
  expect(zones).toHaveLength(2);
});

test("R024 a message says what the segment with the highest rank offers", async () => {
  const at = await company();
  const customerId = await ground.reader(at.tenantId);
  const low = await ground.segment(at.tenantId, [customerId], { rank: 5, offer: "a calendar" });
  const high = await ground.segment(at.tenantId, [customerId], { rank: 1, offer: "ten per cent off" });
  for (const segmentId of [low, high]) {
    const state = { membershipId: randomUUID(), segmentId, customerId, member: true };
    await ground.customer.tell(at.tenantId, SegmentMembership, SegmentEntered, {
      id: state.membershipId,
      customerId,
      state,
    });
  }
  const { campaignId } = await campaignFor(at, [customerId]);
  await launch(at.user, campaignId);
  await decided(at, campaignId);
  expect((await messagesOf(at.user, campaignId))[0]!.text).toContain("ten per cent off");
});

test("R124 sent, bounced, failed and answered are counted as the interaction service tells them", async () => {
  const at = await company();
  const { user, tenantId } = at;
  const ids = await Promise.all(Array.from({ length: 4 }, () => ground.reader(tenantId)));
  const { campaignId } = await campaignFor(at, ids);
  await launch(user, campaignId);
  await decided(at, campaignId);
  const messages = await messagesOf(user, campaignId);
  const contacts = messages.map(({ messageId, customerId, address }) => ({
    ...{
      interactionId: randomUUID(),
      customerId,
      campaignMessageId: messageId,
      campaignId,
      channel: 2,
      direction: 2,
    },
    ...{ partyAddress: address, conversationId: randomUUID() },
  }));
  const tell = (index: number, event: typeof MessageSent, delivery: object) => {
    const state = { ...contacts[index]!, delivery };
    return interaction.tell(tenantId, Interaction, event, {
      id: state.interactionId,
      customerId: state.customerId,
      state,
    });
  };
  for (const index of contacts.keys()) await tell(index, InteractionRecorded as never, { state: 1 });
  await tell(0, MessageSent, { state: 3 });
  await tell(1, MessageSent, { state: 3 });
  await tell(1, MessageBounced as never, { state: 5 });
  await tell(2, MessageFailed as never, { state: 4, reason: "NO_CONSENT" });
  const reply = {
    interactionId: randomUUID(),
    customerId: contacts[0]!.customerId,
    direction: 1,
    channel: 2,
  };
  const conversationId = contacts[0]!.conversationId;
  await interaction.tell(tenantId, Interaction, InteractionRecorded, {
    ...{ id: reply.interactionId, state: { ...reply, conversationId } },
  });
  await interaction.settled();
  const after = await progress(user, campaignId);
  expect(after.steps).toMatchObject([{ requested: 4, sent: 1, bounced: 1, failed: 1, waiting: 1 }]);
  const statuses = new Map((await membersOf(user, campaignId)).map((it) => [it.customerId, it.status]));
  expect(contacts.map(({ customerId }) => statuses.get(customerId))).toEqual([5, 7, 1, 1]);
  const again = await campaignFor(at, [contacts[1]!.customerId]);
  await launch(user, again.campaignId);
  expect(reasonsOf(await decided(at, again.campaignId))).toEqual({ BOUNCED_BEFORE: 1 });
});

test("R124 a paused campaign decides on nothing, goes on where it was, and what is due when it is given up is suppressed", async () => {
  const at = await company();
  const { user, plan } = at;
  const { templateId } = plan;
  const ids = await Promise.all(Array.from({ length: 3 }, () => ground.reader(at.tenantId)));
  const steps = [
    { step: 1, templateId, waitDays: 0 },
    { step: 2, templateId, waitDays: 3 },
  ];
  const { campaignId } = await campaignFor(at, ids, { steps });
  await launch(user, campaignId);
  await decided(at, campaignId);
  const pause = await user.call(
    rpc.pauseCampaign,
    PauseCampaignRequest.fromPartial({ campaignId, reason: "wait" }),
  );
  expect(pause.status).toBe(3);
  const [late, unwanted] = [await ground.reader(at.tenantId), await ground.reader(at.tenantId)];
  await ground.customer.settled();
  const { members } = await addMembers(user, campaignId, [late, unwanted, ids[0]!]);
  const overdue = () =>
    ground.service.admin.query(
      "update campaign_steps_due set due_time = now() - interval '1 hour' where campaign_id = $1",
      [campaignId],
    );
  await overdue();
  expect(await progress(user, campaignId)).toMatchObject({
    memberCount: 5,
    steps: [
      { decided: 3, undecided: 2 },
      { decided: 0, undecided: 3 },
    ],
  });
  const memberIds = members
    .filter(({ customerId }) => customerId === unwanted)
    .map(({ memberId }) => memberId);
  await user.call(
    rpc.removeCampaignMembers,
    RemoveCampaignMembersRequest.fromPartial({ campaignId, memberIds }),
  );
  await user.call(rpc.resumeCampaign, ResumeCampaignRequest.fromPartial({ campaignId }));
  const stepsOf = async () => (await progress(user, campaignId)).steps;
  await until(async () => (await stepsOf()).every(({ decided }, index) => decided === [5, 3][index]));
  expect((await stepsOf())[0]).toMatchObject({ requested: 4, reasons: [{ reason: "REMOVED", count: 1 }] });
  await user.call(rpc.pauseCampaign, PauseCampaignRequest.fromPartial({ campaignId }));
  await overdue();
  const abort = { campaignId, reason: "enough" };
  expect((await user.call(rpc.abortCampaign, AbortCampaignRequest.fromPartial(abort))).status).toBe(5);
  // The abort is behind the times that the test has set.
  await until(async () => (await stepsOf())[1]!.decided === 5);
  const [, second] = await stepsOf();
  expect(second).toMatchObject({ requested: 3, suppressed: 2, undecided: 0 });
  expect(second!.reasons.map(({ reason }) => reason).toSorted()).toEqual(["CAMPAIGN_ABORTED", "REMOVED"]);
  await expect(launch(user, campaignId)).rejects.toMatchObject({ reason: "CAMPAIGN_OVER" });
});

test("R122, R124 a campaign needs a target, an audience that there is, and counts its cost in one currency", async () => {
  const at = await company();
  const { user, plan } = at;
  const lost = createCampaign(user, { ...plan, targetId: randomUUID() });
  await expect(lost).rejects.toMatchObject({ reason: "TARGET_REQUIRED" });
  const budget = { currencyCode: "CNY", units: 1000n, nanos: 0 };
  const made = await campaignFor(at, [], { budget });
  const spend = (currencyCode: string, units: bigint) =>
    user.call(
      rpc.recordCampaignCost,
      RecordCampaignCostRequest.fromPartial({
        campaignId: made.campaignId,
        amount: { currencyCode, units, nanos: 0 },
      }),
    );
  await spend("CNY", 300n);
  expect((await spend("CNY", -100n)).cost?.units).toBe(200n);
  await expect(spend("USD", 1n)).rejects.toMatchObject({ reason: "WRONG_CURRENCY" });
  // The customer service has not heard of the segment any more: the campaign waits for another audience, and says why.
  ground.segments.delete(made.audience!.segmentIds[0]!);
  await launch(user, made.campaignId);
  await until(async () => (await user.call(rpc.getCampaign, { campaignId: made.campaignId })).status === 3);
  const paused = (await ground.service.events(at.tenantId)).find(({ type }) => type === "CampaignPaused");
  expect(paused?.message).toMatchObject({
    reason: "There is no such segment.",
    campaign: { pauseReason: "There is no such segment." },
  });
});

test("R124 a response by hand counts once, and its words may be changed", async () => {
  const at = await company();
  const customerId = await ground.reader(at.tenantId);
  await ground.customer.settled();
  const { campaignId } = await createCampaign(at.user, at.plan);
  const { members } = await addMembers(at.user, campaignId, [customerId, customerId]);
  expect(members).toHaveLength(1);
  const respond = (response: string) =>
    at.user.call(
      rpc.recordResponse,
      RecordResponseRequest.fromPartial({ memberId: members[0]!.memberId, response }),
    );
  const first = await respond("interested");
  expect(first).toMatchObject({ status: 5, response: "interested" });
  expect(await respond("wants a call")).toMatchObject({
    respondedTime: first.respondedTime,
    response: "wants a call",
  });
});

test("R124 what somebody may not read of customers is found out by no campaign: not by a preview, a new one or a change", async () => {
  const { user, tenantId, plan } = await company();
  const grants = [{ resource: "campaign", action: "*" }];
  const marketer = await ground.service.user({ tenantId, grants });
  const reader = await ground.service.user({
    ...{ tenantId, grants: [...grants, { resource: "customer", action: "read_personal" }] },
  });
  const segmentId = await ground.segment(tenantId, [await ground.reader(tenantId)]);
  await ground.customer.settled();
  const audience = { segmentIds: [segmentId], condition: 'phone == "+8613800138000"' };
  const forbidden = { code: "PERMISSION_DENIED", reason: "FORBIDDEN" };
  const preview = (by: typeof user) =>
    by.call(rpc.previewAudience, PreviewAudienceRequest.fromPartial({ audience }));
  await expect(preview(marketer)).rejects.toMatchObject(forbidden);
  expect(await preview(reader)).toMatchObject({ count: 1 });
  await expect(createCampaign(marketer, plan, { audience })).rejects.toMatchObject(forbidden);
  const change = (campaign: object, etag: string) =>
    marketer.call(rpc.updateCampaign, UpdateCampaignRequest.fromPartial({ campaign, etag }));
  const open = await createCampaign(marketer, plan, { audience: { segmentIds: [segmentId] } });
  const { campaignId } = open;
  await expect(change({ campaignId, audience }, open.etag)).rejects.toMatchObject(forbidden);
  // What somebody else has written may be sent back as it is.
  const theirs = await createCampaign(reader, plan, { audience });
  const renamed = await change({ ...theirs, name: "Summer" }, theirs.etag);
  expect(renamed).toMatchObject({ name: "Summer", audience: { condition: audience.condition } });
  await expect(
    change({ ...renamed, audience: { ...audience, condition: 'phone == "1"' } }, renamed.etag),
  ).rejects.toMatchObject(forbidden);
});

test("who previews an audience holds no transaction while the customer service counts", async () => {
  const at = await company();
  const { audience } = await campaignFor(at, [await ground.reader(at.tenantId)]);
  const held = async () => {
    const { rows } = await ground.service.admin.query<{ count: number }>(
      `select count(*)::int as count from pg_stat_activity
       where datname = current_database() and usename = 'marketing_app' and state = 'idle in transaction'`,
    );
    return rows[0]!.count;
  };
  let counted = 0;
  ground.counting.wait = async () => {
    await until(async () => (await held()) === 0); // a job may be between two statements
    counted += 1;
  };
  const asked = PreviewAudienceRequest.fromPartial({ audience: audience! });
  expect(await at.user.call(rpc.previewAudience, asked)).toMatchObject({ count: 1, examined: 1 });
  expect(counted).toBe(1);
  ground.counting.wait = async () => undefined;
});

test("R126 what campaigns brought is the same, however few customers are added up at a time", async () => {
  const { user, plan, tenantId } = await company();
  const ids = await Promise.all([1, 2, 3, 4, 5].map(() => ground.reader(tenantId)));
  await ground.customer.settled();
  const campaignIds: string[] = [];
  for (const some of [ids, ids.slice(0, 2)]) {
    const { campaignId } = await createCampaign(user, plan);
    await addMembers(user, campaignId, some);
    campaignIds.push(campaignId);
  }
  const { admin } = ground.service;
  await admin.query(
    `update campaign_members set sent_time = now() - interval '2 days', targeted_time = now() - interval '3 days'
     where tenant_id = $1`,
    [tenantId],
  );
  await admin.query(
    `insert into conversions (tenant_id, conversion_id, kind, customer_id, sale_time, amount, margin, currency_code, counts, version)
     select $1, gen_random_uuid(), 'ORDER', customer_id, now() - interval '1 day', 100000000, 40000000, 'CNY', true, 1
     from unnest($2::uuid[]) as i (customer_id), generate_series(1, 2)`,
    [tenantId, ids.slice(0, 4)],
  );
  const env = { ...ground.env, DATABASE_URL: ground.service.database.urlOf("app") };
  const known = {
    DATABASE_RELAY_URL: ground.service.database.urlOf("relay"),
    NATS_URL: ground.service.nats.url,
  };
  const all = settings(settingsOf(marketing), { ...env, ...known }) as never;
  const context = await openContext(marketing, all, createLog("marketing", "silent"));
  const as = { tenantId, actor: "test", timeZone: "Asia/Shanghai", currencyCode: "CNY" };
  const asked = { campaignIds, model: "LINEAR", currencyCode: "CNY" } as const;
  const results: Awaited<ReturnType<typeof broughtBy>>[] = [];
  for (const atOnce of [1, 2, 3, 1000])
    results.push(await context.act(as, (at) => broughtBy(at, asked, atOnce)));
  await context.db.close();
  const [both, alone] = campaignIds.map((id) => results[3]!.get(id));
  expect(both).toMatchObject({
    revenue: 600_000_000n,
    margin: 240_000_000n,
    conversions: 8,
    credit: 6_000_000n,
  });
  expect(alone).toMatchObject({ revenue: 200_000_000n, conversions: 4, credit: 2_000_000n });
  for (const result of results) expect(result).toEqual(results[3]);
});
