import { FigureDimension as By } from "@guanxi/contract/guanxi/analytics/v1/figure";
import {
  QueryBacklogFiguresRequest,
  QueryComplaintCausesRequest,
  QueryComplaintCausesRequest_By as CauseBy,
  QueryServiceFiguresRequest_Basis as Basis,
  ServiceFigureServiceService as Service,
} from "@guanxi/contract/guanxi/analytics/v1/service_figure_service";
import {
  Case_Kind as Kind,
  Case_Phase as Phase,
  Case_RootCause as Cause,
  Case_Status as Status,
} from "@guanxi/contract/guanxi/service_desk/v1/case";
import { Queue } from "@guanxi/contract/guanxi/service_desk/v1/queue";
import { QueueChanged } from "@guanxi/contract/guanxi/service_desk/v1/queue_events";
import { dateOf } from "@guanxi/kit/days";
import type { TestUser } from "@guanxi/testkit/service";
import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import {
  at,
  casesBehind,
  figures,
  shownOf,
  sla,
  startServiceFigures,
  type Told,
  zone,
} from "./service-rig.ts";

const rig = await startServiceFigures();
afterAll(() => rig.stop());
const { service, desk } = rig;

/** Each figure lists as many cases as its denominator says, a count as its numerator; a case has up to three promises. */
async function provesItsRows(user: TestUser, groups: Awaited<ReturnType<typeof figures>>["groups"]) {
  for (const { figures: all } of groups)
    for (const { figure, numerator, denominator, rowsFilter } of all) {
      const counts = ["cases", "complaints", "open_cases"].includes(figure) || figure.startsWith("open_");
      const rows = await casesBehind(user, rowsFilter);
      if (figure === "sla_attainment") expect(rows.length).toBeLessThanOrEqual(denominator);
      else expect([figure, rows.length]).toEqual([figure, counts ? numerator : denominator]);
    }
}

