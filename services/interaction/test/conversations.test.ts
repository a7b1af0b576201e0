import { randomUUID } from "node:crypto";
import type { JobContext } from "@guanxi/bus/app";
import { openContext, settingsOf } from "@guanxi/bus/start";
import {
  Channel as Reached,
  Consent_State as Consent,
  ContactPoint_Kind as Kind,
} from "@guanxi/contract/guanxi/customer/v1/contact_point";
import { Grade } from "@guanxi/contract/guanxi/customer/v1/customer";
import { Conversation_State as State } from "@guanxi/contract/guanxi/interaction/v1/conversation";
import {
  Channel,
  Delivery_State as Delivery,
  Direction,
} from "@guanxi/contract/guanxi/interaction/v1/interaction";
import { Case } from "@guanxi/contract/guanxi/service_desk/v1/case";
import { CaseAbsorbed, CaseOpened } from "@guanxi/contract/guanxi/service_desk/v1/case_events";
import { Notice } from "@guanxi/contract/guanxi/service_desk/v1/notice";
import { NoticeIssued } from "@guanxi/contract/guanxi/service_desk/v1/notice_events";
import { settings } from "@guanxi/kit/env";
import { createLog } from "@guanxi/kit/log";
import { startTeller } from "@guanxi/testkit/teller";
import { afterAll, beforeAll, expect, test } from "vitest";
import { interaction } from "../src/app.ts";
import { replyDueJob } from "../src/conversations/overdue.ts";
import { recordInbound } from "../src/interactions/record-inbound.ts";
import { recordSent } from "../src/messages/record-sent.ts";
import {
  aCustomer,
  ago,
  aPerson,
  closeConversation,
  createTarget,
  deleteTarget,
  getContact,
  getConversation,
  listContacts,
  listConversations,
  listTargets,
  linkContact,
  recordContact,
  resend,
  send,
  typesOf,
  until,
  updateConversation,
  updateTarget,
} from "./contact-calls.ts";
import { interactionService } from "./service.ts";

const service = interactionService();
let customers: Awaited<ReturnType<typeof startTeller>>;
let desk: Awaited<ReturnType<typeof startTeller>>;
let other: Awaited<ReturnType<typeof secondProcess>>;
beforeAll(async () => {
  [customers, desk] = await Promise.all([
    startTeller(service, "customer"),
    startTeller(service, "service_desk"),
  ]);
  other = await secondProcess();
});
afterAll(async () => {
  await Promise.all([customers.stop(), desk.stop(), other.db.close()]);
});

/** Another process of the service on the same database, as a connector in it has it. */
const secondProcess = () =>
  openContext(
    interaction,
    settings(settingsOf(interaction), {
      DATABASE_URL: service.database.urlOf("app"),
      DATABASE_RELAY_URL: service.database.urlOf("relay"),
      NATS_URL: service.nats.url,
    }) as never,
    createLog("interaction", "silent"),
  );
const as = (tenantId: string) => ({
  tenantId,
  actor: "test",
  timeZone: "Asia/Shanghai",
  currencyCode: "CNY",
});

const CHAT = { channel: Channel.WECHAT, direction: Direction.INBOUND };
const MAIL = { channel: Channel.EMAIL, direction: Direction.INBOUND };

