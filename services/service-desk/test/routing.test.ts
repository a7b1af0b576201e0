import { randomUUID } from "node:crypto";
import { Contact } from "@guanxi/contract/guanxi/customer/v1/contact";
import { ContactAdded } from "@guanxi/contract/guanxi/customer/v1/contact_events";
import { ContactPoint_Kind as Point } from "@guanxi/contract/guanxi/customer/v1/contact_point";
import { Grade } from "@guanxi/contract/guanxi/customer/v1/customer";
import {
  Case_Kind as Kind,
  Case_Priority as Priority,
  Case_Status as Status,
} from "@guanxi/contract/guanxi/service_desk/v1/case";
import { SlaTarget_Kind as TargetKind } from "@guanxi/contract/guanxi/service_desk/v1/sla";
import type { TestUser } from "@guanxi/testkit/service";
import { expect, test } from "vitest";
import {
  assignCase,
  createQueue,
  listCases,
  openCase,
  resolve,
  routeCase,
  routeContact,
  updateQueue,
  writePolicy,
} from "./case-calls.ts";
import { deskService } from "./service.ts";
import { knownCustomer, teller } from "./tellers.ts";

const service = deskService();
const customer = teller(service, "customer");

const colleague = (lin: TestUser) => service.user({ tenantId: lin.tenantId });
const member = ({ userId }: TestUser, more: object = {}) => ({ userId, capacity: 10, ...more });