test("R083, R146 figures of service match what was counted by hand, with the cases behind each", async () => {
  const user = await service.user();
  const [queueId, agent, customer] = [randomUUID(), randomUUID(), randomUUID()];
  await desk.tell(user.tenantId, Queue, QueueChanged, {
    id: queueId,
    state: { queueId, displayName: "售后" },
  });
  const tell = (state: Told) => rig.tellCase(user.tenantId, { queueId, assigneeId: agent, ...state });
  const done = (open: string, resolve: string, more: object = {}) => ({
    openTime: at(open),
    resolveTime: at(resolve),
    status: Status.RESOLVED,
    ...more,
  });
  // Answered after 60, 120 and 600 s of business time; the last of them late.
  await tell({
    ...done("2026-03-02T09:00:00", "2026-03-02T12:00:00", { topic: "billing", customerId: customer }),
    ...sla(
      { state: "MET", elapsed: 60, metTime: at("2026-03-02T09:01:00") },
      { state: "MET", elapsed: 10_800, metTime: at("2026-03-02T12:00:00") },
    ),
  });
  // The same customer and topic within 7 days of that: the first was not solved at first contact.
  await tell({
    ...done("2026-03-09T11:59:59", "2026-03-09T15:00:00", { topic: "billing", customerId: customer }),
    ...sla(
      { state: "MET", elapsed: 120, metTime: at("2026-03-09T12:01:59") },
      {
        state: "BREACHED",
        elapsed: 3600,
        breachTime: at("2026-03-09T13:00:00"),
        metTime: at("2026-03-09T15:00:00"),
      },
    ),
  });
  // A complaint of somebody else, answered late, opened again, and closed.
  await tell({
    ...done("2026-03-10T09:00:00", "2026-03-11T09:00:00", {
      kind: Kind.COMPLAINT,
      status: Status.CLOSED,
      closeTime: at("2026-03-12T09:00:00"),
      reopenCount: 1,
      topic: "billing",
      customerId: randomUUID(),
    }),
    ...sla({
      state: "BREACHED",
      elapsed: 600,
      breachTime: at("2026-03-10T09:05:00"),
      metTime: at("2026-03-10T09:10:00"),
    }),
  });
  // A complaint that waits: its time runs out on the 20th.
  await tell({
    openTime: at("2026-03-19T09:00:00"),
    kind: Kind.COMPLAINT,
    ...sla({ state: "RUNNING", dueTime: at("2026-03-20T09:00:00") }),
  });
  await tell({ openTime: at("2026-03-19T10:00:00"), status: Status.CANCELLED, ...sla({ state: "VOID" }) });
  await desk.settled();

  const day = { startDate: dateOf("2026-03-01"), endDate: dateOf("2026-04-01") };
  const before = await figures(user, { ...day, atTime: at("2026-03-20T08:59:59") });
  expect(before.shown).toMatchObject({
    cases: [5, 1, 5],
    complaints: [2, 1, 2],
    first_response_time_mean: [780, 3, 260],
    first_response_time_median: [780, 3, 120],
    first_response_time_p90: [780, 3, 504],
    resolution_time_mean: [14_400, 2, 7200],
    days_to_close_mean: [2, 1, 2],
    days_to_close_median: [2, 1, 2],
    sla_attainment: [3, 5, 0.6],
    sla_attainment_first_response: [2, 3, 2 / 3],
    sla_attainment_next_response: [0, 0, undefined],
    sla_attainment_resolution: [1, 2, 0.5],
    reopen_rate: [1, 3, 1 / 3],
    first_contact_resolution: [1, 3, 1 / 3], // the second alone
    complaint_response_rate: [0, 1, 0],
  });
  // Open but past its due time counts as broken, though nobody has said so yet.
  const after = await figures(user, { ...day, atTime: at("2026-03-20T09:00:00") });
  expect(after.shown).toMatchObject({
    sla_attainment_first_response: [2, 4, 0.5],
    complaint_response_rate: [0, 2, 0],
  });
  await provesItsRows(user, before.groups);
  await provesItsRows(user, after.groups);
  const byQueue = await figures(user, { ...day, groupBy: [By.QUEUE, By.WEEK] });
  expect(byQueue.groups.map(({ labels }) => labels)).toEqual([
    ["售后", "2026-W10"],
    ["售后", "2026-W11"],
    ["售后", "2026-W12"],
  ]);
  expect(before.definitions.every(({ definition, rowsMethod }) => definition && rowsMethod)).toBe(true);
  expect(before.streamSequence).toBeGreaterThan(0n);
});

const HOUR = 3_600_000;
const START = at("2026-01-05T00:00:00").getTime();
const customers = Array.from({ length: 4 }, () => randomUUID());
const productIds = Array.from({ length: 2 }, () => randomUUID());
const anyCase = fc
  .record({
    kind: fc.constantFrom("QUESTION", "COMPLAINT", "INCIDENT", "REPAIR"),
    phase: fc.constantFrom("PRE_SALE", "IN_SALE", "AFTER_SALE"),
    hour: fc.integer({ min: 0, max: 24 * 60 }),
    length: fc.integer({ min: 1, max: 24 * 20 }),
    status: fc.constantFrom("IN_PROGRESS", "RESOLVED", "RESOLVED", "CLOSED", "CANCELLED", "MERGED"),
    topic: fc.constantFrom("", "billing", "delivery"),
    customerId: fc.constantFrom("", ...customers),
    productId: fc.constantFrom("", ...productIds),
    serialNumber: fc.constantFrom("", "S1", "S2"),
    reopenCount: fc.integer({ min: 0, max: 1 }),
    contacts: fc.integer({ min: 0, max: 2 }),
    promise: fc.constantFrom("MET", "BREACHED", "RUNNING", "PAUSED", "VOID"),
    took: fc.integer({ min: 0, max: 50_000 }),
  })
  .map((one) => ({ ...one, id: randomUUID() }));
type Made = Parameters<Parameters<(typeof anyCase)["map"]>[0]>[0];

