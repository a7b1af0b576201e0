import { customerStory } from "@guanxi/testkit/customer-story";
import { startTeller } from "@guanxi/testkit/teller";
import type { TestUser } from "@guanxi/testkit/service";
import { afterAll, beforeAll, expect, test } from "vitest";
import { lose, open, read } from "./calls.ts";
import {
  assign,
  confirm,
  createLead,
  createOrder,
  fulfil,
  getLead,
  getOrder,
  startFulfilment,
} from "./order-calls.ts";
import { salesService } from "./service.ts";

const service = salesService();
let customer: Awaited<ReturnType<typeof startTeller>>;
beforeAll(async () => {
  customer = await startTeller(service, "customer");
});
afterAll(() => customer.stop());

const whose = (user: TestUser, ids: readonly string[]) => async () =>
  (await Promise.all(ids.map((id) => getOrder(user, id)))).map(({ customerId }) => customerId);

test("R009 orders and deals follow their customer through merges, and come back to whose they were", async () => {
  const lin = await service.user();
  const story = customerStory(customer, lin.tenantId);
  const [a, b, c] = [await story.registered(), await story.registered(), await story.registered()];
  await customer.settled();
  const ofA = await createOrder(lin, { customerId: a });
  const ofB = await createOrder(lin, { customerId: b });
  const deal = await open(lin, { customerId: a });
  await story.absorbed(a, b);
  await customer.settled();
  await expect.poll(whose(lin, [ofA.orderId, ofB.orderId])).toEqual([b, b]);
  await expect.poll(async () => (await read(lin, deal.opportunityId)).customerId).toBe(b);
  const late = await createOrder(lin, { customerId: a });
  await expect.poll(whose(lin, [late.orderId])).toEqual([b]);
  await story.absorbed(b, c);
  await customer.settled();
  const all = [ofA.orderId, ofB.orderId, late.orderId];
  await expect.poll(whose(lin, all)).toEqual([c, c, c]);
  await story.separated(b, c);
  await customer.settled();
  await expect.poll(whose(lin, all)).toEqual([b, b, b]);
  await story.separated(a, b);
  await customer.settled();
  await expect.poll(whose(lin, all)).toEqual([a, b, a]);
  await expect.poll(async () => (await read(lin, deal.opportunityId)).customerId).toBe(a);
  const changes = (await service.events(lin.tenantId)).filter(({ meta }) => meta.aggregateId === ofA.orderId);
  expect(changes.map(({ type, meta }) => [type, meta.version, meta.customerId])).toEqual([
    ["OrderDrafted", 1, a],
    ["OrderChanged", 2, b],
    ["OrderChanged", 3, c],
    ["OrderChanged", 4, b],
    ["OrderChanged", 5, a],
  ]);
});

test("R009 hundreds of orders follow, each by one event", async () => {
  const lin = await service.user();
  const story = customerStory(customer, lin.tenantId);
  const [a, b] = [await story.registered(), await story.registered()];
  await customer.settled();
  await Promise.all(Array.from({ length: 450 }, () => createOrder(lin, { customerId: a })));
  await story.absorbed(a, b);
  const moved = async () =>
    (await service.events(lin.tenantId)).filter(
      ({ type, meta }) => type === "OrderChanged" && meta.customerId === b,
    ).length;
  await expect.poll(moved).toBe(450);
});

test("R017 what a leaver has open goes to whoever has the customer now, and what is done stays theirs", async () => {
  const lin = await service.user();
  const { tenantId } = lin;
  const [chen, wang] = [await service.user({ tenantId }), await service.user({ tenantId })];
  const story = customerStory(customer, tenantId);
  const [a, b] = [
    await story.registered({ ownerId: lin.userId }),
    await story.registered({ ownerId: lin.userId }),
  ];
  await customer.settled();
  const [dealA, dealB, dealOfNobody, lost] = await Promise.all([
    open(lin, { customerId: a, ownerId: lin.userId }),
    open(lin, { customerId: b, ownerId: lin.userId }),
    open(lin, { ownerId: lin.userId }),
    open(lin, { customerId: b, ownerId: lin.userId }),
  ]);
  await lose(lin, lost.opportunityId, { lostReason: 1 });
  const lead = await createLead(lin);
  await assign(lin, lead.leadId, lin.userId);
  const done = await createOrder(lin, { customerId: a });
  await confirm(lin, done.orderId);
  await startFulfilment(lin, done.orderId);
  await fulfil(lin, done.orderId);
  const draft = await createOrder(lin, { customerId: b });
  await story.owned(a, chen.userId);
  await story.owned(b, wang.userId);
  await story.handedOver(lin.userId, [chen.userId, wang.userId]);
  await customer.settled();
  const owners = async () => [
    ...(await Promise.all(
      [dealA, dealB, dealOfNobody, lost].map(async (deal) => (await read(lin, deal.opportunityId)).ownerId),
    )),
    (await getLead(lin, lead.leadId)).ownerId,
    (await getOrder(lin, done.orderId)).ownerId,
    (await getOrder(lin, draft.orderId)).ownerId,
  ];
  await expect.poll(owners).toEqual([chen, wang, chen, lin, chen, lin, wang].map(({ userId }) => userId));
});
