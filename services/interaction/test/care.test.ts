import { randomUUID } from "node:crypto";
import { openContext, settingsOf } from "@guanxi/bus/start";
import { ContactPoint_Kind } from "@guanxi/contract/guanxi/customer/v1/contact_point";
import { Customer, Customer_State, Grade } from "@guanxi/contract/guanxi/customer/v1/customer";
import {
  CustomerArchived,
  CustomerRegistered,
  GradeChanged,
} from "@guanxi/contract/guanxi/customer/v1/customer_events";
import { CarePlan_Occasion as Occasion } from "@guanxi/contract/guanxi/interaction/v1/care_plan";
import { Channel } from "@guanxi/contract/guanxi/interaction/v1/interaction";
import { Task_Kind as Kind, Task_State as State } from "@guanxi/contract/guanxi/interaction/v1/task";
import { Order, Order_Kind, Order_Status } from "@guanxi/contract/guanxi/sales/v1/order";
import { OrderPlaced } from "@guanxi/contract/guanxi/sales/v1/order_events";
import type { Codec } from "@guanxi/kit/codec";
import { dateOf, dayIn, dayOf } from "@guanxi/kit/days";
import { settings } from "@guanxi/kit/env";
import { createLog } from "@guanxi/kit/log";
import { tenantSettings } from "@guanxi/kit/tenants";
import type { TestUser } from "@guanxi/testkit/service";
import { startTeller } from "@guanxi/testkit/teller";
import { afterAll, beforeAll, expect, test } from "vitest";
import { interaction } from "../src/app.ts";
import { addDays } from "../src/care/care-clock.ts";
import { careDayJob } from "../src/care/care-day.ts";
import { interactionService } from "./service.ts";
import {
  cancelTask,
  completeTask,
  createPlan,
  createTask,
  getTask,
  jobsDone,
  listTasks,
  recordReturnVisit,
  standings,
  updatePlan,
} from "./task-calls.ts";

const service = interactionService();
/** A scheduler of its own, on the same database. */
async function scheduler() {
  const { database, nats } = service;
  const context = await openContext(
    interaction,
    settings(settingsOf(interaction), {
      DATABASE_URL: database.urlOf("app"),
      DATABASE_RELAY_URL: database.urlOf("relay"),
      NATS_URL: nats.url,
    }) as never,
    createLog("interaction", "silent"),
  );
  return {
    round: (tenantId: string) =>
      careDayJob.run({ tenantId, subjectId: tenantId, attempts: 0, signal: new AbortController().signal }, {
        ...context,
        settingsOf: tenantSettings(context.db),
      } as never),
    stop: () => context.db.close(),
  };
}

let customers: Awaited<ReturnType<typeof startTeller>>;
let sales: Awaited<ReturnType<typeof startTeller>>;
let schedulers: Awaited<ReturnType<typeof scheduler>>[];
beforeAll(async () => {
  [customers, sales] = await Promise.all([startTeller(service, "customer"), startTeller(service, "sales")]);
  schedulers = await Promise.all([scheduler(), scheduler()]);
});
afterAll(() => Promise.all([customers, sales, ...schedulers].map((one) => one.stop())));

const round = (user: TestUser) => schedulers[0]!.round(user.tenantId);

const TODAY = dayIn("Asia/Shanghai")(new Date());
const CADENCES = [
  { grade: Grade.A, days: 30 },
  { grade: Grade.B, days: 60 },
];

const tell = (user: TestUser, customerId: string, event: Codec<unknown>, state: object) =>
  customers.tell(user.tenantId, Customer, event, {
    id: customerId,
    customerId,
    state: {
      customerId,
      displayName: "晨光文具",
      grade: Grade.A,
      ownerId: user.userId,
      createDate: dateOf(TODAY),
      state: Customer_State.ACTIVE,
      ...state,
    },
  });

async function aCustomer(user: TestUser, state: object = {}): Promise<string> {
  const customerId = randomUUID();
  await tell(user, customerId, CustomerRegistered, state);
  await customers.settled();
  return customerId;
}

