import { randomUUID } from "node:crypto";
import { CustomerValue } from "@guanxi/contract/guanxi/analytics/v1/customer_value";
import { ValueDropped, ValueScored } from "@guanxi/contract/guanxi/analytics/v1/customer_value_events";
import { Interaction_Outcome as Outcome } from "@guanxi/contract/guanxi/interaction/v1/interaction";
import { InteractionServiceService as interactionRpc } from "@guanxi/contract/guanxi/interaction/v1/interaction_service";
import { Task_Kind as Kind, Task_State as State } from "@guanxi/contract/guanxi/interaction/v1/task";
import { DayPlanEntry_Kind as Entry } from "@guanxi/contract/guanxi/interaction/v1/task_service";
import { Visit_State } from "@guanxi/contract/guanxi/interaction/v1/visit";
import { Case } from "@guanxi/contract/guanxi/service_desk/v1/case";
import { CaseEscalated, SlaBreached } from "@guanxi/contract/guanxi/service_desk/v1/case_events";
import { SlaTarget_Kind } from "@guanxi/contract/guanxi/service_desk/v1/sla";
import { Survey_Trigger } from "@guanxi/contract/guanxi/interaction/v1/survey";
import { dateOf } from "@guanxi/kit/days";
import type { TestUser } from "@guanxi/testkit/service";
import { startTeller } from "@guanxi/testkit/teller";
import { afterAll, beforeAll, expect, test } from "vitest";
import { aCustomer, typesOf } from "./contact-calls.ts";
import { interactionService } from "./service.ts";
import { activeSurvey, listInvitations } from "./survey-calls.ts";
import {
  assignTask,
  bookDay,
  cancelTask,
  cancelVisit,
  checkIn,
  completeTask,
  createTask,
  createVisit,
  deferTask,
  getTask,
  getVisit,
  holdVisit,
  jobsDone,
  jump,
  listTasks,
  listVisits,
  markNotHeld,
  planDay,
  startTask,
  updateTask,
  updateVisit,
} from "./task-calls.ts";

const service = interactionService();
let customer: Awaited<ReturnType<typeof startTeller>>;
let analytics: Awaited<ReturnType<typeof startTeller>>;
let desk: Awaited<ReturnType<typeof startTeller>>;
beforeAll(async () => {
  [customer, analytics, desk] = (await Promise.all(
    ["customer", "analytics", "service_desk"].map((area) => startTeller(service, area)),
  )) as [typeof customer, typeof customer, typeof customer];
});
afterAll(() => Promise.all([customer, analytics, desk].map((teller) => teller.stop())));

const MINUTE_MS = 60_000;
const HOUR = 60;
const BEGIN = Math.floor(Date.now() / 1000) * 1000;
const inMinutes = (minutes: number) => new Date(BEGIN + minutes * MINUTE_MS);

/** A working day far enough ahead that none of it has passed. */
const DAY = "2035-03-05";
const clock = (time: string) => new Date(`${DAY}T${time}:00+08:00`);
const onDay = { date: dateOf(DAY) };

test("a task goes its way, one event for each step, and says its times once", async () => {
  const lin = await service.user();
  const chen = await service.user({ tenantId: lin.tenantId });
  const made = await createTask(lin, { dueTime: inMinutes(30), remindTime: inMinutes(20) });
  expect(made).toMatchObject({ state: State.OPEN, kind: Kind.OTHER, durationMinutes: 30, etag: "1" });
  await expect(createTask(lin, { dueTime: inMinutes(30), remindTime: inMinutes(31) })).rejects.toMatchObject({
    violations: [{ reason: "REMINDER_TOO_LATE" }],
  });
  await expect(createTask(lin, { assigneeId: randomUUID() })).rejects.toMatchObject({
    reason: "UNKNOWN_OWNER",
  });
  await assignTask(lin, made.taskId, chen.userId);
  await startTask(lin, made.taskId);
  expect(await deferTask(lin, made.taskId, inMinutes(60))).toMatchObject({
    state: State.DEFERRED,
    dueTime: inMinutes(60),
  });
  await service.admin.query(
    "update tasks set due_time = now(), due_order_time = now(), remind_time = now() where task_id = $1",
    [made.taskId],
  );
  for (let times = 0; times < 3; times++) await jump(service, lin, "task clock");
  expect((await getTask(lin, made.taskId)).state).toBe(State.OPEN);
  expect(await completeTask(lin, made.taskId, "说好了")).toMatchObject({
    state: State.DONE,
    outcome: "说好了",
  });
  await expect(cancelTask(lin, made.taskId)).rejects.toMatchObject({ reason: "TASK_ENDED" });
  expect(await typesOf(service, lin.tenantId)).toEqual(
    "TaskCreated TaskAssigned TaskStarted TaskDeferred TaskReminded TaskDue TaskCompleted".split(" "),
  );
  expect(await listTasks(lin, `assignee_id == "${chen.userId}" && state == "DONE"`)).toHaveLength(1);
});