test("R060 fifty contacts at once, each delivered twice and by two processes, are one conversation without a hole", async () => {
  const lin = await service.user();
  const customerId = await aCustomer(customers, lin.tenantId);
  const contact = (number: number) => ({
    ...CHAT,
    customerId,
    body: `word ${number}`,
    externalIds: [{ system: "wecom", id: `m${number}` }],
  });
  const numbers = Array.from({ length: 50 }, (_, index) => index);
  const here = numbers.map((number) =>
    recordContact(lin, contact(number)).then(({ interactionId }) => interactionId),
  );
  // A connector in another process: four lanes, each with a connection.
  const lane = async (first: number) => {
    const ids: [number, string][] = [];
    for (const number of numbers.filter((each) => each % 4 === first))
      ids.push([
        number,
        (await other.act(as(lin.tenantId), (at) => recordInbound(at, contact(number)))).interactionId,
      ]);
    return ids;
  };
  const there = [0, 1, 2, 3].map(lane);
  const [ours, theirs] = await Promise.all([Promise.all(here), Promise.all(there)]);
  expect(new Map(theirs.flat())).toEqual(new Map(ours.map((id, number) => [number, id])));
  const { conversations } = await listConversations(lin, {});
  expect(conversations).toMatchObject([{ interactionCount: 50, state: State.OPEN, customerId }]);
  const { interactions } = await listContacts(lin, { pageSize: 200 });
  const positions = interactions.map(({ position }) => position).toSorted((a, b) => a - b);
  expect(positions).toEqual(numbers.map((number) => number + 1));
  const types = await typesOf(service, lin.tenantId);
  const count = (type: string) => types.filter((each) => each === type).length;
  expect([
    count("InteractionRecorded"),
    count("ConversationStarted"),
    count("ConversationContinued"),
  ]).toEqual([50, 1, 49]);
});

test("R060 contacts that arrive one after the other keep that order, and each thread is a conversation of its own", async () => {
  const lin = await service.user();
  const customerId = await aCustomer(customers, lin.tenantId);
  const post = (threadId: string) => ({
    channel: Channel.SOCIAL,
    direction: Direction.INBOUND,
    customerId,
    detail: { $case: "social", value: { network: "weibo", threadId } },
  });
  const said = [];
  for (const threadId of ["a", "b", "a", "a"]) said.push(await recordContact(lin, post(threadId)));
  expect(said.map(({ position }) => position)).toEqual([1, 1, 2, 3]);
  expect(new Set(said.map(({ conversationId }) => conversationId)).size).toBe(2);
  const mail = (messageId: string, inReplyTo: string) => ({
    ...MAIL,
    partyAddress: "a@example.com",
    subject: `Re: AW: 答复： invoice ${messageId}`,
    detail: { $case: "email", value: { messageId, inReplyTo } },
  });
  const first = await recordContact(lin, mail("1@x", ""));
  const alone = await recordContact(lin, mail("2@x", ""));
  const reply = await recordContact(lin, mail("3@x", "1@x"));
  expect(reply).toMatchObject({ conversationId: first.conversationId, position: 2 });
  expect(alone.conversationId).not.toBe(first.conversationId);
  expect((await getConversation(lin, first.conversationId)).subject).toBe("invoice 1@x");
});

test("a conversation that was closed, or in which nobody has spoken for days, is followed by another", async () => {
  const lin = await service.user();
  const customerId = await aCustomer(customers, lin.tenantId);
  const first = await recordContact(lin, { ...CHAT, customerId });
  const closed = await closeConversation(lin, first.conversationId);
  expect(closed).toMatchObject({ state: State.CLOSED, waitingSinceTime: undefined });
  expect(await closeConversation(lin, first.conversationId)).toEqual(closed);
  const call = { channel: Channel.PHONE, direction: Direction.OUTBOUND, customerId };
  const second = await recordContact(lin, { ...CHAT, customerId });
  expect(second.conversationId).not.toBe(first.conversationId);
  expect(second.position).toBe(1);
  const old = await recordContact(lin, { ...call, eventTime: ago(60 * 24 * 9) });
  const silent = () => getConversation(lin, old.conversationId);
  expect((await until(silent, ({ state }) => state === State.CLOSED)).state).toBe(State.CLOSED);
  const again = await recordContact(lin, { ...call, conversationId: old.conversationId });
  expect(again.conversationId).not.toBe(old.conversationId);
});