const aPlan = (user: TestUser, more: object = {}) =>
  createPlan(user, { occasion: Occasion.REGULAR, cadences: CADENCES, ...more });

/** As if all had happened so many days earlier. */
async function pass(user: TestUser, days: number): Promise<void> {
  await service.admin.query(
    `update care_clocks set since_date = since_date - $2::int, next_due_date = next_due_date - $2::int,
      due_order_date = case when next_due_date is null then due_order_date else due_order_date - $2::int end
      where tenant_id = $1`,
    [user.tenantId, days],
  );
  await round(user);
}

const standing = async (user: TestUser, carePlanId: string) => {
  const [one, ...others] = await standings(user, carePlanId);
  expect(others).toEqual([]);
  return { ...one!, nextDueDate: one!.nextDueDate && dayOf(one!.nextDueDate) };
};

test("R064 a return visit is a task once when it is due by grade; done resets the clock, skipped is counted", async () => {
  const lin = await service.user();
  const customerId = await aCustomer(lin);
  const { carePlanId } = await aPlan(lin);
  await jobsDone(service, lin);
  expect(await standing(lin, carePlanId)).toMatchObject({ customerId, nextDueDate: addDays(TODAY, 30) });
  await pass(lin, 29);
  expect(await listTasks(lin)).toEqual([]);
  await pass(lin, 1);
  for (let times = 0; times < 3; times++) await pass(lin, 10);
  const [task, ...others] = await listTasks(lin);
  expect(others).toEqual([]);
  expect(task).toMatchObject({
    kind: Kind.RETURN_VISIT,
    title: "回访 晨光文具",
    assigneeId: lin.userId,
    customerId,
    origin: { rule: "care_plan", carePlanId },
  });
  expect(task!.dueTime!.getTime()).toBeGreaterThan(Date.now());
  await completeTask(lin, task!.taskId);
  const done = {
    nextDueDate: addDays(TODAY, 30),
    madeCount: 1,
    doneCount: 1,
    skippedCount: 0,
    openTaskId: "",
  };
  expect(await standing(lin, carePlanId)).toMatchObject(done);
  await pass(lin, 30);
  const second = (await listTasks(lin, `state == "OPEN"`))[0]!;
  expect(second.taskId).not.toBe(task!.taskId);
  await cancelTask(lin, second.taskId);
  const skipped = { nextDueDate: addDays(TODAY, 30), madeCount: 2, doneCount: 1, skippedCount: 1 };
  expect(await standing(lin, carePlanId)).toMatchObject(skipped);
});

test("R064 clocks follow customers who join, change their grade and leave, and the plan's own changes", async () => {
  const lin = await service.user();
  const first = await aCustomer(lin, { grade: Grade.B });
  const plan = await aPlan(lin);
  await jobsDone(service, lin);
  const due = async () =>
    Object.fromEntries(
      (await standings(lin, plan.carePlanId)).map(({ customerId, nextDueDate }) => [
        customerId,
        nextDueDate && dayOf(nextDueDate),
      ]),
    );
  expect(await due()).toEqual({ [first]: addDays(TODAY, 60) });
  const second = await aCustomer(lin);
  await tell(lin, first, GradeChanged, { grade: Grade.A });
  await customers.settled();
  await round(lin);
  expect(await due()).toEqual({ [first]: addDays(TODAY, 30), [second]: addDays(TODAY, 30) });
  await tell(lin, second, CustomerArchived, { state: Customer_State.ARCHIVED });
  await customers.settled();
  const changed = await updatePlan(lin, plan, { cadences: [{ grade: Grade.A, days: 10 }] });
  await jobsDone(service, lin);
  expect(await due()).toEqual({ [first]: addDays(TODAY, 10), [second]: undefined });
  await updatePlan(lin, changed, { enabled: false }, ["enabled"]);
  await pass(lin, 20);
  expect(await listTasks(lin)).toEqual([]);
  await expect(aPlan(lin, { cadences: [] })).rejects.toMatchObject({ reason: "INCOMPLETE_PLAN" });
});