const openOf = ({ hour }: Made) => START + hour * HOUR;
const endOf = (one: Made) => openOf(one) + one.length * HOUR;
const isDone = ({ status }: Made) => status === "RESOLVED" || status === "CLOSED";
const counts = ({ status }: Made) => status !== "CANCELLED" && status !== "MERGED";
const after = (a: Made, b: Made) => openOf(a) > openOf(b) || (openOf(a) === openOf(b) && a.id > b.id);

const asTold = (one: Made) => ({
  openTime: new Date(openOf(one)),
  kind: Kind[one.kind as "QUESTION"],
  phase: Phase[one.phase as "PRE_SALE"],
  status: Status[one.status as "CLOSED"],
  statusSinceTime: new Date(counts(one) ? openOf(one) : endOf(one)),
  topic: one.topic,
  customerId: one.customerId,
  productId: one.productId,
  serialNumber: one.serialNumber,
  reopenCount: one.reopenCount,
  customerContactCount: one.contacts,
  ...(isDone(one) && { resolveTime: new Date(endOf(one)) }),
  ...(one.status === "CLOSED" && { closeTime: new Date(endOf(one) + HOUR) }),
  ...sla({
    state: one.promise as "MET",
    elapsed: one.took,
    ...(one.promise === "MET" && { metTime: new Date(openOf(one) + HOUR) }),
    ...(one.promise === "BREACHED" && { breachTime: new Date(openOf(one) + 2 * HOUR) }),
    ...(one.promise === "RUNNING" && { dueTime: new Date(openOf(one) + 3 * HOUR) }),
  }),
});

/** The slow way, by the definitions. */
function oracle(cases: readonly Made[], all: readonly Made[], instant: number) {
  const judgedAt = (one: Made) =>
    ({ MET: openOf(one) + HOUR, BREACHED: openOf(one) + 2 * HOUR, RUNNING: openOf(one) + 3 * HOUR })[
      one.promise as "MET"
    ] ?? Number.POSITIVE_INFINITY;
  const judged = cases.filter((one) => judgedAt(one) <= instant);
  const repeated = (one: Made) =>
    all.some(
      (other) =>
        counts(other) &&
        other.topic !== "" &&
        other.topic === one.topic &&
        one.customerId !== "" &&
        other.customerId === one.customerId &&
        after(other, one) &&
        openOf(other) <= endOf(one) + 7 * 24 * HOUR,
    );
  const isFault = ({ kind, productId }: Made) =>
    (kind === "INCIDENT" || kind === "REPAIR") && productId !== "";
  const samePiece = (a: Made, b: Made) =>
    a.serialNumber && b.serialNumber
      ? a.serialNumber === b.serialNumber
      : a.customerId !== "" && a.customerId === b.customerId;
  const again = (one: Made) =>
    all.some(
      (other) =>
        isFault(other) &&
        counts(other) &&
        other.productId === one.productId &&
        after(one, other) &&
        openOf(one) - openOf(other) <= 90 * 24 * HOUR &&
        samePiece(one, other),
    );
  const faults = cases.filter(isFault);
  const done = cases.filter(isDone);
  const closed = cases.filter(({ status }) => status === "CLOSED");
  const took = cases.filter(({ promise }) => promise === "MET").map((one) => one.took);
  const complaints = (some: readonly Made[]) => some.filter((one) => one.kind === "COMPLAINT" && counts(one));
  const met = (some: readonly Made[]) => some.filter(({ promise }) => promise === "MET").length;
  return {
    cases: [cases.length, 1],
    complaints: [complaints(cases).length, 1],
    first_response_time_median: [took.reduce((a, b) => a + b, 0), took.length],
    days_to_close_mean: [closed.reduce((sum, { length }) => sum + (length + 1) / 24, 0), closed.length],
    sla_attainment_first_response: [met(judged), judged.length],
    reopen_rate: [
      cases.filter(({ reopenCount }) => reopenCount > 0).length,
      cases.filter((one) => isDone(one) || one.reopenCount > 0).length,
    ],
    first_contact_resolution: [
      done.filter((one) => one.contacts <= 1 && one.reopenCount === 0 && !repeated(one)).length,
      done.length,
    ],
    complaint_response_rate: [met(complaints(judged)), complaints(judged).length],
    repeat_fault_rate: [faults.filter(again).length, faults.length],
  };
}

