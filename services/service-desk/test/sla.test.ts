import { randomUUID } from "node:crypto";
import { Customer } from "@guanxi/contract/guanxi/customer/v1/customer";
import { CustomerChanged } from "@guanxi/contract/guanxi/customer/v1/customer_events";
import { Tenant } from "@guanxi/contract/guanxi/identity/v1/tenant_service";
import { TenantFounded } from "@guanxi/contract/guanxi/identity/v1/tenant_events";
import { Channel, Direction, Interaction } from "@guanxi/contract/guanxi/interaction/v1/interaction";
import { InteractionRecorded } from "@guanxi/contract/guanxi/interaction/v1/interaction_events";
import { type Case, Case_Priority as Priority } from "@guanxi/contract/guanxi/service_desk/v1/case";
import { type Chance, chance } from "@guanxi/testkit/chance";
import type { TestUser } from "@guanxi/testkit/service";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import {
  cancel,
  changePriority,
  createQueue,
  customerReply,
  getCase,
  listCases,
  mergeCases,
  moveCase,
  openCase,
  reopen,
  reply,
  resolve,
  splitCase,
} from "./case-calls.ts";
import { deskService } from "./service.ts";
import {
  archivePolicy,
  calendarsOf,
  createPolicy,
  openAlways,
  openLooker,
  pass,
  policiesOf,
  restorePolicy,
  standOf,
  updateCalendar,
  updatePolicy,
} from "./sla-calls.ts";
import { replay } from "./sla-replay.ts";
import { knownCustomer, teller } from "./tellers.ts";

const service = deskService();
const customer = teller(service, "customer");
const identity = teller(service, "identity");
const interaction = teller(service, "interaction");
let looker: Awaited<ReturnType<typeof openLooker>>;
beforeAll(async () => {
  looker = await openLooker(service);
});
afterAll(() => looker.close());

const MINUTE = 60_000;
const A = 1;
const C = 3;
const said = async ({ tenantId }: TestUser, ...types: string[]) =>
  (await service.events(tenantId)).filter(({ type }) => types.includes(type));
/** Of a tenant that the desk has heard of. */
const newcomer = async () => {
  const user = await service.user();
  await identity.tell(user.tenantId, Tenant, TenantFounded, {
    id: user.tenantId,
    state: { tenantId: user.tenantId, timeZone: "Asia/Shanghai" },
  });
  await identity.settled();
  return user;
};
/** The promises that were changed are through with the open cases, lest they come upon one for which time is being passed. */
const reckoned = ({ tenantId }: TestUser) =>
  vi.waitFor(async () => {
    const text = "select from case_reckonings where tenant_id = $1 and again";
    expect((await service.admin.query(text, [tenantId])).rowCount).toBe(0);
  }, 10_000);
const worker = async () => {
  const user = await newcomer();
  await openAlways(user);
  await reckoned(user);
  return user;
};
/** The service's own job, soon. */
const eventually = (user: TestUser, types: string[], count: number) =>
  vi.waitFor(async () => expect(await said(user, ...types)).toHaveLength(count), {
    timeout: 10_000,
    interval: 50,
  });
const minutes = (of: ReturnType<typeof standOf>) => Number(of?.targetSeconds ?? 0n) / 60;

test("R056 a tenant has office hours, a policy and a floor before anybody writes one", async () => {
  const user = await newcomer();
  expect(await policiesOf(user)).toMatchObject([
    { displayName: "Standard", floor: false },
    { displayName: "Floor", floor: true },
  ]);
  expect(await calendarsOf(user)).toMatchObject([
    { default: true, hours: [{ from: "09:00", until: "18:00" }] },
  ]);
});

