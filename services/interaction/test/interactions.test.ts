import { randomUUID } from "node:crypto";
import { ContactPoint_Kind as Kind } from "@guanxi/contract/guanxi/customer/v1/contact_point";
import {
  Channel,
  Direction,
  EmailDetail_Kind,
  Interaction_Outcome as Outcome,
} from "@guanxi/contract/guanxi/interaction/v1/interaction";
import { startTeller } from "@guanxi/testkit/teller";
import { afterAll, beforeAll, expect, test } from "vitest";
import { LAST_CONTACTS, LAST_TEACHING, OPEN_CONVERSATIONS } from "../src/interactions/contact-summary.ts";
import {
  aCustomer,
  ago,
  aPerson,
  conclude,
  getContact,
  getConversation,
  linkContact,
  listContacts,
  recordContact,
  summary,
  typesOf,
  until,
  updateContact,
} from "./contact-calls.ts";
import { interactionService } from "./service.ts";

const service = interactionService();
let customers: Awaited<ReturnType<typeof startTeller>>;
beforeAll(async () => {
  customers = await startTeller(service, "customer");
});
afterAll(() => customers.stop());

const INBOUND = { channel: Channel.EMAIL, direction: Direction.INBOUND };

test("R060 contacts on every channel are of one kind, each with what its channel alone knows", async () => {
  const lin = await service.user();
  const customerId = await aCustomer(customers, lin.tenantId);
  const contacts = [
    {
      channel: Channel.PHONE,
      detail: { $case: "phone", value: { callId: "c-1", talkSeconds: 95, waitSeconds: 12 } },
    },
    {
      channel: Channel.EMAIL,
      detail: { $case: "email", value: { messageId: "a@b", to: ["us@example.com"] } },
    },
    {
      channel: Channel.SOCIAL,
      detail: {
        $case: "social",
        value: { network: "weibo", threadId: "t9", url: "https://weibo.example/t9", public: true },
      },
    },
    { channel: Channel.WEB_CHAT },
    { channel: Channel.SMS },
    { channel: Channel.WECHAT },
    { channel: Channel.VISIT },
    { channel: Channel.WALK_IN },
    { channel: Channel.POST },
  ];
  for (const each of contacts)
    await recordContact(lin, { direction: Direction.INBOUND, customerId, body: "hello", ...each });
  const { interactions } = await listContacts(lin, { filter: `customer_id == "${customerId}"` });
  expect(interactions).toHaveLength(contacts.length);
  for (const { channel, detail } of contacts) {
    const it = interactions.find((each) => each.channel === channel)!;
    expect(it).toMatchObject({ body: "hello", userId: lin.userId, position: 1, ...(detail && { detail }) });
  }
});

test("R004 the follow-up record is in the order in which things happened, with channel, actor and what it was about", async () => {
  const lin = await service.user();
  const wang = await service.user({ tenantId: lin.tenantId, name: "Wang" });
  const customerId = await aCustomer(customers, lin.tenantId);
  const [caseId, orderId, opportunityId] = [randomUUID(), randomUUID(), randomUUID()];
  const visit = {
    channel: Channel.VISIT,
    direction: Direction.OUTBOUND,
    customerId,
    eventTime: ago(60),
    orderId,
  };
  await recordContact(lin, visit);
  const call = {
    channel: Channel.PHONE,
    direction: Direction.INBOUND,
    customerId,
    eventTime: ago(180),
    caseId,
  };
  await recordContact(wang, { ...call, externalIds: [{ system: "pbx", id: "77" }] });
  const note = {
    channel: Channel.OTHER,
    direction: Direction.INTERNAL,
    customerId,
    eventTime: ago(120),
    opportunityId,
  };
  await recordContact(lin, { ...note, userId: wang.userId });
  const { interactions } = await listContacts(lin, {
    filter: `customer_id == "${customerId}"`,
    orderBy: "event_time",
  });
  expect(interactions).toMatchObject([
    { channel: Channel.PHONE, userId: wang.userId, caseId, externalIds: [{ system: "pbx", id: "77" }] },
    { channel: Channel.OTHER, userId: wang.userId, opportunityId, conversationId: "", position: 0 },
    { channel: Channel.VISIT, userId: lin.userId, orderId },
  ]);
  const newest = await listContacts(lin, { orderBy: "event_time desc", pageSize: 2 });
  expect(newest.interactions.map(({ channel }) => channel)).toEqual([Channel.VISIT, Channel.OTHER]);
  const rest = await listContacts(lin, {
    orderBy: "event_time desc",
    pageSize: 2,
    pageToken: newest.nextPageToken,
  });
  expect(rest.interactions.map(({ channel }) => channel)).toEqual([Channel.PHONE]);
});