test("a new due time is said again, the old one never", async () => {
  const lin = await service.user();
  const task = await createTask(lin, { dueTime: inMinutes(-5) });
  await jobsDone(service, lin);
  const moved = await updateTask(lin, await getTask(lin, task.taskId), { dueTime: inMinutes(-2) });
  await jobsDone(service, lin);
  const again = await updateTask(lin, await getTask(lin, task.taskId), { dueTime: moved.dueTime, note: "!" });
  expect(again.note).toBe("!");
  await jobsDone(service, lin);
  expect((await typesOf(service, lin.tenantId)).filter((type) => type === "TaskDue")).toHaveLength(2);
});

test("R067 of forty at once who book one hour of a person, one has it, and the others are told what is there", async () => {
  const lin = await service.user();
  const customerId = await aCustomer(customer, lin.tenantId);
  const booking = { assigneeId: lin.userId, plannedStartTime: clock("10:00"), durationMinutes: HOUR };
  const visit = { customerId, plannedStartTime: clock("10:30"), plannedEndTime: clock("11:30") };
  const all = await Promise.allSettled([
    ...Array.from({ length: 20 }, () => createTask(lin, booking)),
    ...Array.from({ length: 20 }, () => createVisit(lin, visit)),
  ]);
  expect(all.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  const refused = all.flatMap((one) => (one.status === "rejected" ? [one.reason as { reason: string }] : []));
  expect(new Set(refused.map(({ reason }) => reason))).toEqual(new Set(["BOOKED_ALREADY"]));
  await expect(createTask(lin, booking)).rejects.toThrow("2035-03-05T02:");
  // What ends when another begins does not overlap it, and another person is free.
  const chen = await service.user({ tenantId: lin.tenantId });
  await createTask(lin, { ...booking, plannedStartTime: clock("09:00") });
  await createTask(lin, { ...booking, assigneeId: chen.userId });
  const late = await createTask(lin, { ...booking, plannedStartTime: clock("15:00") });
  await expect(updateTask(lin, late, { plannedStartTime: clock("09:30") })).rejects.toMatchObject({
    reason: "BOOKED_ALREADY",
  });
  await updateTask(lin, late, { plannedStartTime: clock("15:30") });
  await expect(
    assignTask(lin, (await createTask(lin, { ...booking, assigneeId: "" })).taskId, chen.userId),
  ).rejects.toMatchObject({ reason: "BOOKED_ALREADY" });
});

async function valued(user: TestUser, rankShare: number): Promise<string> {
  const customerId = await aCustomer(customer, user.tenantId);
  const state = { customerId, rankShare };
  await analytics.tell(user.tenantId, CustomerValue, ValueScored, { id: customerId, customerId, state });
  await analytics.settled();
  return customerId;
}

test("R067 the day is laid out around what is booked, by due time and value, and each says why", async () => {
  const lin = await service.user();
  const [best, least] = await Promise.all([valued(lin, 0.02), valued(lin, 0.9)]);
  const task = (title: string, more: object) => createTask(lin, { title, assigneeId: lin.userId, ...more });
  const dueTime = clock("17:00");
  await createVisit(lin, {
    customerId: best,
    plannedStartTime: clock("09:00"),
    plannedEndTime: clock("11:00"),
  });
  await task("least", { dueTime, customerId: least });
  await task("best", { dueTime, customerId: best });
  await task("first", { dueTime: clock("16:00"), customerId: least });
  await task("undated", {});
  await task("tomorrow", { dueTime: new Date(clock("17:00").getTime() + 86_400_000) });
  await task("too long", { dueTime: clock("16:30"), durationMinutes: 600 });
  await task("booked", { dueTime, plannedStartTime: clock("13:00"), durationMinutes: HOUR });
  const plan = await planDay(lin, onDay);
  const titles = plan.entries.map(({ task: one, visit }) => one?.title ?? (visit && "visit"));
  expect(titles).toEqual(["visit", "first", "best", "booked", "least", "undated"]);
  expect(plan.entries.map(({ kind }) => kind === Entry.BOOKED)).toEqual([
    true,
    false,
    false,
    true,
    false,
    false,
  ]);
  expect(plan.entries.map(({ startTime }) => startTime)).toEqual(
    ["09:00", "11:00", "11:30", "13:00", "14:00", "14:30"].map(clock),
  );
  expect(plan.entries[2]).toMatchObject({ importance: 98, reason: expect.stringContaining("importance 98") });
  expect(plan.unplaced.map(({ task: one }) => one!.title)).toEqual(["too long"]);
  expect(plan.unplaced[0]!.reason).toContain("600 minutes");
  expect((await listTasks(lin, `planned_start_time > timestamp("2000-01-01T00:00:00Z")`)).length).toBe(1);

  // Booked by several at once, each task has one place, and the plan says so from then on.
  const booked = await Promise.all(Array.from({ length: 8 }, () => bookDay(lin, onDay)));
  for (const one of booked) expect(one.entries).toHaveLength(6);
  const after = await planDay(lin, onDay);
  expect(after.entries.map(({ startTime }) => startTime)).toEqual(
    plan.entries.map(({ startTime }) => startTime),
  );
  expect(after.entries.every(({ kind }) => kind === Entry.BOOKED)).toBe(true);
  expect((await typesOf(service, lin.tenantId)).filter((type) => type === "TaskChanged")).toHaveLength(4);
  await expect(planDay(lin, { date: dateOf("2020-01-01") })).rejects.toMatchObject({
    violations: [{ reason: "DAY_PASSED" }],
  });
});

test("R063 a visit that was held has its check-in, notes, outcome and next step, and stands in the customer's history", async () => {
  const lin = await service.user();
  const customerId = await aCustomer(customer, lin.tenantId);
  const visit = await createVisit(lin, {
    customerId,
    plannedStartTime: inMinutes(-10),
    plannedEndTime: inMinutes(50),
    place: "广州天河路 12 号",
    purpose: "样品确认",
  });
  expect(visit).toMatchObject({ state: Visit_State.PLANNED, userId: lin.userId, missed: false });
  const { visitId } = visit;
  const learned = { facts: ["明年扩建第二个仓库"] };
  await expect(holdVisit(lin, visitId, { learned })).rejects.toMatchObject({ reason: "NOT_CHECKED_IN" });
  await expect(checkIn(lin, visitId, { time: inMinutes(-200) })).rejects.toMatchObject({
    reason: "CHECK_IN_OUT_OF_TIME",
    message: expect.stringContaining("190 minutes before"),
  });
  const position = { latitude: 23.1317, longitude: 113.3266, accuracyMetres: 12 };
  const there = await checkIn(lin, visitId, { time: inMinutes(-5), position, place: "前台" });
  expect(there.checkIn).toEqual({ time: inMinutes(-5), position, place: "前台", minutesLate: 5 });
  await expect(checkIn(lin, visitId)).rejects.toMatchObject({ reason: "CHECKED_IN_ALREADY" });
  await expect(holdVisit(lin, visitId, {})).rejects.toMatchObject({
    violations: [{ reason: "LEARNED_MISSING" }],
  });
  const { surveyId } = await activeSurvey(lin, { trigger: Survey_Trigger.AFTER_INTERACTION });
  const nextStep = { title: "送报价", dueTime: inMinutes(3 * 1440) };
  const held = await holdVisit(lin, visitId, { learned, nextStep, outcome: Outcome.FOLLOW_UP });
  expect(held).toMatchObject({
    state: Visit_State.HELD,
    notes: "看过样品",
    outcome: Outcome.FOLLOW_UP,
    learned: { ...learned, nothingNew: false },
    nextStep,
  });
  expect(await getTask(lin, held.nextStepTaskId)).toMatchObject({
    kind: Kind.FOLLOW_UP,
    assigneeId: lin.userId,
    customerId,
    ...nextStep,
  });
  const { interactionId } = held;
  expect(await lin.call(interactionRpc.getInteraction, { interactionId })).toMatchObject({
    customerId,
    body: "看过样品",
    learned: { ...learned, nothingNew: false },
    eventTime: inMinutes(-5),
  });
  await expect(cancelVisit(lin, visitId)).rejects.toMatchObject({ reason: "VISIT_ENDED" });
  await jobsDone(service, lin);
  // R073: it is judged as any other contact is.
  expect(await listInvitations(lin)).toMatchObject([
    { surveyId, customerId, interactionId, agentId: lin.userId },
  ]);
});

test("R063 a visit that nobody came to is flagged once, and again only when it was moved", async () => {
  const lin = await service.user();
  const customerId = await aCustomer(customer, lin.tenantId);
  const times = (from: number) => ({
    plannedStartTime: inMinutes(from),
    plannedEndTime: inMinutes(from + 30),
  });
  const late = await createVisit(lin, { customerId, ...times(-120) });
  const near = await createVisit(lin, { customerId, ...times(-40) });
  const come = await createVisit(lin, { customerId, ...times(-200) });
  await checkIn(lin, come.visitId, { time: inMinutes(-190) });
  await jobsDone(service, lin);
  for (let count = 0; count < 3; count++) await jump(service, lin, "visit clock");
  expect((await listVisits(lin, "missed == true")).map(({ visitId }) => visitId)).toEqual([late.visitId]);
  expect((await getVisit(lin, near.visitId)).missed).toBe(false);
  const moved = await updateVisit(lin, await getVisit(lin, late.visitId), times(-300));
  expect(moved.missed).toBe(false);
  await jobsDone(service, lin);
  expect((await getVisit(lin, late.visitId)).missed).toBe(true);
  expect(await markNotHeld(lin, late.visitId)).toMatchObject({ state: Visit_State.NOT_HELD, missed: true });
  expect((await typesOf(service, lin.tenantId)).filter((type) => type === "VisitMissed")).toHaveLength(2);
});

test("R031 a value that falls becomes a task of the customer's owner, once", async () => {
  const lin = await service.user();
  const customerId = await aCustomer(customer, lin.tenantId, { ownerId: lin.userId });
  await analytics.tell(lin.tenantId, CustomerValue, ValueDropped, {
    id: customerId,
    customerId,
    state: { customerId, rankShare: 0.5 },
    facts: { dropShare: 0.42, cause: "fewer purchases expected" },
  });
  await analytics.settled();
  const [task, ...others] = await listTasks(lin, `customer_id == "${customerId}"`);
  expect(others).toEqual([]);
  expect(task).toMatchObject({
    kind: Kind.ALERT,
    assigneeId: lin.userId,
    origin: { rule: "value_dropped", reason: expect.stringContaining("42 %") },
  });
});

test("a broken promise goes to whoever has the case, an escalation to whoever was told", async () => {
  const lin = await service.user();
  const chen = await service.user({ tenantId: lin.tenantId });
  const caseId = randomUUID();
  const state = { caseId, number: 10042n, assigneeId: lin.userId };
  const facts = { targetKind: SlaTarget_Kind.FIRST_RESPONSE };
  await desk.tell(lin.tenantId, Case, SlaBreached, { id: caseId, state, facts });
  const told = { toldUserId: chen.userId, reason: "nobody answers" };
  await desk.tell(lin.tenantId, Case, CaseEscalated, { id: caseId, state, facts: told });
  await desk.settled();
  const all = await listTasks(lin, `case_id == "${caseId}"`, "create_time");
  expect(all.map(({ title, assigneeId }) => [title, assigneeId])).toEqual([
    ["The first answer of case 10042 is late", lin.userId],
    ["Case 10042 needs you", chen.userId],
  ]);
});

test("an escalation that names nobody goes to the owner of the customer", async () => {
  const lin = await service.user();
  const customerId = await aCustomer(customer, lin.tenantId, { ownerId: lin.userId });
  const caseId = randomUUID();
  const state = { caseId, number: 10043n, customerId };
  await desk.tell(lin.tenantId, Case, CaseEscalated, { id: caseId, state, facts: { reason: "late" } });
  await desk.settled();
  const [task] = await listTasks(lin, `case_id == "${caseId}"`);
  expect(task).toMatchObject({ title: "Case 10043 needs you", assigneeId: lin.userId });
});