test("R033, R056 two grades have two entitlements, and without any policy the floor is left", async () => {
  const user = await worker();
  const [best, usual] = [
    await knownCustomer(customer, user.tenantId, { grade: A }),
    await knownCustomer(customer, user.tenantId, { grade: C }),
  ];
  const ofA = await openCase(user, { customerId: best });
  const ofC = await openCase(user, { customerId: usual });
  expect(minutes(standOf(ofA, "FIRST_RESPONSE"))).toBe(120);
  expect(minutes(standOf(ofC, "FIRST_RESPONSE"))).toBe(270);
  expect(ofA.sla?.entitlement).not.toBe(ofC.sla?.entitlement);

  const [standard, floor] = await policiesOf(user);
  await archivePolicy(user, standard!.slaPolicyId);
  const bare = await openCase(user, { customerId: usual });
  expect(bare.sla).toMatchObject({ slaPolicyId: "", targets: [{ targetSeconds: 540n * 60n }, {}] });
  await expect(archivePolicy(user, floor!.slaPolicyId)).rejects.toMatchObject({ reason: "FLOOR_STAYS" });
  await expect(
    updatePolicy(user, { slaPolicyId: floor!.slaPolicyId, caseKinds: [1] }, floor!.etag),
  ).rejects.toMatchObject({ reason: "FLOOR_INCOMPLETE" });
  await restorePolicy(user, standard!.slaPolicyId);
  expect((await openCase(user, { customerId: best })).sla?.slaPolicyName).toBe("Standard");
});

test("R083 a breach is said once, at the due instant, and escalated once, however late and by how many it is seen", async () => {
  const user = await worker();
  const lead = await service.user({ tenantId: user.tenantId });
  const queue = await createQueue(user, { displayName: "Hotline", leadId: lead.userId });
  const { caseId } = await openCase(user, { queueId: queue.queueId, kind: 4 });
  await pass(service, caseId, 300); // promised were 270
  await looker.look(user, caseId, true); // a process that is killed before it commits
  expect(await said(user, "SlaBreached", "CaseEscalated")).toEqual([]);
  await Promise.all(Array.from({ length: 5 }, () => looker.look(user, caseId)));
  await looker.look(user, caseId);

  const [breach, escalation, ...more] = await said(user, "SlaBreached", "CaseEscalated");
  expect(more).toEqual([]);
  const now = await getCase(user, caseId);
  const due = new Date(now.openTime!.getTime() + 270 * MINUTE);
  expect(breach?.message).toMatchObject({ targetKind: "KIND_FIRST_RESPONSE", dueTime: due.toISOString() });
  expect(escalation?.message).toMatchObject({ toldUserId: lead.userId });
  expect(now.escalationLevel).toBe(1);
  expect(standOf(now, "FIRST_RESPONSE")).toMatchObject({ state: "BREACHED", breachTime: due });

  await reply(user, caseId);
  await changePriority(user, caseId, { priority: Priority.URGENT, reason: "it is dear" });
  await looker.look(user, caseId);
  expect(await said(user, "SlaBreached", "CaseEscalated")).toHaveLength(2);
});

test("R083 the job finds by itself what is due, also where somebody answered too late before it looked", async () => {
  const user = await worker();
  const [waits, answered] = [await openCase(user), await openCase(user)];
  await service.admin.query("update jobs set due_time = 'infinity' where subject_id = $1", [answered.caseId]);
  await pass(service, answered.caseId, 300);
  const late = await reply(user, answered.caseId);
  expect(standOf(late, "FIRST_RESPONSE")).toMatchObject({ state: "BREACHED" });
  await pass(service, waits.caseId, 300);
  await eventually(user, ["SlaBreached"], 2);
  await eventually(user, ["CaseEscalated"], 2);
});