test("R061 a customer who waits too long is listed, said once, and somebody is told; the answer is measured", async () => {
  const lin = await service.user();
  const customerId = await aCustomer(customers, lin.tenantId, { ownerId: lin.userId, grade: Grade.A });
  await createTarget(lin, { channel: Channel.WECHAT, replyMinutes: 600 });
  await createTarget(lin, { channel: Channel.WECHAT, grade: Grade.A, replyMinutes: 30 });
  const asked = await recordContact(lin, { ...CHAT, customerId, eventTime: ago(60) });
  expect(asked.reply?.dueTime).toEqual(new Date(asked.eventTime!.getTime() + 30 * 60_000));
  const later = await recordContact(lin, { ...CHAT, customerId, eventTime: ago(20) });
  const machine = { channel: Channel.WECHAT, direction: Direction.OUTBOUND, customerId, automatic: true };
  await recordContact(lin, { ...machine, eventTime: ago(19) });
  await recordContact(lin, { ...CHAT, partyAddress: "wx-unknown", eventTime: ago(1) });
  const overdue = () => listConversations(lin, { filter: "overdue", orderBy: "reply_due_time" });
  const { conversations } = await until(overdue, (answer) => answer.conversations.length > 0);
  expect(conversations).toMatchObject([
    {
      conversationId: asked.conversationId,
      waitingSinceTime: asked.eventTime,
      replyDueTime: asked.reply?.dueTime,
    },
  ]);
  expect((await getContact(lin, asked.interactionId)).reply?.overdue).toBe(true);
  const waiting = await listConversations(lin, {
    filter: "has(waiting_since_time)",
    orderBy: "reply_due_time",
  });
  expect(waiting.conversations.map(({ overdue: late }) => late)).toEqual([true, false]);

  await recordContact(lin, {
    channel: Channel.WECHAT,
    direction: Direction.OUTBOUND,
    customerId,
    eventTime: ago(10),
  });
  const [first, second] = [
    await getContact(lin, asked.interactionId),
    await getContact(lin, later.interactionId),
  ];
  expect(first.reply).toMatchObject({ responseSeconds: 3000n, overdue: true });
  expect(second.reply).toMatchObject({ responseSeconds: 600n, overdue: false });
  expect(await getConversation(lin, asked.conversationId)).toMatchObject({
    waitingSinceTime: undefined,
    replyDueTime: undefined,
    overdue: false,
  });
  const events = await service.events(lin.tenantId);
  expect(events.filter(({ type }) => type === "ReplyOverdue")).toHaveLength(1);
  const tasks = events.filter(({ type }) => type === "TaskCreated").map(({ state }) => state);
  expect(tasks).toEqual([
    expect.objectContaining({ customerId, assigneeId: lin.userId, kind: "KIND_ALERT" }),
  ]);
});

test("R061 who waits in a conversation that somebody closes waits no more, and a promise that was broken stays so", async () => {
  const lin = await service.user();
  const customerId = await aCustomer(customers, lin.tenantId);
  await createTarget(lin, { channel: Channel.WECHAT, replyMinutes: 30 });
  const late = await recordContact(lin, { ...CHAT, customerId, eventTime: ago(60) });
  const early = await recordContact(lin, { ...CHAT, customerId, eventTime: ago(5) });
  await closeConversation(lin, late.conversationId);
  expect((await getContact(lin, late.interactionId)).reply).toMatchObject({
    dueTime: late.reply?.dueTime,
    overdue: true,
  });
  expect((await getContact(lin, early.interactionId)).reply).toBeUndefined();
});

test("R061 more contacts than fit one batch are all said to be late", async () => {
  const lin = await service.user();
  const { conversationId, interactionId } = await recordContact(lin, { ...CHAT, partyAddress: "wx-many" });
  const { rows: columns } = await service.admin.query(
    `select string_agg(column_name, ', ') as names from information_schema.columns where table_name = 'interactions'
      and table_schema = 'interaction' and column_name not in ('interaction_id', 'position')`,
  );
  const { names } = columns[0] as { names: string };
  await service.admin.query(
    `insert into interactions (interaction_id, position, ${names})
      select gen_random_uuid(), place, ${names} from interactions, generate_series(2, 520) as p (place)
      where interaction_id = $1`,
    [interactionId],
  );
  const past = "set reply_due_time = now() - interval '1 minute' where conversation_id = $1";
  await service.admin.query(`update interactions ${past}`, [conversationId]);
  await service.admin.query(`update conversations ${past}`, [conversationId]);
  await service.admin.query("update jobs set due_time = now() where subject_id = $1 and name = 'reply due'", [
    conversationId,
  ]);
  const unsaid = async () =>
    (
      await service.admin.query(
        "select count(*)::int as n from interactions where conversation_id = $1 and not reply_overdue",
        [conversationId],
      )
    ).rows[0] as { n: number };
  expect(await until(unsaid, ({ n }) => n === 0)).toEqual({ n: 0 });
});