function medianOf(numbers: readonly number[]): number | undefined {
  const sorted = numbers.toSorted((a, b) => a - b);
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return low === undefined ? undefined : (low + high!) / 2;
}

test("R080, R098, R146 whatever the cases are, figures are those of an oracle, in all and in groups", async () => {
  const user = await service.user();
  const all = fc.sample(anyCase, { numRuns: 110, seed: 5 });
  for (const one of all) await rig.tellCase(user.tenantId, asTold(one), one.id);
  await desk.settled();
  const atTime = new Date(START + 20 * 24 * HOUR);

  const compare = (group: Parameters<typeof shownOf>[0], cases: readonly Made[]) => {
    const shown = shownOf(group);
    for (const [figure, [numerator, denominator]] of Object.entries(oracle(cases, all, atTime.getTime()))) {
      expect([figure, shown[figure]![1]]).toEqual([figure, denominator]);
      expect(shown[figure]![0], figure).toBeCloseTo(numerator!, 6);
    }
    const took = cases.filter(({ promise }) => promise === "MET").map((one) => one.took);
    expect(shown.first_response_time_median![2]).toBe(medianOf(took));
  };

  const total = await figures(user, { atTime });
  compare(total.groups[0], all);
  await provesItsRows(user, total.groups);
  const byPhase = await figures(user, { atTime, groupBy: [By.PHASE] });
  expect(byPhase.groups.map(({ values }) => values[0])).toEqual(["AFTER_SALE", "IN_SALE", "PRE_SALE"]);
  for (const group of byPhase.groups)
    compare(
      group,
      all.filter(({ phase }) => phase === group.values[0]),
    );
  const groupBy = [By.MONTH, By.CUSTOMER];
  const byMonth = await figures(user, { atTime, groupBy, filter: 'kind != "QUESTION"' });
  for (const group of byMonth.groups) {
    const [month, customer] = group.values;
    compare(
      group,
      all.filter(
        (one) =>
          one.kind !== "QUESTION" &&
          one.customerId === customer &&
          zone(new Date(openOf(one))).slice(0, 7) === month!.slice(0, 7),
      ),
    );
  }
  await provesItsRows(user, byMonth.groups.slice(0, 2));

  for (const days of [3, 20, 45]) {
    const time = START + days * 24 * HOUR + 1000;
    const request = QueryBacklogFiguresRequest.fromPartial({ atTime: new Date(time) });
    const { groups } = await user.call(Service.queryBacklogFigures, request);
    const open = all.filter(
      (one) => openOf(one) <= time && (one.status === "IN_PROGRESS" || endOf(one) > time),
    );
    const within = (from: number, until: number) =>
      open.filter((one) => {
        const age = (time - openOf(one)) / (24 * HOUR);
        return age >= from && age < until;
      }).length;
    expect(Object.values(shownOf(groups[0])).map(([count]) => count)).toEqual([
      open.length,
      within(0, 1),
      within(1, 3),
      within(3, 7),
      within(7, 14),
      within(14, 30),
      within(30, 9999),
    ]);
    if (days === 20) await provesItsRows(user, groups);
  }
});