test("each wait for a next response is broken for itself; what was answered in time is not said", async () => {
  const user = await worker();
  const { caseId } = await openCase(user);
  const step = async (say: typeof reply, wait: number) => {
    await say(user, caseId);
    await pass(service, caseId, wait);
    await looker.look(user, caseId);
  };
  await step(reply, 5);
  await step(customerReply, 300);
  expect(standOf(await getCase(user, caseId), "NEXT_RESPONSE")?.state).toBe("BREACHED");
  await step(reply, 5);
  await step(customerReply, 60);
  expect(standOf(await getCase(user, caseId), "NEXT_RESPONSE")?.state).toBe("RUNNING");
  await step(reply, 500);
  await step(customerReply, 280);
  const breaches = await said(user, "SlaBreached");
  expect(breaches.map(({ message }) => message.targetKind)).toEqual([
    "KIND_NEXT_RESPONSE",
    "KIND_NEXT_RESPONSE",
  ]);
  expect(new Set(breaches.map(({ message }) => message.dueTime)).size).toBe(2);
});

test("steps are taken in their order, once, warn before, and make a case more pressing", async () => {
  const user = await worker();
  const chief = await service.user({ tenantId: user.tenantId });
  const tell = { tell: 2, userId: chief.userId };
  await stepsOfStandard(user, [
    { targetKind: 3, percent: 50, ...tell },
    { targetKind: 3, percent: 100, offsetMinutes: -60, raisePriorityTo: Priority.URGENT, ...tell },
  ]);
  const { caseId } = await openCase(user);
  await reply(user, caseId);
  await pass(service, caseId, 1_400); // of 2,700
  await looker.look(user, caseId);
  expect(await getCase(user, caseId)).toMatchObject({ escalationLevel: 1, priority: Priority.NORMAL });
  await pass(service, caseId, 1_250);
  await looker.look(user, caseId);
  const now = await getCase(user, caseId);
  expect(now).toMatchObject({ escalationLevel: 2, priority: Priority.URGENT });
  expect(standOf(now, "RESOLUTION")).toMatchObject({ state: "BREACHED", targetSeconds: 540n * 60n });
  expect((await said(user, "CaseEscalated", "SlaBreached")).map(({ type }) => type)).toEqual([
    "CaseEscalated",
    "CaseEscalated",
    "SlaBreached",
  ]);
});

const stepsOfStandard = async (user: TestUser, escalation: object[]) => {
  const [standard] = await policiesOf(user);
  await updatePolicy(user, { slaPolicyId: standard!.slaPolicyId, escalation }, standard!.etag);
  await reckoned(user);
};

test("R083 a case that becomes more pressing breaks no promise that was kept", async () => {
  const user = await worker();
  const { caseId } = await openCase(user);
  await pass(service, caseId, 200);
  await reply(user, caseId); // of 270
  await customerReply(user, caseId);
  await pass(service, caseId, 250);
  await reply(user, caseId); // of 270
  await pass(service, caseId, 2_300);
  await looker.look(user, caseId); // 2,750 of 2,700: the floor's step makes it urgent, and an answer owed within 60
  const now = await getCase(user, caseId);
  expect(now).toMatchObject({ priority: Priority.URGENT, escalationLevel: 2 });
  expect(standOf(now, "FIRST_RESPONSE")).toMatchObject({ state: "MET", targetSeconds: 270n * 60n });
  expect(standOf(now, "NEXT_RESPONSE")).toMatchObject({ state: "MET", targetSeconds: 270n * 60n });
  const told = (await said(user, "SlaBreached", "CaseEscalated")).map(({ type, message }) => ({
    type,
    ...message,
  }));
  expect(told).toMatchObject([
    { type: "SlaBreached", targetKind: "KIND_RESOLUTION" },
    { type: "CaseEscalated" },
  ]);
});

test("R083 a case that was solved before anybody looked is told of, and stays as pressing as it was", async () => {
  const user = await worker();
  const { caseId } = await openCase(user);
  await service.admin.query("update jobs set due_time = 'infinity' where subject_id = $1", [caseId]);
  await reply(user, caseId);
  await service.admin.query(
    "update case_marks set time = time - interval '2800 minutes' where case_id = $1",
    [caseId],
  );
  await resolve(user, caseId, { resolution: 1 });
  await looker.look(user, caseId);
  const now = await getCase(user, caseId);
  expect(now).toMatchObject({ priority: Priority.NORMAL, escalationLevel: 2 });
  expect(await said(user, "SlaBreached")).toHaveLength(1);
  expect(standOf(now, "FIRST_RESPONSE")?.state).toBe("MET");
});