test("R060 whoever writes is found by the address, and nobody is guessed where it could be two", async () => {
  const lin = await service.user();
  const mail = (value: string) => ({ kind: Kind.EMAIL, value, normalised: value.toLowerCase() });
  const phone = { kind: Kind.PHONE, value: "138 0013 8000", normalised: "+8613800138000" };
  const customerId = await aCustomer(customers, lin.tenantId, {
    contactPoints: [mail("Shop@Example.com"), phone],
  });
  const contactId = await aPerson(customers, lin.tenantId, {
    contactPoints: [mail("wang@example.com"), mail("both@example.com")],
    affiliations: [{ customerId, role: 1 }],
  });
  await aPerson(customers, lin.tenantId, { contactPoints: [mail("both@example.com")] });
  const from = async (channel: Channel, partyAddress: string) => {
    const it = await recordContact(lin, { ...INBOUND, channel, partyAddress });
    return { customerId: it.customerId, contactId: it.contactId };
  };
  expect(await from(Channel.EMAIL, "shop@example.COM")).toEqual({ customerId, contactId: "" });
  expect(await from(Channel.SMS, "+86 138-0013-8000")).toEqual({ customerId, contactId: "" });
  expect(await from(Channel.PHONE, "13800138000")).toEqual({ customerId, contactId: "" });
  expect(await from(Channel.EMAIL, "wang@example.com")).toEqual({ customerId, contactId });
  expect(await from(Channel.EMAIL, "both@example.com")).toEqual({ customerId, contactId: "" });
  expect(await from(Channel.EMAIL, "stranger@example.com")).toEqual({ customerId: "", contactId: "" });
});

test("a contact that is delivered twice is stored once, and who it was with is told of all its conversation later", async () => {
  const lin = await service.user();
  const customerId = await aCustomer(customers, lin.tenantId);
  const said = { ...INBOUND, channel: Channel.WECHAT, partyAddress: "wx-lin" };
  const first = await recordContact(lin, { ...said, externalIds: [{ system: "wecom", id: "m1" }] });
  const again = await recordContact(lin, {
    ...said,
    body: "other",
    externalIds: [{ system: "wecom", id: "m1" }],
  });
  expect(again).toEqual(first);
  const second = await recordContact(lin, { ...said, externalIds: [{ system: "wecom", id: "m2" }] });
  expect(second).toMatchObject({ conversationId: first.conversationId, position: 2, customerId: "" });
  const linked = await linkContact(lin, { interactionId: second.interactionId, customerId });
  expect(linked.customerId).toBe(customerId);
  expect(await getConversation(lin, first.conversationId)).toMatchObject({ customerId, interactionCount: 2 });
  const follows = () => getContact(lin, first.interactionId);
  expect(await until(follows, (it) => it.customerId !== "")).toMatchObject({ customerId });
  const types = await typesOf(service, lin.tenantId);
  expect(types.filter((type) => type === "InteractionRecorded")).toHaveLength(2);
  expect(types).toContain("ConversationLinked");
  const next = await recordContact(lin, { ...INBOUND, channel: Channel.WECHAT, customerId });
  expect(next).toMatchObject({ conversationId: first.conversationId, position: 3 });
});

test("R060 two customers behind one switchboard each have a conversation of their own", async () => {
  const lin = await service.user();
  const [one, two] = [await aCustomer(customers, lin.tenantId), await aCustomer(customers, lin.tenantId)];
  const call = { channel: Channel.PHONE, direction: Direction.INBOUND };
  const from = (customerId: string) =>
    recordContact(lin, { ...call, customerId, partyAddress: "+86 20 8888 0000" });
  const said = [await from(one), await from(two), await from(one), await from(two)];
  const [first, second, third, fourth] = said.map(({ conversationId }) => conversationId);
  expect([third, fourth]).toEqual([first, second]);
  expect(second).not.toBe(first);
  expect((await getConversation(lin, second!)).customerId).toBe(two);
  const elsewhere = await recordContact(lin, { ...call, customerId: two });
  expect(elsewhere).toMatchObject({ conversationId: second, position: 3 });
  // Said by hand where it belongs, it leads nobody else there.
  const mail = { ...INBOUND, detail: { $case: "email", value: { messageId: "one@x", inReplyTo: "" } } };
  const thread = await recordContact(lin, { ...mail, customerId: one });
  const value = { messageId: "two@x", inReplyTo: "one@x" };
  const copied = { ...INBOUND, customerId: two, detail: { $case: "email", value } };
  expect(await recordContact(lin, copied)).toMatchObject({
    conversationId: thread.conversationId,
    customerId: two,
  });
});