const KILL = `select pg_terminate_backend(pid) from pg_stat_activity
  where datname = current_database() and usename = 'interaction_app' and state <> 'idle'`;

test("R064 two schedulers at once, and connections that break off in between, make each visit once", async () => {
  const lin = await service.user();
  const ids = Array.from({ length: 450 }, () => randomUUID());
  await service.admin.query(
    `insert into care_customers select $1, id, 'n', null, 1, null, current_date, 10000, 1 from unnest($2::uuid[]) as i (id)`,
    [lin.tenantId, ids],
  );
  const { carePlanId } = await aPlan(lin);
  await jobsDone(service, lin);
  await service.admin.query("update jobs set due_time = 'infinity' where tenant_id = $1", [lin.tenantId]);
  await service.admin.query(
    `update care_clocks set since_date = since_date - 31, next_due_date = next_due_date - 31, due_order_date = due_order_date - 31
      where tenant_id = $1`,
    [lin.tenantId],
  );
  const rounds = [...schedulers, ...schedulers, ...schedulers].map((one) => one.round(lin.tenantId));
  const under = new Set(rounds);
  const all = Promise.allSettled(rounds.map((one) => one.finally(() => under.delete(one))));
  let killed = 0;
  while (under.size > 0 && killed < 12) killed += (await service.admin.query(KILL)).rowCount ?? 0;
  const outcomes = await all;
  expect(outcomes.some(({ status }) => status === "rejected")).toBe(true);
  await round(lin);
  const { rows } = await service.admin.query(
    `select count(*)::int as tasks, count(distinct customer_id)::int as customers from tasks where tenant_id = $1`,
    [lin.tenantId],
  );
  expect(rows).toEqual([{ tasks: 450, customers: 450 }]);
  const made = await service.admin.query(
    "select sum(made_count)::int as made, count(open_task_id)::int as open from care_clocks where care_plan_id = $1",
    [carePlanId],
  );
  expect(made.rows).toEqual([{ made: 450, open: 450 }]);
});

test("R065 birthday, anniversary, product and silence are each kept once, for the owner", async () => {
  const lin = await service.user();
  const monthDay = dateOf(TODAY);
  const birthday = await aCustomer(lin, { birthDate: { ...monthDay, year: 0 } });
  const old = await aCustomer(lin, { createDate: { ...monthDay, year: monthDay.year - 4 } });
  const buyer = await aCustomer(lin);
  const orderId = randomUUID();
  const order = { orderId, customerId: buyer, kind: Order_Kind.SALE, status: Order_Status.CONFIRMED };
  const state = { ...order, orderDate: dateOf(addDays(TODAY, -14)) };
  await sales.tell(lin.tenantId, Order, OrderPlaced, { id: orderId, customerId: buyer, state });
  await sales.settled();
  const plans = [
    [Occasion.BIRTHDAY, {}],
    [Occasion.REGISTRATION_ANNIVERSARY, {}],
    [Occasion.AFTER_ORDER, { days: 14 }],
    [Occasion.SILENCE, { days: 60 }],
  ] as const;
  for (const [occasion, more] of plans)
    await createPlan(lin, { occasion, taskTitle: String(occasion), ...more });
  await jobsDone(service, lin);
  for (let times = 0; times < 2; times++) await round(lin);
  const made = (await listTasks(lin)).map(({ title, customerId, kind, assigneeId }) => ({
    title: Number(title),
    customerId,
    mine: kind === Kind.CARE && assigneeId === lin.userId,
  }));
  expect(made.toSorted((a, b) => a.title - b.title)).toEqual([
    { title: Occasion.BIRTHDAY, customerId: birthday, mine: true },
    { title: Occasion.REGISTRATION_ANNIVERSARY, customerId: old, mine: true },
    { title: Occasion.AFTER_ORDER, customerId: buyer, mine: true },
    { title: Occasion.SILENCE, customerId: old, mine: true },
  ]);
});