test("a promise made anew and broken again is not said twice, but the case shows it", async () => {
  const user = await worker();
  await stepsOfStandard(user, [{ targetKind: 1, percent: 1000, tell: 1 }]);
  const { caseId } = await openCase(user);
  await reply(user, caseId);
  await pass(service, caseId, 2_750); // of 2,700
  await looker.look(user, caseId);
  await changePriority(user, caseId, { priority: Priority.LOW });
  expect(standOf(await getCase(user, caseId), "RESOLUTION")?.state).toBe("RUNNING");
  const { rows } = await service.admin.query(
    "select due_time > now() as ahead from jobs where subject_id = $1",
    [caseId],
  );
  expect(rows).toEqual([{ ahead: true }]);
  await pass(service, caseId, 2_700); // of 5,400
  await looker.look(user, caseId);
  const now = await getCase(user, caseId);
  expect(standOf(now, "RESOLUTION")?.state).toBe("BREACHED");
  expect(await said(user, "SlaBreached")).toHaveLength(1);
  expect(await said(user, "CaseSlaChanged")).toHaveLength(1);
});

test("R083 the steps of another policy are its own: who is named in them is told, too", async () => {
  const user = await worker();
  const [one, other] = [
    await service.user({ tenantId: user.tenantId }),
    await service.user({ tenantId: user.tenantId }),
  ];
  const step = (userId: string) => ({ targetKind: 3, percent: 50, tell: 2, userId });
  await stepsOfStandard(user, [step(one.userId)]);
  const { caseId } = await openCase(user);
  await pass(service, caseId, 1_400);
  await looker.look(user, caseId);
  const targets = [{ firstResponseMinutes: 0, nextResponseMinutes: 0, resolutionMinutes: 2_600 }];
  await createPolicy(user, { displayName: "急", rank: 1, targets, escalation: [step(other.userId)] });
  await vi.waitFor(async () => {
    const told = (await said(user, "CaseEscalated")).map(({ message }) => message.toldUserId);
    expect(told).toEqual(expect.arrayContaining([one.userId, other.userId]));
  }, 10_000);
});

test("R083 what has been said of a case is said again neither of the one it goes on in, nor of a part", async () => {
  const user = await worker();
  const [late, fresh] = [await openCase(user), await openCase(user)];
  await pass(service, late.caseId, 300);
  await looker.look(user, late.caseId);
  expect(await said(user, "SlaBreached", "CaseEscalated")).toHaveLength(2);
  const { splitOffCase } = await splitCase(user, late.caseId, { subject: "another thing" });
  await mergeCases(user, fresh.caseId, { absorbedCaseIds: [late.caseId] });
  for (const caseId of [splitOffCase!.caseId, fresh.caseId]) {
    await looker.look(user, caseId);
    expect(standOf(await getCase(user, caseId), "FIRST_RESPONSE")?.state).toBe("BREACHED");
  }
  expect(await said(user, "SlaBreached", "CaseEscalated")).toHaveLength(2);
});