test("R061 two schedulers that look at the same due time say it once, and make one task", async () => {
  const lin = await service.user();
  const { conversationId } = await recordContact(lin, { ...CHAT, partyAddress: "wx-8" });
  await service.admin.query(
    `update conversations set reply_due_time = now() - interval '1 minute' where conversation_id = $1`,
    [conversationId],
  );
  const job = {
    tenantId: lin.tenantId,
    subjectId: conversationId,
    attempts: 0,
    signal: AbortSignal.timeout(20_000),
  };
  const context = {
    ...other,
    settingsOf: async () => ({ timeZone: "Asia/Shanghai", currencyCode: "CNY" }),
  } as unknown as JobContext;
  await Promise.all([1, 2, 3, 4].map(() => replyDueJob.run(job, context)));
  const types = await typesOf(service, lin.tenantId);
  expect(types.filter((type) => type === "ReplyOverdue" || type === "TaskCreated").toSorted()).toEqual([
    "ReplyOverdue",
    "TaskCreated",
  ]);
});

test("R061 who was spoken with at once never waited; a call that nobody took waits for a call back", async () => {
  const lin = await service.user();
  const customerId = await aCustomer(customers, lin.tenantId);
  const call = (value: object) => ({
    channel: Channel.PHONE,
    direction: Direction.INBOUND,
    customerId,
    detail: { $case: "phone", value },
  });
  const missed = await recordContact(lin, { ...call({ abandoned: true }), eventTime: ago(5) });
  expect(missed.reply).toMatchObject({ replyTime: undefined });
  const taken = await recordContact(lin, { ...call({ waitSeconds: 40 }), eventTime: ago(2) });
  expect(taken.reply).toMatchObject({
    responseSeconds: 40n,
    replyInteractionId: taken.interactionId,
    overdue: false,
  });
  expect((await getContact(lin, missed.interactionId)).reply).toMatchObject({
    responseSeconds: 180n,
    replyInteractionId: taken.interactionId,
  });
});

test("targets have one for each channel and grade, and go again", async () => {
  const lin = await service.user();
  const target = await createTarget(lin, { channel: Channel.SMS, replyMinutes: 5 });
  await expect(createTarget(lin, { channel: Channel.SMS, replyMinutes: 6 })).rejects.toMatchObject({
    reason: "TARGET_EXISTS",
  });
  const { responseTargetId } = target;
  const changed = await updateTarget(lin, { responseTargetId, replyMinutes: 7 }, target.etag);
  expect(changed).toMatchObject({ replyMinutes: 7, silenceDays: 7 });
  await expect(deleteTarget(lin, responseTargetId, target.etag)).rejects.toMatchObject({
    reason: "ETAG_MISMATCH",
  });
  await deleteTarget(lin, responseTargetId, changed.etag);
  expect((await listTargets(lin)).responseTargets).toEqual([]);
});

test("somebody of ours answers a conversation, and the case that it is about is that of the contacts from then on", async () => {
  const lin = await service.user();
  const customerId = await aCustomer(customers, lin.tenantId);
  const { conversationId } = await recordContact(lin, { ...CHAT, partyAddress: "wx-7" });
  const before = await getConversation(lin, conversationId);
  const given = await updateConversation(lin, { conversationId, assigneeId: lin.userId }, before.etag);
  expect(given.assigneeId).toBe(lin.userId);
  await expect(
    updateConversation(lin, { conversationId, assigneeId: randomUUID() }, given.etag),
  ).rejects.toMatchObject({ reason: "UNKNOWN_OWNER" });
  const [caseId, mergedIntoCaseId] = [randomUUID(), randomUUID()];
  const told = { id: caseId, state: { caseId, conversationId, customerId } };
  await desk.tell(lin.tenantId, Case, CaseOpened, told);
  await desk.settled();
  expect(await getConversation(lin, conversationId)).toMatchObject({ caseId, customerId });
  expect(await recordContact(lin, { ...CHAT, partyAddress: "wx-7" })).toMatchObject({
    caseId,
    customerId,
    position: 2,
  });
  await desk.tell(lin.tenantId, Case, CaseAbsorbed, { ...told, state: { ...told.state, mergedIntoCaseId } });
  await desk.settled();
  expect((await getConversation(lin, conversationId)).caseId).toBe(mergedIntoCaseId);
});