test("R065 a message goes to the customer, once; where none can, the owner is told why", async () => {
  const lin = await service.user();
  const value = "fang@example.com";
  const point = { kind: ContactPoint_Kind.EMAIL, value, normalised: value, primary: true };
  const birthDate = { ...dateOf(TODAY), year: 1990 };
  const reachable = await aCustomer(lin, { birthDate, contactPoints: [point] });
  const hidden = await aCustomer(lin, { birthDate, displayName: "云上" });
  const texts = { messageSubject: "生日快乐", messageBody: "{customer},生日快乐!" };
  await createPlan(lin, { occasion: Occasion.BIRTHDAY, taskTitle: "", ...texts });
  await jobsDone(service, lin);
  await round(lin);
  const { rows } = await service.admin.query(
    "select customer_id, subject, body, automatic from interactions where tenant_id = $1",
    [lin.tenantId],
  );
  expect(rows).toEqual([
    { customer_id: reachable, subject: "生日快乐", body: "晨光文具,生日快乐!", automatic: true },
  ]);
  const [told, ...others] = await listTasks(lin);
  expect(others).toEqual([]);
  expect(told).toMatchObject({
    kind: Kind.TELL_CUSTOMER,
    customerId: hidden,
    note: "云上,生日快乐!",
    origin: { reason: expect.stringContaining("No message could be sent") },
  });
});

test("R066 a return visit is kept with answers, rating and needs; it does the task and resets the clock", async () => {
  const lin = await service.user();
  const customerId = await aCustomer(lin);
  const { carePlanId } = await aPlan(lin);
  await jobsDone(service, lin);
  await pass(lin, 31);
  const task = (await listTasks(lin))[0]!;
  const needs = [{ statement: "想要三米的货架", productId: "" }];
  const answers = [{ question: "用得怎么样?", answer: "很稳" }];
  const other = await aCustomer(lin);
  await expect(
    recordReturnVisit(lin, { customerId: other, taskId: task.taskId, rating: 4 }),
  ).rejects.toMatchObject({ reason: "OTHER_CUSTOMER" });
  const visit = await recordReturnVisit(lin, { customerId, taskId: task.taskId, rating: 4, answers, needs });
  expect(visit).toMatchObject({ rating: 4, answers, needs, userId: lin.userId, channel: Channel.PHONE });
  expect((await getTask(lin, task.taskId)).state).toBe(State.DONE);
  expect((await standings(lin, carePlanId)).find((one) => one.customerId === customerId)).toMatchObject({
    nextDueDate: dateOf(addDays(TODAY, 30)),
    doneCount: 1,
    openTaskId: "",
  });
  const events = await service.events(lin.tenantId);
  const [recorded] = events.filter(({ type }) => type === "ReturnVisitRecorded");
  expect(recorded!.state).toMatchObject({ needs: [{ statement: "想要三米的货架" }] });
  const contact = events.find(({ type }) => type === "InteractionRecorded")!;
  expect(contact.state).toMatchObject({
    interactionId: visit.interactionId,
    customerId,
    outcome: "OUTCOME_REACHED",
  });
  expect((await listTasks(lin, `kind == "RECOVERY"`)).length).toBe(0);
});

test("R051, R066 who finds our recent work bad at a return visit nobody asked for hears from the owner within a day", async () => {
  const lin = await service.user();
  const chen = await service.user({ tenantId: lin.tenantId });
  const customerId = await aCustomer(lin);
  await recordReturnVisit(chen, { customerId, rating: 2, channel: Channel.WECHAT });
  const own = await createTask(lin, { customerId });
  await recordReturnVisit(chen, { customerId, taskId: own.taskId, rating: 0 });
  expect((await getTask(lin, own.taskId)).state).toBe(State.DONE);
  const [recovery, ...others] = await listTasks(lin, `kind == "RECOVERY"`);
  expect(others).toEqual([]);
  expect(recovery).toMatchObject({ assigneeId: lin.userId, customerId, origin: { rule: "low_score" } });
  const hours = (recovery!.dueTime!.getTime() - recovery!.createTime!.getTime()) / 3_600_000;
  expect(hours).toBe(24);
});