test("R083 a clock that was ahead leaves no case standing still", async () => {
  const user = await worker();
  const ahead = async (caseId: string) => {
    await service.admin.query("update case_marks set time = time + interval '3 minutes' where case_id = $1", [
      caseId,
    ]);
    await service.admin.query(
      "update cases set update_time = update_time + interval '3 minutes' where case_id = $1",
      [caseId],
    );
  };
  const [one, other] = [await openCase(user), await openCase(user)];
  for (const { caseId } of [one, other]) {
    await moveCase(user, caseId, { status: 5 });
    await ahead(caseId);
  }
  const { splitOffCase } = await splitCase(user, other.caseId, { subject: "another thing" });
  expect(standOf(splitOffCase!, "RESOLUTION")?.state).toBe("RUNNING");
  const moved = await moveCase(user, one.caseId, { status: 3 });
  expect(standOf(moved, "RESOLUTION")?.state).toBe("RUNNING");
  expect(standOf(await reply(user, one.caseId), "FIRST_RESPONSE")?.state).toBe("MET");
  await customerReply(user, one.caseId);
  expect(standOf(await reply(user, one.caseId), "NEXT_RESPONSE")?.state).toBe("MET");
  const merged = await mergeCases(user, one.caseId, { absorbedCaseIds: [other.caseId] });
  expect(standOf(merged, "RESOLUTION")?.state).toBe("RUNNING");
  expect(standOf(await getCase(user, other.caseId), "RESOLUTION")?.state).toBe("VOID");
});

test("R083 what is due by the clock of the database only is looked at a second later, and not at once", async () => {
  const user = await worker();
  const { caseId } = await openCase(user);
  await pass(service, caseId, 270 - 0.5 / 60);
  const looked = Date.now();
  await looker.look(user, caseId);
  const due = "select due_time as due from jobs where subject_id = $1 and name = 'case watch'";
  const { rows } = await service.admin.query<{ due: Date }>(due, [caseId]);
  for (const row of rows) expect(row.due.getTime()).toBeGreaterThanOrEqual(looked + 1_000);
  await eventually(user, ["SlaBreached"], 1);
});

test("what was cancelled or solved first breaks nothing", async () => {
  const user = await worker();
  const [first, second] = [await openCase(user), await openCase(user)];
  await cancel(user, first.caseId);
  await resolve(user, second.caseId, { resolution: 1 });
  for (const { caseId } of [first, second]) {
    await pass(service, caseId, 5_000);
    await looker.look(user, caseId);
  }
  expect(await said(user, "SlaBreached", "CaseEscalated")).toEqual([]);
  expect(standOf(await getCase(user, first.caseId), "RESOLUTION")?.state).toBe("VOID");
});

test("another grade of the customer sets the promises of open cases anew, from their start", async () => {
  const user = await worker();
  const customerId = await knownCustomer(customer, user.tenantId, { grade: C });
  const open = await openCase(user, { customerId });
  const done = await openCase(user, { customerId });
  await resolve(user, done.caseId, { resolution: 1 });
  await customer.tell(user.tenantId, Customer, CustomerChanged, {
    id: customerId,
    customerId,
    state: { customerId, displayName: "晨光", grade: A },
  });
  await customer.settled();
  await eventually(user, ["CaseSlaChanged"], 1);
  const now = await getCase(user, open.caseId);
  expect(now.grade).toBe(A);
  expect(standOf(now, "FIRST_RESPONSE")?.dueTime).toEqual(new Date(open.openTime!.getTime() + 120 * MINUTE));
  expect((await getCase(user, done.caseId)).grade).toBe(C);
});

test("a case that was there before its customer gets the grade when the customer comes", async () => {
  const user = await worker();
  const customerId = await knownCustomer(customer, user.tenantId);
  const { caseId } = await openCase(user, { customerId });
  await service.admin.query("delete from customers where customer_id = $1", [customerId]);
  const jobs = () =>
    service.admin.query("select from jobs where tenant_id = $1 and subject_id = $2", [
      user.tenantId,
      customerId,
    ]);
  await customer.tell(user.tenantId, Customer, CustomerChanged, {
    id: customerId,
    customerId,
    state: { customerId, displayName: "晨光", grade: A },
  });
  await customer.settled();
  await eventually(user, ["CaseSlaChanged"], 1);
  expect((await getCase(user, caseId)).grade).toBe(A);
  // The event is said a moment before the job that says it has ended.
  await vi.waitFor(async () => expect((await jobs()).rowCount).toBe(0), 10_000);
  await knownCustomer(customer, user.tenantId, { grade: A }); // without a case
  await customer.tell(user.tenantId, Customer, CustomerChanged, {
    id: customerId,
    customerId,
    state: { customerId, displayName: "晨光 2", grade: A },
  });
  await customer.settled();
  expect((await jobs()).rowCount).toBe(0);
});

