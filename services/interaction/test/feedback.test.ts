import {
  Feedback_Source as Source,
  Feedback_State as State,
  type Feedback,
} from "@guanxi/contract/guanxi/interaction/v1/feedback";
import {
  ReopenFeedbackRequest,
  SummarizeFeedbackRequest,
} from "@guanxi/contract/guanxi/interaction/v1/feedback_service";
import type { TestUser } from "@guanxi/testkit/service";
import { startTeller } from "@guanxi/testkit/teller";
import { afterAll, beforeAll, expect, test } from "vitest";
import { interactionService } from "./service.ts";
import {
  createFeedback,
  feedbackRpc,
  getFeedback,
  jobsDone,
  listFeedback,
  makeDue,
  setPolicy,
  tasksOf,
  tellCustomer,
  updateFeedback,
} from "./survey-calls.ts";

const service = interactionService();
let customer: Awaited<ReturnType<typeof startTeller>>;
beforeAll(async () => {
  customer = await startTeller(service, "customer");
});
afterAll(() => customer.stop());

const known = async ({ tenantId }: TestUser, more: Parameters<typeof tellCustomer>[2] = {}) => {
  const customerId = await tellCustomer(customer, tenantId, more);
  await customer.settled();
  return customerId;
};
const typesOf = async (user: TestUser) =>
  (await service.events(user.tenantId)).map(({ type }) => type).filter((type) => type.startsWith("Feedback"));
const bare = (feedbackId: string) => ({ feedbackId, etag: "", requestId: "" });
const resolve = (user: TestUser, feedbackId: string, answer = "已为您补发。") =>
  user.call(feedbackRpc.resolveFeedback, { ...bare(feedbackId), answer });
const late = (user: TestUser) =>
  service.admin.query("update feedback set deadline_time = now() where tenant_id = $1", [user.tenantId]);

test("R069 feedback of any source has its topic, score, owner and state, and a day by which it is answered", async () => {
  const lin = await service.user();
  const customerId = await known(lin, { ownerId: lin.userId });
  const sources = Object.values(Source).filter((source) => typeof source === "number" && source > 0);
  for (const source of sources)
    expect(
      await createFeedback(lin, { source, topic: "delivery/late", text: "太慢", score: 20, customerId }),
    ).toMatchObject({
      ...{ source, topic: "delivery/late", score: 20, ownerId: lin.userId, state: State.NEW, customerId },
    });
  const [first] = await listFeedback(lin, { filter: 'source == "SOCIAL"' });
  expect(first!.deadlineTime!.getTime() - first!.createTime!.getTime()).toBe(7 * 86_400_000);
  const chen = await service.user({ tenantId: lin.tenantId });
  await setPolicy(lin, { responseDays: 2 });
  const other = await createFeedback(lin, { source: Source.PHONE, ownerId: chen.userId, text: "好" });
  expect(other).toMatchObject({ ownerId: chen.userId });
  expect(other.deadlineTime!.getTime() - other.createTime!.getTime()).toBe(2 * 86_400_000);
  const conditions = [
    `owner_id == "${lin.userId}"`,
    'topic == "delivery/late"',
    `customer_id == "${customerId}"`,
    "score <= 20",
  ];
  for (const filter of conditions) expect(await listFeedback(lin, { filter }), filter).toHaveLength(9);
  const nobody = "01970000-0000-7000-8000-000000000001";
  await expect(createFeedback(lin, { source: 2, customerId: nobody })).rejects.toMatchObject({
    reason: "UNKNOWN_CUSTOMER",
  });
  await expect(createFeedback(lin, { source: 2, ownerId: nobody })).rejects.toMatchObject({
    reason: "UNKNOWN_OWNER",
  });
  const externalIds = [{ system: "weibo", id: "1" }];
  const kept = await createFeedback(lin, { source: 4, externalIds });
  await expect(createFeedback(lin, { source: 4, externalIds })).rejects.toMatchObject({
    reason: "FEEDBACK_EXISTS",
  });
  expect(await updateFeedback(lin, kept, { topic: "price" })).toMatchObject({ topic: "price", etag: "2" });
});

