import { Channel, Direction } from "@guanxi/contract/guanxi/interaction/v1/interaction";
import {
  ContactPoint_Kind,
  Channel as ConsentChannel,
} from "@guanxi/contract/guanxi/customer/v1/contact_point";
import { customerStory } from "@guanxi/testkit/customer-story";
import { startTeller } from "@guanxi/testkit/teller";
import { afterAll, beforeAll, expect, test } from "vitest";
import { getContact, getConversation, recordContact, send } from "./contact-calls.ts";
import { interactionService } from "./service.ts";
import { completeTask, createTask, createVisit, getTask, getVisit } from "./task-calls.ts";

const service = interactionService();
let customer: Awaited<ReturnType<typeof startTeller>>;
beforeAll(async () => {
  customer = await startTeller(service, "customer");
});
afterAll(() => customer.stop());

test("R009 contacts, conversations, tasks and visits follow their customer and come back", async () => {
  const lin = await service.user();
  const story = customerStory(customer, lin.tenantId);
  const [a, b] = [await story.registered(), await story.registered()];
  await customer.settled();
  const call = (customerId: string) =>
    recordContact(lin, { channel: Channel.PHONE, direction: Direction.INBOUND, customerId, subject: "?" });
  const [ofA, ofB] = [await call(a), await call(b)];
  const task = await createTask(lin, { title: "call back", customerId: a });
  const hour = (n: number) => new Date(Date.now() + n * 3_600_000);
  const visit = await createVisit(lin, {
    customerId: a,
    subject: "see",
    plannedStartTime: hour(1),
    plannedEndTime: hour(2),
  });
  const whose = async () => ({
    contacts: [
      (await getContact(lin, ofA.interactionId)).customerId,
      (await getContact(lin, ofB.interactionId)).customerId,
    ],
    conversation: (await getConversation(lin, ofA.conversationId)).customerId,
    task: (await getTask(lin, task.taskId)).customerId,
    visit: (await getVisit(lin, visit.visitId)).customerId,
  });
  await story.absorbed(a, b);
  await customer.settled();
  await expect.poll(whose).toEqual({ contacts: [b, b], conversation: b, task: b, visit: b });
  await story.separated(a, b);
  await customer.settled();
  await expect.poll(whose).toEqual({ contacts: [a, b], conversation: a, task: a, visit: a });
});

test("R017 a leaver's open tasks and visits go to others; what is done stays theirs", async () => {
  const lin = await service.user();
  const { tenantId } = lin;
  const chen = await service.user({ tenantId });
  const story = customerStory(customer, tenantId);
  const a = await story.registered({ ownerId: lin.userId });
  await customer.settled();
  const [open, done] = [
    await createTask(lin, { title: "open", customerId: a, assigneeId: lin.userId }),
    await createTask(lin, { title: "done", customerId: a, assigneeId: lin.userId }),
  ];
  await completeTask(lin, done.taskId);
  await story.owned(a, chen.userId);
  await story.handedOver(lin.userId, [chen.userId]);
  await customer.settled();
  const assignees = async () =>
    (await Promise.all([open, done].map(({ taskId }) => getTask(lin, taskId)))).map(
      ({ assigneeId }) => assigneeId,
    );
  await expect.poll(assignees).toEqual([chen.userId, lin.userId]);
});

test("R024 a member of a segment is reached where its policy says, unless the customer has a wish", async () => {
  const lin = await service.user();
  const story = customerStory(customer, lin.tenantId);
  const contactPoints = [
    { kind: ContactPoint_Kind.EMAIL, value: "li@example.com", normalised: "li@example.com" },
  ];
  const [a, b] = [await story.registered({ contactPoints }), await story.registered({ contactPoints })];
  await story.segmented(a, { rank: 1, channel: ConsentChannel.WECHAT });
  await customer.settled();
  const sent = async (customerId: string) => {
    const { delivery, channel } = await send(lin, { customerId, purpose: "service", allowReroute: true });
    return { channel, reroute: delivery!.rerouteReason };
  };
  expect(await sent(b)).toEqual({ channel: Channel.EMAIL, reroute: "" });
  expect(await sent(a)).toEqual({
    channel: Channel.EMAIL,
    reroute: "No message can be sent on WECHAT from here.",
  });
});