test("a case that was being opened under the old promises when they changed is found by the second pass", async () => {
  const user = await worker();
  const [first, second] = [await openCase(user), await openCase(user)];
  const targets = [{ firstResponseMinutes: 10, nextResponseMinutes: 10, resolutionMinutes: 100 }];
  await createPolicy(user, { displayName: "快", rank: 1, targets });
  await eventually(user, ["CaseSlaChanged"], 2);
  await vi.waitFor(async () => {
    const { rows } = await service.admin.query("select again from case_reckonings where tenant_id = $1", [
      user.tenantId,
    ]);
    expect(rows).toEqual([{ again: false }]);
  }, 10_000);
  await service.admin.query(
    "update cases set sla = jsonb_set(sla, '{targets,0,targetSeconds}', '16200') where case_id = $1",
    [second.caseId],
  );
  await service.admin.query("update jobs set due_time = now() where tenant_id = $1 and subject_id = $1", [
    user.tenantId,
  ]);
  await eventually(user, ["CaseSlaChanged"], 3);
  for (const { caseId } of [first, second])
    expect(minutes(standOf(await getCase(user, caseId), "FIRST_RESPONSE"))).toBe(10);
  await vi.waitFor(async () => {
    const { rowCount } = await service.admin.query("select from case_reckonings where tenant_id = $1", [
      user.tenantId,
    ]);
    expect(rowCount).toBe(0);
  }, 10_000);
});

test("another policy or calendar does so, too, and only where something is different", async () => {
  const user = await worker();
  const [complaint, request] = [await openCase(user, { kind: 4 }), await openCase(user, { kind: 2 })];
  const targets = [{ firstResponseMinutes: 10, nextResponseMinutes: 10, resolutionMinutes: 100 }];
  const { slaPolicyId } = await createPolicy(user, { displayName: "投诉", rank: 1, caseKinds: [4], targets });
  await eventually(user, ["CaseSlaChanged"], 1);
  const due = async (caseId: string) =>
    standOf(await getCase(user, caseId), "FIRST_RESPONSE")?.dueTime?.getTime();
  expect(await due(complaint.caseId)).toBe(complaint.openTime!.getTime() + 10 * MINUTE);
  expect((await getCase(user, request.caseId)).etag).toBe(request.etag);

  const [calendar] = await calendarsOf(user);
  const next = new Date(request.openTime!.getTime() + 8 * 3600_000); // of Shanghai
  const date = { year: next.getUTCFullYear(), month: next.getUTCMonth() + 1, day: next.getUTCDate() };
  const { serviceCalendarId, etag } = calendar!;
  await updateCalendar(user, { serviceCalendarId, holidays: [{ date, displayName: "休" }] }, etag);
  const midnight = Date.UTC(date.year, date.month - 1, date.day + 1) - 8 * 3600_000;
  await expect.poll(() => due(complaint.caseId)).toBe(midnight + 10 * MINUTE);
  await expect.poll(() => due(request.caseId)).toBe(midnight + 270 * MINUTE);
  await eventually(user, ["CaseSlaChanged"], 3);
  await archivePolicy(user, slaPolicyId);
  await expect.poll(() => due(complaint.caseId)).toBe(midnight + 270 * MINUTE);
  await eventually(user, ["CaseSlaChanged"], 4);
});

