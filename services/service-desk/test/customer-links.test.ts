import { Case_Priority } from "@guanxi/contract/guanxi/service_desk/v1/case";
import { customerStory } from "@guanxi/testkit/customer-story";
import { expect, test } from "vitest";
import { assignCase, close, getCase, openCase, resolve, routeContact, takeUp } from "./case-calls.ts";
import { deskService } from "./service.ts";
import { teller } from "./tellers.ts";

const service = deskService();
const customer = teller(service, "customer");

test("R009 cases follow their customer, and keep the promises of whose they are", async () => {
  const wang = await service.user();
  const story = customerStory(customer, wang.tenantId);
  const [a, b] = [await story.registered({ grade: 4 }), await story.registered({ grade: 1 })];
  await customer.settled();
  const one = await openCase(wang, { customerId: a });
  const where = async () => {
    const { customerId, grade } = await getCase(wang, one.caseId);
    return { customerId, grade };
  };
  await story.absorbed(a, b);
  await customer.settled();
  await expect.poll(where).toEqual({ customerId: b, grade: 1 });
  await story.separated(a, b);
  await customer.settled();
  await expect.poll(where).toEqual({ customerId: a, grade: 4 });
});

test("R017 a leaver's open cases go to whoever has the customer now", async () => {
  const wang = await service.user();
  const { tenantId } = wang;
  const [chen, zhao] = [await service.user({ tenantId }), await service.user({ tenantId })];
  const story = customerStory(customer, tenantId);
  const a = await story.registered({ ownerId: wang.userId });
  await customer.settled();
  const cases = await Promise.all([openCase(wang, { customerId: a }), openCase(wang), openCase(wang)]);
  for (const { caseId } of cases) await assignCase(wang, caseId, { assigneeId: wang.userId });
  const closed = cases[2].caseId;
  await takeUp(wang, closed);
  await resolve(wang, closed, { resolution: 1 });
  await close(wang, closed);
  await story.owned(a, zhao.userId);
  await story.handedOver(wang.userId, [chen.userId]);
  await customer.settled();
  const assignees = async () =>
    (await Promise.all(cases.map(({ caseId }) => getCase(wang, caseId)))).map(({ assigneeId }) => assigneeId);
  await expect.poll(assignees).toEqual([zhao.userId, chen.userId, wang.userId]);
});

test("R024 requests of a segment's members are as pressing as its policy says, at least", async () => {
  const wang = await service.user();
  const story = customerStory(customer, wang.tenantId);
  const [a, b] = [await story.registered(), await story.registered()];
  await story.segmented(a, { rank: 5, servicePriority: "low" });
  await story.segmented(a, { rank: 2, servicePriority: "high" });
  await customer.settled();
  const priorityOf = async (sent: object) => (await openCase(wang, sent)).priority;
  expect(await priorityOf({ customerId: a })).toBe(Case_Priority.HIGH);
  expect(await priorityOf({ customerId: a, priority: Case_Priority.URGENT })).toBe(Case_Priority.URGENT);
  expect(await priorityOf({ customerId: b })).toBe(Case_Priority.NORMAL);
  expect(await routeContact(wang, { customerId: a })).toMatchObject({ priority: Case_Priority.HIGH });
});