test("50 cases that come at once are shared out by what each can take, and nobody gets more", async () => {
  const lin = await service.user();
  const [chen, wang, zhao] = [await colleague(lin), await colleague(lin), await colleague(lin)];
  const members = [
    member(chen, { capacity: 20 }),
    member(wang, { capacity: 10 }),
    member(zhao, { capacity: 10 }),
    member(lin, { capacity: 0 }),
  ];
  const { queueId } = await createQueue(lin, { displayName: "热线", members });
  await writePolicy(lin, { defaultReception: { queueId } });
  const opened = await Promise.all(Array.from({ length: 50 }, () => openCase(lin)));
  // Each was opened once: those that had to wait for the queue are not done twice.
  const numbers = opened.map(({ number }) => Number(number)).toSorted((a, b) => a - b);
  expect(numbers).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
  const given = (userId: string) => opened.filter(({ assigneeId }) => assigneeId === userId).length;
  expect([chen, wang, zhao, lin].map(({ userId }) => given(userId))).toEqual([20, 10, 10, 0]);
  const waiting = opened.filter(({ assigneeId }) => assigneeId === "");
  expect(waiting).toHaveLength(10);
  expect(waiting[0]).toMatchObject({
    status: Status.NEW,
    queueId,
    routing: { reason: "all 3 who could take it have their hands full" },
  });
  // Each one was given with the load that was known then: none twice.
  const loads = opened
    .filter(({ assigneeId }) => assigneeId === wang.userId)
    .map(({ routing }) => routing!.assigneeLoad);
  expect(loads.toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  const done = opened.find(({ assigneeId }) => assigneeId === wang.userId)!;
  await resolve(lin, done.caseId, { resolution: 1 });
  expect(await routeCase(lin, waiting[0]!.caseId)).toMatchObject({
    assigneeId: wang.userId,
    status: Status.ASSIGNED,
    routing: { reason: "9 of 10 cases", assigneeLoad: 9 },
  });
});

test("the first rule that fits decides by kind, grade and topic; skills and grades decide in the queue", async () => {
  const lin = await service.user();
  const [chen, wang] = [await colleague(lin), await colleague(lin)];
  const customerId = await knownCustomer(customer, lin.tenantId, { grade: Grade.A });
  const queue = await createQueue(lin, {
    displayName: "大客户",
    members: [
      member(chen, { skills: ["refunds"], grades: [Grade.B] }),
      member(wang, { skills: ["refunds", "de"] }),
    ],
  });
  await expect(createQueue(lin, { displayName: "大客户" })).rejects.toMatchObject({ reason: "QUEUE_EXISTS" });
  await expect(
    createQueue(lin, { displayName: "x", members: [{ userId: randomUUID() }] }),
  ).rejects.toMatchObject({
    reason: "UNKNOWN_OWNER",
  });
  const { queueId } = queue;
  const rule = (name: string, condition: string, reception: object = {}) => ({ name, condition, reception });
  const rules = [
    rule("refunds of A", 'grade == "A" && topic.startsWith("refund")', {
      queueId,
      requiredSkills: ["refunds"],
      priority: Priority.HIGH,
    }),
    rule("late", '"late" in tags', { queueId, requiredSkills: ["fr"] }),
  ];
  await expect(writePolicy(lin, { rules: [...rules, rule("typo", 'grad == "A"')] })).rejects.toMatchObject({
    reason: "INVALID_FILTER",
    message: expect.stringContaining("typo"),
    violations: [expect.objectContaining({ field: "routing_policy.rules[2].condition" })],
  });
  await expect(writePolicy(lin, { defaultReception: { queueId: randomUUID() } })).rejects.toMatchObject({
    reason: "UNKNOWN_QUEUE",
  });
  await writePolicy(lin, { rules });
  expect(await openCase(lin, { customerId, topic: "refund/late" })).toMatchObject({
    queueId,
    assigneeId: wang.userId,
    priority: Priority.HIGH,
    routing: { ruleName: "refunds of A", reason: "grade A, skill refunds, 0 of 10 cases" },
  });
  const late = await openCase(lin, { tags: ["late"], priority: Priority.LOW });
  expect(late).toMatchObject({
    assigneeId: "",
    priority: Priority.LOW,
    routing: { reason: "nobody of the queue knows fr" },
  });
  expect(await openCase(lin)).toMatchObject({
    queueId: "",
    routing: { ruleName: "", reason: "no rule names a queue" },
  });
  // Somebody has it in hand; a policy that knows no queue for it takes it from nobody.
  const own = await assignCase(lin, (await openCase(lin)).caseId, { assigneeId: chen.userId });
  expect(await routeCase(lin, own.caseId)).toEqual(own);
  const moved = await assignCase(lin, late.caseId, { queueId });
  expect(moved).toMatchObject({ assigneeId: wang.userId, reassignmentCount: 0 });
  const again = await assignCase(lin, late.caseId, { assigneeId: chen.userId, reason: "speaks French" });
  expect(again).toMatchObject({ queueId, reassignmentCount: 1, routing: { reason: "speaks French" } });
  expect(await assignCase(lin, late.caseId, {})).toMatchObject({ assigneeId: "", status: Status.NEW });
  await service.admin.query("update principals set active = false where principal_id = $1", [wang.userId]);
  await updateQueue(lin, { queue: { queueId, description: "A" }, etag: queue.etag });
  expect(await openCase(lin, { queueId })).toMatchObject({
    routing: { reason: "nobody serves customers without a grade" },
  });
  expect(
    (await listCases(lin, { filter: `queue_id == "${queueId}" && status == "ASSIGNED"` })).cases,
  ).toHaveLength(1);
});

test("R092, R033 a caller is received by who it is: menu, queue, priority, promises and script in one answer", async () => {
  const lin = await service.user();
  const { tenantId } = lin;
  const { queueId } = await createQueue(lin, { displayName: "贵宾" });
  const points = (...values: string[]) =>
    values.map((value) => ({
      kind: value.includes("@") ? Point.EMAIL : Point.PHONE,
      value,
      normalised: value,
    }));
  const gold = await knownCustomer(customer, tenantId, {
    grade: Grade.A,
    contactPoints: points("+861065521234"),
  });
  const plain = await knownCustomer(customer, tenantId, {
    grade: Grade.D,
    contactPoints: points("shop@example.com"),
  });
  const contactId = randomUUID();
  await customer.tell(tenantId, Contact, ContactAdded, {
    id: contactId,
    state: {
      contactId,
      contactPoints: points("+8613800138000", "shop@example.com"),
      affiliations: [{ customerId: gold }],
    },
  });
  await customer.settled();
  await writePolicy(lin, {
    rules: [
      {
        name: "gold",
        condition: 'grade == "A" && kind != "QUESTION"',
        reception: { queueId, priority: Priority.URGENT, menuId: "vip", script: "您好，王经理" },
      },
    ],
    defaultReception: { menuId: "main", script: "您好" },
  });
  const vip = await routeContact(lin, { phone: "010 6552 1234", kind: Kind.INCIDENT });
  expect(vip).toMatchObject({
    customerId: gold,
    grade: Grade.A,
    ruleName: "gold",
    menuId: "vip",
    queueId,
    queueName: "贵宾",
    priority: Priority.URGENT,
    script: "您好，王经理",
  });
  const main = await routeContact(lin, { customerId: plain, kind: Kind.INCIDENT });
  expect(main).toMatchObject({
    menuId: "main",
    queueId: "",
    priority: Priority.NORMAL,
    script: "您好",
    ruleName: "",
  });
  const promised = ({ sla }: typeof vip) =>
    sla!.targets.find(({ kind }) => kind === TargetKind.FIRST_RESPONSE)!.targetSeconds;
  expect(promised(vip)).toBeLessThan(Number(promised(main)));
  expect(await routeContact(lin, { phone: "+8613800138000" })).toMatchObject({ customerId: gold, contactId });
  // Of two customers nobody knows which one it is, and a short number is nobody's.
  for (const nobody of [{ email: "SHOP@example.com" }, { phone: "8000" }, { phone: "+10138000" }, {}])
    expect(await routeContact(lin, nobody)).toMatchObject({ customerId: "", menuId: "main" });
  expect((await routeContact(lin, {})).sla!.targets).toHaveLength(2);
});