test("R060 a conversation that goes to another customer takes its contacts along, and the former one begins another", async () => {
  const lin = await service.user();
  const [wrong, right] = [await aCustomer(customers, lin.tenantId), await aCustomer(customers, lin.tenantId)];
  const chat = { channel: Channel.WECHAT, direction: Direction.INBOUND };
  const first = await recordContact(lin, { ...chat, customerId: wrong, partyAddress: "wx-1" });
  const { conversationId } = first;
  const second = await recordContact(lin, { ...chat, customerId: wrong });
  expect(second.conversationId).toBe(conversationId);
  await linkContact(lin, { interactionId: second.interactionId, customerId: right });
  expect(await getConversation(lin, conversationId)).toMatchObject({ customerId: right });
  expect(await getContact(lin, first.interactionId)).toMatchObject({ customerId: right });
  expect((await recordContact(lin, { ...chat, customerId: wrong })).conversationId).not.toBe(conversationId);
  expect(await recordContact(lin, { ...chat, customerId: right })).toMatchObject({
    conversationId,
    position: 3,
  });
});

test("a mail of somebody else in a conversation changes hands without it", async () => {
  const lin = await service.user();
  const [ours, copied, other] = [
    await aCustomer(customers, lin.tenantId),
    await aCustomer(customers, lin.tenantId),
    await aCustomer(customers, lin.tenantId),
  ] as const;
  const mail = (messageId: string, inReplyTo: string, customerId: string) =>
    recordContact(lin, {
      ...INBOUND,
      customerId,
      detail: { $case: "email", value: { messageId, inReplyTo } },
    });
  const { conversationId } = await mail("a@x", "", ours);
  const second = await mail("b@x", "a@x", copied);
  expect(second.conversationId).toBe(conversationId);
  await linkContact(lin, { interactionId: second.interactionId, customerId: other });
  expect(await getContact(lin, second.interactionId)).toMatchObject({ customerId: other });
  expect(await getConversation(lin, conversationId)).toMatchObject({ customerId: ours });
});

test("R074 a contact is concluded with a learned fact, or with the statement that there was nothing new", async () => {
  const lin = await service.user();
  const customerId = await aCustomer(customers, lin.tenantId);
  const call = { channel: Channel.PHONE, direction: Direction.OUTBOUND, customerId };
  const { interactionId } = await recordContact(lin, call);
  const done = { outcome: Outcome.REACHED, note: "talked" };
  for (const learned of [undefined, {}, { facts: ["  "] }])
    await expect(conclude(lin, interactionId, { ...done, learned })).rejects.toMatchObject({
      code: "FAILED_PRECONDITION",
      reason: "LEARNED_MISSING",
    });
  const both = { facts: ["a"], nothingNew: true };
  await expect(conclude(lin, interactionId, { ...done, learned: both })).rejects.toMatchObject({
    violations: [expect.objectContaining({ reason: "LEARNED_BOTH" })],
  });
  const facts = ["opens a second shop in May"];
  expect(await conclude(lin, interactionId, { ...done, learned: { facts } })).toMatchObject({
    outcome: Outcome.REACHED,
    outcomeNote: "talked",
    learned: { facts, nothingNew: false },
  });
  const conclusion = { outcome: Outcome.NOT_REACHED, learned: { nothingNew: true } };
  await recordContact(lin, call, { conclusion });
  await expect(recordContact(lin, call, { conclusion: { outcome: Outcome.DONE } })).rejects.toMatchObject({
    reason: "LEARNED_MISSING",
  });
  const count = async (filter: string) => (await listContacts(lin, { filter })).interactions.length;
  expect([await count('learned == "FACTS"'), await count("has(learned)")]).toEqual([1, 2]);
});