test("R070 feedback goes its way until whoever gave it knows what came of it", async () => {
  const lin = await service.user();
  const chen = await service.user({ tenantId: lin.tenantId });
  const customerId = await known(lin);
  const { feedbackId } = await createFeedback(lin, { source: Source.WEB, text: "坏了", customerId });
  const acknowledged = await lin.call(feedbackRpc.acknowledgeFeedback, bare(feedbackId));
  expect(acknowledged).toMatchObject({ state: State.ACKNOWLEDGED, responseTime: acknowledged.updateTime });
  await expect(lin.call(feedbackRpc.acknowledgeFeedback, bare(feedbackId))).rejects.toMatchObject({
    reason: "ILLEGAL_MOVE",
  });
  await lin.call(feedbackRpc.assignFeedback, {
    ...bare(feedbackId),
    ownerId: chen.userId,
    reason: "knows it",
  });
  await lin.call(feedbackRpc.startFeedback, bare(feedbackId));
  await expect(lin.call(feedbackRpc.closeFeedback, bare(feedbackId))).rejects.toMatchObject({
    reason: "ILLEGAL_MOVE",
  });
  const resolved = await resolve(lin, feedbackId);
  expect(resolved).toMatchObject({
    state: State.RESOLVED,
    answer: "已为您补发。",
    responseTime: acknowledged.responseTime,
  });
  expect(await lin.call(feedbackRpc.closeFeedback, bare(feedbackId))).toMatchObject({ state: State.CLOSED });
  const reopened = await lin.call(
    feedbackRpc.reopenFeedback,
    ReopenFeedbackRequest.fromPartial({ feedbackId, reason: "no" }),
  );
  expect(reopened).toMatchObject({ state: State.IN_PROGRESS, resolveTime: undefined, closeTime: undefined });
  expect(await typesOf(lin)).toEqual(
    "Received Acknowledged Assigned Started Resolved Closed Reopened"
      .split(" ")
      .map((verb) => `Feedback${verb}`),
  );
  const { rows } = await service.admin.query(
    "select body, delivery_state as state, delivery->>'purpose' as purpose from interactions where customer_id = $1",
    [customerId],
  );
  expect(rows).toEqual([{ body: "已为您补发。", state: "QUEUED", purpose: "service" }]);
});

test("R070 where no message reaches the customer, somebody is to tell them", async () => {
  const lin = await service.user();
  const customerId = await known(lin, { email: false, ownerId: lin.userId });
  const { feedbackId } = await createFeedback(lin, { source: Source.VISIT, customerId });
  await resolve(lin, feedbackId);
  expect(await tasksOf(service, lin.tenantId)).toMatchObject([
    { kind: "TELL_CUSTOMER", assigneeId: lin.userId, customerId, feedbackId },
  ]);
  const stranger = await createFeedback(lin, { source: Source.REVIEW });
  await resolve(lin, stranger.feedbackId);
  expect(await tasksOf(service, lin.tenantId)).toHaveLength(1);
});

test("R070 what is open at its deadline is escalated, once, to whom the company says; what is resolved is not", async () => {
  const lin = await service.user();
  const chen = await service.user({ tenantId: lin.tenantId });
  await setPolicy(lin, { escalateToId: chen.userId });
  const [open, done] = [
    await createFeedback(lin, { source: 2, topic: "price" }),
    await createFeedback(lin, { source: 2 }),
  ];
  await resolve(lin, done.feedbackId);
  await makeDue(service, lin.tenantId, "feedback deadline"); // the clock of the job is ahead: the row decides
  await jobsDone(service, lin.tenantId);
  expect(await listFeedback(lin, { overdue: true })).toEqual([]);
  await late(lin);
  for (let time = 0; time < 3; time += 1) {
    await service.admin.query(
      "insert into jobs (tenant_id, job_id, name, subject_id) values ($1, gen_random_uuid(), 'feedback deadline', $2) on conflict (tenant_id, name, subject_id) do update set due_time = now()",
      [lin.tenantId, open.feedbackId],
    );
    await jobsDone(service, lin.tenantId);
  }
  expect(await listFeedback(lin, { overdue: true })).toMatchObject([
    { feedbackId: open.feedbackId, escalateTime: expect.any(Date), state: State.NEW },
  ]);
  expect((await typesOf(lin)).filter((type) => type === "FeedbackEscalated")).toHaveLength(1);
  expect(await tasksOf(service, lin.tenantId)).toMatchObject([
    { kind: "ALERT", assigneeId: chen.userId, feedbackId: open.feedbackId },
  ]);
});

test("R070 all feedback has had a response or is listed as waiting: the counts add up", async () => {
  const lin = await service.user();
  const made = await Promise.all(
    Array.from({ length: 7 }, (_, index) => createFeedback(lin, { source: 1 + (index % 3) })),
  );
  const [answered, acknowledged, spam, reopened] = made as [Feedback, Feedback, Feedback, Feedback];
  await resolve(lin, answered.feedbackId);
  await lin.call(feedbackRpc.acknowledgeFeedback, bare(acknowledged.feedbackId));
  await lin.call(feedbackRpc.markFeedbackSpam, bare(spam.feedbackId));
  await resolve(lin, reopened.feedbackId);
  await lin.call(feedbackRpc.reopenFeedback, { ...bare(reopened.feedbackId), reason: "" });
  await late(lin);
  const { sums, total } = await lin.call(
    feedbackRpc.summarizeFeedback,
    SummarizeFeedbackRequest.fromPartial({}),
  );
  expect(total).toMatchObject({ count: 7n, responded: 3n, waiting: 3n, spam: 1n, overdue: 5n, resolved: 1n });
  for (const sum of [...sums, total!]) expect(sum.responded + sum.waiting + sum.spam).toBe(sum.count);
  expect(sums.reduce((all, { count }) => all + count, 0n)).toBe(7n);
  expect(await listFeedback(lin, { filter: '!has(response_time) && state != "SPAM"' })).toHaveLength(3);
  const reader = await service.user({
    tenantId: lin.tenantId,
    grants: [{ resource: "feedback", action: "read" }],
  });
  expect(await getFeedback(reader, made[0]!.feedbackId)).toMatchObject({
    answer: "***",
    state: State.RESOLVED,
  });
});