const MAIL_POINT = { kind: Kind.EMAIL, value: "shop@example.com", normalised: "shop@example.com" };
const withdrawn = (purpose: string) => ({ channel: Reached.EMAIL, purpose, state: Consent.WITHDRAWN });

test("R005 a message on a channel that the customer does not want goes another way, or is refused with the reason", async () => {
  const lin = await service.user();
  const prefers = { contactPoints: [MAIL_POINT], preferences: { preferredChannel: Reached.EMAIL } };
  const customerId = await aCustomer(customers, lin.tenantId, prefers);
  const planned = { customerId, channel: Channel.SMS };
  await expect(send(lin, planned)).rejects.toMatchObject({
    code: "FAILED_PRECONDITION",
    reason: "MESSAGE_UNWANTED",
    message: "The customer prefers EMAIL.",
  });
  const sent = await send(lin, { ...planned, allowReroute: true });
  expect(sent).toMatchObject({
    channel: Channel.EMAIL,
    partyAddress: "shop@example.com",
    direction: Direction.OUTBOUND,
    userId: lin.userId,
    delivery: {
      plannedChannel: Channel.SMS,
      rerouteReason: "The customer prefers EMAIL.",
      purpose: "service",
    },
  });
  const calls = await aCustomer(customers, lin.tenantId, {
    contactPoints: [MAIL_POINT],
    preferences: { preferredChannel: Reached.PHONE },
  });
  const refused = (request: object, why: object) =>
    expect(send(lin, { channel: Channel.EMAIL, ...request })).rejects.toMatchObject(why);
  // On what is preferred nothing can be sent: that forbids no letter.
  const written = await send(lin, { customerId: calls, channel: Channel.EMAIL });
  expect(written).toMatchObject({ channel: Channel.EMAIL, delivery: { rerouteReason: "" } });
  const unsaid = { customerId: calls, channel: Channel.UNSPECIFIED };
  await refused(unsaid, { reason: "UNREACHABLE" });
  expect((await send(lin, { ...unsaid, allowReroute: true })).delivery!.rerouteReason).toContain("on PHONE");
  const silent = await aCustomer(customers, lin.tenantId, {
    contactPoints: [MAIL_POINT],
    consents: [withdrawn("marketing"), withdrawn("survey")],
  });
  await refused({ customerId: silent, purpose: "survey" }, { reason: "MESSAGE_UNWANTED" });
  expect(await send(lin, { customerId: silent })).toMatchObject({ channel: Channel.EMAIL });
  const nobody = await aCustomer(customers, lin.tenantId);
  await refused({ customerId: nobody }, { reason: "UNREACHABLE" });
  const contactId = await aPerson(customers, lin.tenantId, {
    contactPoints: [{ ...MAIL_POINT, value: "wang@example.com" }],
    consents: [withdrawn("service")],
    affiliations: [{ customerId, role: 1 }],
  });
  await refused(
    { customerId, contactId },
    {
      reason: "MESSAGE_UNWANTED",
      message: "The consent to service on EMAIL was withdrawn.",
    },
  );
  // Whoever works elsewhere speaks for nobody here.
  await refused({ customerId: calls, contactId }, { reason: "OTHER_CUSTOMER" });
  const { interactionId, conversationId } = await recordContact(lin, { ...CHAT, customerId });
  await expect(linkContact(lin, { interactionId, customerId: calls, contactId })).rejects.toMatchObject({
    reason: "OTHER_CUSTOMER",
  });
  await expect(recordContact(lin, { ...CHAT, customerId: calls, conversationId })).rejects.toMatchObject({
    reason: "OTHER_CUSTOMER",
  });
});