test("R062 what was said on all channels comes newest first, with open conversations, who waits, and what was learned", async () => {
  const lin = await service.user();
  const customerId = await aCustomer(customers, lin.tenantId);
  const waits = ago(30);
  await recordContact(lin, { ...INBOUND, customerId, eventTime: waits, body: "where is it?" });
  const call = { channel: Channel.PHONE, direction: Direction.OUTBOUND, customerId, eventTime: ago(20) };
  const learned = { facts: ["prefers mornings", "has moved"] };
  const taught = await recordContact(lin, call, { conclusion: { outcome: Outcome.REACHED, learned } });
  await recordContact(lin, { ...INBOUND, channel: Channel.WECHAT, customerId, eventTime: ago(5) });
  const known = await summary(lin, customerId, 2);
  expect(known.interactions.map(({ channel }) => channel)).toEqual([Channel.WECHAT, Channel.PHONE]);
  expect(known.openConversations.map(({ channel }) => channel)).toEqual([
    Channel.EMAIL,
    Channel.WECHAT,
    Channel.PHONE,
  ]);
  expect(known.waitingSinceTime).toEqual(waits);
  expect(known.learnedFacts).toEqual(
    learned.facts.map((fact) => ({ fact, interactionId: taught.interactionId, eventTime: taught.eventTime })),
  );
  expect(await summary(lin, randomUUID())).toMatchObject({ interactions: [], openConversations: [] });
});

test("R062 each question of the summary is a walk along one index, also under row-level security", async () => {
  const { tenantId } = await service.user();
  const planOf = async (text: string, values: unknown[]) => {
    await service.admin.query("begin");
    await service.admin.query("set local role interaction_app");
    await service.admin.query("select set_config('app.tenant', $1, true)", [tenantId]);
    await service.admin.query("set local enable_seqscan = off"); // the tables of a test are too small to need an index
    const { rows } = await service.admin.query(`explain ${text}`, values);
    await service.admin.query("rollback");
    return rows.map((row) => (row as { "QUERY PLAN": string })["QUERY PLAN"]).join("\n");
  };
  try {
    const customerId = randomUUID();
    const last = await planOf(LAST_CONTACTS, [customerId, 20]);
    expect(last).toMatch(/Index Scan Backward using interactions_of_customer/);
    expect(last).not.toMatch(/Sort|Seq Scan/);
    expect(await planOf(LAST_TEACHING, [customerId])).toMatch(/using interactions_that_taught/);
    expect(await planOf(OPEN_CONVERSATIONS, [customerId])).toMatch(/conversations_of_customer/);
  } finally {
    await service.admin.query("rollback");
  }
});

test("links, topic and duration may change, and the rules of a contact hold", async () => {
  const lin = await service.user();
  const it = await recordContact(lin, { ...INBOUND, partyAddress: "a@example.com" });
  const caseId = randomUUID();
  const after = await updateContact(
    lin,
    { interactionId: it.interactionId, caseId, topic: "billing/refund", durationSeconds: 40 },
    it.etag,
  );
  expect(after).toMatchObject({ caseId, topic: "billing/refund", durationSeconds: 40 });
  await expect(
    updateContact(lin, { interactionId: it.interactionId, topic: "x" }, it.etag),
  ).rejects.toMatchObject({
    reason: "ETAG_MISMATCH",
  });
  const refused = (sent: object, why: object) =>
    expect(recordContact(lin, { ...INBOUND, ...sent })).rejects.toMatchObject(why);
  await refused({ eventTime: new Date(Date.now() + 60_000) }, { reason: "INVALID_REQUEST" });
  await refused(
    { detail: { $case: "phone", value: {} } },
    {
      violations: [expect.objectContaining({ reason: "WRONG_DETAIL" })],
    },
  );
  await refused({ customerId: randomUUID() }, { reason: "UNKNOWN_CUSTOMER" });
  await refused({ contactId: randomUUID() }, { reason: "UNKNOWN_CONTACT" });
  await refused({ userId: randomUUID() }, { reason: "UNKNOWN_OWNER" });
  await refused({ conversationId: randomUUID() }, { code: "NOT_FOUND" });
});

test("nobody from outside says of a mail that it is safe to be shown", async () => {
  const lin = await service.user();
  const value = {
    messageId: "m@x",
    safeHtml: "<script>",
    quotedText: "q",
    signature: "s",
    kind: EmailDetail_Kind.BOUNCE,
  };
  const { detail } = await recordContact(lin, { ...INBOUND, detail: { $case: "email", value } });
  expect(detail).toMatchObject({
    value: { messageId: "m@x", safeHtml: "", quotedText: "", signature: "", kind: 0 },
  });
});