test("a policy names what there is", async () => {
  const user = await worker();
  const targets = [{ firstResponseMinutes: 10 }];
  const create = (more: object) => createPolicy(user, { displayName: "x", targets, ...more });
  await expect(create({ serviceCalendarId: user.userId })).rejects.toMatchObject({
    reason: "UNKNOWN_SERVICE_CALENDAR",
  });
  const escalation = [{ targetKind: 1, percent: 100, tell: 2, userId: user.tenantId }];
  await expect(create({ escalation })).rejects.toMatchObject({ reason: "UNKNOWN_OWNER" });
  await expect(create({ escalation: [{ targetKind: 1, percent: 100, tell: 2 }] })).rejects.toMatchObject({
    reason: "INVALID_REQUEST",
  });
});

test("R083 the events of a case alone give the same due times, whatever has happened to it", async () => {
  const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31);
  const random = chance(seed);
  const user = await newcomer();
  const { tenantId } = user;
  await createPolicy(user, { displayName: "快", rank: 1, caseKinds: [2], targets: FAST });
  for (let left = 12; left > 0; left--) await writeLately(tenantId, random.below(20 * 1440));
  await interaction.settled();
  const open = (await listCases(user, { pageSize: 200 })).cases;
  expect(open, `seed ${seed}`).toHaveLength(12);
  for (let left = 70; left > 0; left--) await happen(user, random, open).catch(refusedOnly);
  const [calendar] = await calendarsOf(user);
  const { serviceCalendarId, etag } = calendar!;
  await updateCalendar(
    user,
    { serviceCalendarId, hours: [{ days: [1, 3, 5, 6], from: "07:30", until: "22:00" }] },
    etag,
  );
  await vi.waitFor(async () => expect(await said(user, "CaseSlaChanged")).not.toEqual([]), {
    timeout: 10_000,
  });
  for (let left = 25; left > 0; left--) await happen(user, random, open).catch(refusedOnly);
  const { compared, states } = await replay(service, tenantId);
  expect(compared, `seed ${seed}`).toBeGreaterThan(40);
  expect(states.size, `seed ${seed}`).toBeGreaterThan(3);
});

const FAST = [{ firstResponseMinutes: 300, nextResponseMinutes: 200, resolutionMinutes: 4_000 }];

/** A mail that makes a case; it was written so many minutes ago. */
async function writeLately(tenantId: string, ago: number): Promise<void> {
  const [interactionId, conversationId] = [randomUUID(), randomUUID()];
  await interaction.tell(tenantId, Interaction, InteractionRecorded, {
    id: interactionId,
    state: {
      interactionId,
      conversationId,
      subject: "屏幕不亮",
      direction: Direction.INBOUND,
      channel: Channel.EMAIL,
      eventTime: new Date(Date.now() - ago * MINUTE),
      caseWish: {},
    },
  });
}

/** Something that may be refused: nobody said that it fits. */
function happen(user: TestUser, random: Chance, all: readonly Case[]): Promise<unknown> {
  const [{ caseId, openTime }, other] = [random.one(all), random.one(all)];
  const since = openTime!.getTime();
  const time = new Date(since + random.below(Date.now() - since));
  return random.one([
    () => reply(user, caseId, { time }),
    () => reply(user, caseId, { time }),
    () => customerReply(user, caseId, { time }),
    () => customerReply(user, caseId, { time }),
    () => moveCase(user, caseId, { status: random.one([3, 4, 5]) }),
    () => changePriority(user, caseId, { priority: 1 + random.below(4) }),
    () => resolve(user, caseId, { resolution: 1 }),
    () => reopen(user, caseId, { reason: "again" }),
    () => (random.often(0.3) ? cancel(user, caseId) : looker.look(user, caseId)),
    () => mergeCases(user, caseId, { absorbedCaseIds: [other.caseId] }),
    () => splitCase(user, caseId, { subject: "another thing" }),
  ])();
}

function refusedOnly(error: { readonly reason?: string }): void {
  if (!error.reason) throw error;
}