test("R005 a message outside the hours of a customer says so, and waits for them", async () => {
  const lin = await service.user({ timeZone: "UTC" });
  const days = [((new Date().getUTCDay() + 2) % 7) + 1]; // the day after tomorrow or the one before it, never today
  const customerId = await aCustomer(customers, lin.tenantId, {
    contactPoints: [MAIL_POINT],
    preferences: { contactHours: [{ days, from: "09:00", until: "10:30" }] },
  });
  const { delivery, interactionId } = await send(lin, { customerId });
  expect(delivery?.state).toBe(Delivery.QUEUED);
  expect(delivery?.notBeforeTime?.toISOString()).toMatch(/T09:00:00.000Z$/);
  const { rows } = await service.admin.query(
    "select due_time from jobs where name = 'send_message' and subject_id = $1",
    [interactionId],
  );
  expect(rows).toEqual([{ due_time: delivery?.notBeforeTime }]);
});

test("R061 a message answers who waits when it has left, not when it was planned, and only a person sends it again", async () => {
  const lin = await service.user();
  const customerId = await aCustomer(customers, lin.tenantId, {
    contactPoints: [MAIL_POINT],
    preferences: { contactHours: [{ days: [1, 2, 3, 4, 5, 6, 7], from: "00:00", until: "00:01" }] },
  });
  const detail = { $case: "email", value: { messageId: "ask@shop", references: ["old@shop"] } };
  const asked = await recordContact(lin, { ...MAIL, customerId, detail });
  const { conversationId } = asked;
  const answer = await send(lin, { customerId, conversationId, inReplyToInteractionId: asked.interactionId });
  expect(answer).toMatchObject({
    conversationId,
    position: 2,
    detail: {
      value: { inReplyTo: "ask@shop", references: ["old@shop", "ask@shop"], to: ["shop@example.com"] },
    },
  });
  expect((await getConversation(lin, conversationId)).waitingSinceTime).toEqual(asked.eventTime);
  await expect(resend(lin, answer.interactionId)).rejects.toMatchObject({ reason: "MESSAGE_NOT_RESENDABLE" });
  await other.act(as(lin.tenantId), (at) => recordSent(at, answer.interactionId, "250 ok"));
  expect((await getConversation(lin, conversationId)).waitingSinceTime).toBeUndefined();
  expect((await getContact(lin, asked.interactionId)).reply?.replyInteractionId).toBe(answer.interactionId);
  expect((await getContact(lin, answer.interactionId)).delivery).toMatchObject({
    state: Delivery.SENT,
    detail: "250 ok",
  });
});

test("R005 what the desk has to tell is sent once, and where no channel is open the owner is to tell it", async () => {
  const lin = await service.user();
  const reached = await aCustomer(customers, lin.tenantId, { contactPoints: [MAIL_POINT] });
  const unreached = await aCustomer(customers, lin.tenantId, { ownerId: lin.userId });
  const notice = (customerId: string) => {
    const noticeId = randomUUID();
    const state = {
      noticeId,
      customerId,
      subject: "Your need is met",
      text: "The red one is here.",
      purpose: 1,
    };
    return desk.tell(lin.tenantId, Notice, NoticeIssued, { id: noticeId, customerId, state });
  };
  await notice(reached);
  await notice(unreached);
  await desk.settled();
  const { interactions } = await listContacts(lin, { filter: 'direction == "OUTBOUND"' });
  expect(interactions).toMatchObject([
    { customerId: reached, automatic: true, body: "The red one is here.", delivery: { purpose: "service" } },
  ]);
  const tasks = (await service.events(lin.tenantId)).filter(({ type }) => type === "TaskCreated");
  expect(tasks.map(({ state }) => state)).toEqual([
    expect.objectContaining({ kind: "KIND_TELL_CUSTOMER", customerId: unreached, assigneeId: lin.userId }),
  ]);
});