test("figures by other days, of changed and removed cases, and made again by a rebuild", async () => {
  const user = await service.user();
  const openTime = at("2026-03-31T23:30:00");
  const id = await rig.tellCase(user.tenantId, { openTime });
  const gone = await rig.tellCase(user.tenantId, { openTime });
  const resolveTime = at("2026-04-01T00:30:00"); // still March where clocks show UTC
  await rig.tellCase(user.tenantId, { openTime, resolveTime, status: Status.RESOLVED }, id);
  await rig.removeCase(user.tenantId, gone);
  await desk.settled();
  const april = { startDate: dateOf("2026-04-01") };
  expect((await figures(user, april)).shown.cases).toEqual([0, 1, 0]);
  const resolved = await figures(user, { ...april, basis: Basis.RESOLVE_DATE, groupBy: [By.QUARTER] });
  expect(resolved.groups.map(({ labels, values }) => [...values, ...labels])).toEqual([
    ["2026-04-01", "2026-Q2"],
  ]);
  expect(await casesBehind(user, resolved.groups[0]!.figures[0]!.rowsFilter)).toEqual([id]);

  const rows = () =>
    service.admin.query("select * from case_facts where tenant_id = $1 order by case_id", [user.tenantId]);
  const before = (await rows()).rows;
  await service.rebuild("service_desk", user.tenantId, await desk.archive());
  expect((await rows()).rows).toEqual(before);
  await expect(figures(user, { groupBy: [By.CHANNEL] })).rejects.toMatchObject({
    reason: "UNKNOWN_DIMENSION",
    violations: [expect.objectContaining({ field: "group_by[0]" })],
  });
  await expect(figures(await service.user({ grants: [] }))).rejects.toMatchObject({
    code: "PERMISSION_DENIED",
  });
});

const causes = (user: TestUser, request: object = {}) =>
  user.call(Service.queryComplaintCauses, QueryComplaintCausesRequest.fromPartial(request));

test("R085 causes by Pareto and week; one that rises is told once a week", async () => {
  const user = await service.user();
  const now = Date.now();
  const complaint = (days: number, more: object = {}) =>
    rig.tellCase(user.tenantId, {
      openTime: new Date(now - days * 24 * HOUR),
      resolveTime: new Date(now - days * 24 * HOUR),
      kind: Kind.COMPLAINT,
      status: Status.RESOLVED,
      topic: "delivery/late",
      rootCause: Cause.DELIVERY,
      ...more,
    });
  for (let week = 1; week <= 9; week += 1) await complaint(week * 7);
  await complaint(7, { rootCause: Cause.PRICE, topic: "billing" });
  await complaint(0, {
    rootCause: Cause.UNSPECIFIED,
    resolveTime: undefined,
    status: Status.IN_PROGRESS,
    topic: "",
  });
  for (let one = 0; one < 3; one += 1) await complaint(0);
  const told = async () => {
    await desk.settled();
    while ((await service.admin.query("select from jobs where tenant_id = $1", [user.tenantId])).rowCount)
      await new Promise((resolve) => setImmediate(resolve));
    return (await service.events(user.tenantId)).map(({ type, state }) => [type, state.by, state.cause]);
  };
  expect(await told()).toEqual([]);

  const pareto = await causes(user);
  expect(pareto.complaintCount).toBe(13);
  expect(pareto.withoutCauseCount).toBe(1);
  expect(
    pareto.causes.map(({ cause, count, share, cumulativeShare }) => [cause, count, share, cumulativeShare]),
  ).toEqual([
    ["DELIVERY", 12, 12 / 13, 12 / 13],
    ["PRICE", 1, 1 / 13, 1],
  ]);
  expect(pareto.causes[0]!.weeks.map(({ count }) => count)).toEqual([1, 1, 1, 1, 1, 1, 1, 1, 1, 3]);
  expect(pareto.causes[0]!.rise).toEqual({ count: 3, expectedCount: 1, limitCount: 7, rising: false });
  expect(await casesBehind(user, pareto.causes[0]!.rowsFilter)).toHaveLength(12);

  for (let one = 0; one < 4; one += 1) await complaint(0);
  const rise = [
    ["ComplaintCauseRose", "BY_ROOT_CAUSE", "DELIVERY"],
    ["ComplaintCauseRose", "BY_TOPIC", "delivery/late"],
  ];
  expect(await told()).toEqual(rise);
  await complaint(0);
  expect(await told()).toEqual(rise);
  const topics = await causes(user, { by: CauseBy.TOPIC, filter: 'topic == "billing"' });
  expect(topics.causes.map(({ cause, count }) => [cause, count])).toEqual([["billing", 1]]);
});
