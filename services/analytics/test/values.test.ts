import {
  ListValueRunsRequest,
  QueryValueCurveRequest,
  QueryValueFiguresRequest,
  QueryValueFiguresRequest_Dimension as By,
  ReproduceValueRunRequest,
  UpdateValuePlanRequest,
  ValuePlan_Basis as Basis,
  ValueRun_State as State,
  ValueServiceService as Values,
} from "@guanxi/contract/guanxi/analytics/v1/value_service";
import { PurchaseCycle_Basis as CycleBasis } from "@guanxi/contract/guanxi/analytics/v1/customer_value";
import { Grade } from "@guanxi/contract/guanxi/customer/v1/customer";
import { tenantSettings } from "@guanxi/kit/tenants";
import type { TestUser } from "@guanxi/testkit/service";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, describe, expect, test } from "vitest";
import { dateOf } from "@guanxi/kit/days";
import { valueRunJob } from "../src/values/run-values.ts";
import { analytics } from "../src/app.ts";
import { contextOf } from "./figure-rig.ts";
import { book, idOf, type Sold, startValues, unitsOf } from "./value-rig.ts";

const rig = await startValues();
afterAll(() => rig.stop());
const { service } = rig;

const cutOffDate = dateOf("2026-07-01");
const [STEADY, HUGE] = [idOf(900_001), idOf(900_002)];

/** R030: equal revenue, one by many purchases, one by a single one of the same week as the steady one's first. */
const equals: Sold[] = [
  ...Array.from({ length: 18 }, (_, month) => ({
    customerId: STEADY,
    day: `${month < 12 ? 2025 : 2026}-${String((month % 12) + 1).padStart(2, "0")}-15`,
    net: 1_000,
  })),
  { customerId: HUGE, day: "2025-01-15", net: 18_000 },
];

const reproduce = (user: TestUser, valueRunId: string) =>
  user.call(Values.reproduceValueRun, ReproduceValueRunRequest.fromPartial({ valueRunId }));
const figures = async (user: TestUser, ...groupBy: By[]) =>
  (await user.call(Values.queryValueFigures, QueryValueFiguresRequest.fromPartial({ groupBy }))).rows;

const curves = async (user: TestUser, filter: string) =>
  (await user.call(Values.queryValueCurve, QueryValueCurveRequest.fromPartial({ filter }))).curves;

describe("a book of 150 customers", async () => {
  const lin = await service.user();
  const { tenantId } = lin;
  const sold = [...book(150), ...equals];
  await rig.sell(tenantId, sold);
  const first = await rig.run(lin, { cutOffDate });

  test("R141 a run says what it found, from what and by which program", async () => {
    expect(first).toMatchObject({
      state: State.COMPLETED,
      error: "",
      warnings: [],
      customerCount: 152,
      scoredCount: 152,
      droppedCount: 0,
      clearedCount: 0,
      unchangedCount: 0,
      currencyCode: "CNY",
      modelVersion: expect.stringMatching(/^value\/1: bg-nbd\/\d+ gamma-gamma\/\d+ clv\/\d+ rfm\/\d+/),
      inputHash: expect.stringMatching(/^[0-9a-f]{64}$/),
      outputHash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(Object.keys(first.parameters).sort()).toEqual(["a", "alpha", "b", "gamma", "p", "q", "r"]);
    const days = Map.groupBy(sold, ({ customerId }) => customerId).values();
    const repeats = [...days].map((all) => new Set(all.map(({ day }) => day)).size - 1);
    expect(first.repeatPurchaseCount).toBe(repeats.reduce((sum, x) => sum + x, 0));
    expect(first.repeatCustomerCount).toBe(repeats.filter((x) => x > 0).length);
    const { rows } = await service.admin.query(
      "select stream_sequence from sales_marks where tenant_id = $1",
      [tenantId],
    );
    expect(first.streamSequence).toBe(BigInt((rows as { stream_sequence: string }[])[0]!.stream_sequence));
  });

  test("R030 of equal revenue the steady buyer is worth more than the one huge order", async () => {
    const [steady, huge] = await Promise.all([rig.valueOf(lin, STEADY), rig.valueOf(lin, HUGE)]);
    expect(unitsOf(steady.revenue)).toBe(18_000);
    expect(unitsOf(huge.revenue)).toBe(18_000);
    expect(unitsOf(steady.clv)).toBeGreaterThan(10 * unitsOf(huge.clv));
    expect(steady.rankShare).toBeLessThan(huge.rankShare);
    expect(steady.grade).toBe(Grade.A);
    expect(huge.grade).not.toBe(Grade.A);
    const order = (await rig.list(lin)).map(({ customerId }) => customerId);
    expect(order.indexOf(STEADY)).toBeLessThan(order.indexOf(HUGE));
  });

  test("R110 R111 what a value is made of can be read from it", async () => {
    const steady = await rig.valueOf(lin, STEADY);
    expect(steady).toMatchObject({
      valueRunId: first.valueRunId,
      cutOffDate,
      purchaseDays: 18,
      repeatPurchases: 17,
      firstPurchaseDate: dateOf("2025-01-15"),
      lastPurchaseDate: dateOf("2026-06-15"),
      recencyWeeks: 516 / 7,
      ageWeeks: 531 / 7,
      rfm: {
        recencyDays: 15,
        frequency: 18,
        recencyScore: 5,
        frequencyScore: 5,
        monetaryScore: 5,
        segment: "champions",
      },
    });
    const { purchaseCycle: cycle } = steady;
    expect(cycle).toMatchObject({
      basis: CycleBasis.CUSTOMER,
      medianDays: 31,
      nextPurchaseDate: dateOf("2026-07-16"),
    });
    expect((await rig.valueOf(lin, HUGE)).purchaseCycle?.basis).toBe(CycleBasis.ALL_CUSTOMERS);
  });

  test("R110 amount, frequency and recency are those of the orders", async () => {
    const { rows } = await service.admin.query(
      `select customer_id, count(distinct order_date)::int as frequency, sum(net_micros)::text as micros,
         date '2026-06-30' - max(order_date) as days
       from order_facts where tenant_id = $1 group by 1 order by 1`,
      [tenantId],
    );
    const all = (await rig.list(lin)).toSorted((a, b) => (a.customerId < b.customerId ? -1 : 1));
    const told = all.map(({ customerId, rfm }) => ({
      customer_id: customerId,
      frequency: rfm!.frequency,
      micros: String(rfm!.monetary!.units * 1_000_000n + BigInt(rfm!.monetary!.nanos / 1000)),
      days: rfm!.recencyDays,
    }));
    expect(told).toEqual(rows);
  });

  test("R026 grades keep to the published shares, and lists find them", async () => {
    const all = await rig.list(lin);
    expect(all).toHaveLength(152);
    const values = all.map(({ clv }) => unitsOf(clv));
    expect(values).toEqual(values.toSorted((a, b) => b - a));
    for (const { rankShare, grade } of all) {
      const meant =
        rankShare < 0.1 ? Grade.A : rankShare < 0.3 ? Grade.B : rankShare < 0.6 ? Grade.C : Grade.D;
      expect(grade).toBe(meant);
    }
    const best = await rig.list(lin, { filter: 'grade == "A"' });
    expect(best.map(({ customerId }) => customerId)).toEqual(
      all.slice(0, 16).map(({ customerId }) => customerId),
    );
    const likely = await rig.list(lin, {
      filter: "probability_alive > 0.6 && purchase_days > 2",
      orderBy: "next_purchase_date",
    });
    expect(likely.length).toBeGreaterThan(5);
    expect(
      likely.every(({ probabilityAlive, purchaseDays }) => probabilityAlive! > 0.6 && purchaseDays > 2),
    ).toBe(true);
    const due = likely.map(({ purchaseCycle }) =>
      JSON.stringify(Object.values(purchaseCycle!.nextPurchaseDate!)),
    );
    expect(new Set(due).size).toBeGreaterThan(1);
  });

  test("figures add up to the list, and each row says how to list its customers", async () => {
    const all = await rig.list(lin);
    const total = all.reduce((sum, { clv }) => sum + unitsOf(clv), 0);
    const [one] = await figures(lin);
    expect(one).toMatchObject({ count: 152, rowsFilter: "" });
    expect(unitsOf(one!.clv)).toBeCloseTo(total, 4);
    expect(unitsOf(one!.averageClv)).toBeCloseTo(total / 152, 4);
    const scores = [By.RECENCY_SCORE, By.FREQUENCY_SCORE, By.MONETARY_SCORE];
    for (const by of [[By.SEGMENT], [By.GRADE], [By.GRADE, By.SEGMENT], scores]) {
      const rows = await figures(lin, ...by);
      expect(rows.reduce((sum, { count }) => sum + count, 0)).toBe(152);
      for (const { rowsFilter, count, revenue } of rows.slice(0, 8)) {
        const listed = await rig.list(lin, { filter: rowsFilter });
        expect(listed).toHaveLength(count);
        expect(listed.reduce((sum, value) => sum + unitsOf(value.revenue), 0)).toBeCloseTo(
          unitsOf(revenue),
          4,
        );
      }
    }
  });

  test("R025 the curve of a value ends at the value, of all and of some", async () => {
    for (const filter of ["", 'grade == "A"', `customer_id == "${STEADY}"`, `customer_id == "${HUGE}"`]) {
      const listed = await rig.list(lin, { filter });
      const [curve] = await curves(lin, filter);
      expect(curve).toMatchObject({ currencyCode: "CNY", customerCount: listed.length });
      expect(curve!.points.map(({ week }) => week)).toEqual(Array.from({ length: 53 }, (_, week) => week));
      const values = curve!.points.map(({ clv }) => unitsOf(clv));
      expect(values).toEqual(values.toSorted((a, b) => a - b));
      expect(values[0]).toBe(0);
      expect(values[52]).toBeCloseTo(
        listed.reduce((sum, { clv }) => sum + unitsOf(clv), 0),
        2,
      );
      const purchases = listed.reduce((sum, { expectedPurchases }) => sum + expectedPurchases!, 0);
      expect(curve!.points[52]!.expectedPurchases).toBeCloseTo(purchases, 6);
    }
  });

  test("every score is said once, with the person who asked for it", async () => {
    const events = await rig.said(tenantId);
    expect(events).toHaveLength(152);
    for (const { type, meta, state } of events) {
      expect(type).toBe("ValueScored");
      expect(meta).toMatchObject({
        version: 1,
        initiator: { id: lin.userId },
        actor: { id: "analytics/value-run" },
      });
      expect(meta.customerId).toBe(state.customerId);
    }
  });

  test("R141 computed again from the same facts it is the same, bit for bit, and says nothing", async () => {
    const again = await reproduce(lin, first.valueRunId);
    expect(again).toMatchObject({ inputEqual: true, outputEqual: true, outputHash: first.outputHash });
    const many = await Promise.allSettled([1, 2, 3].map(() => reproduce(lin, first.valueRunId)));
    expect(many.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const refused = { reason: { code: "RESOURCE_EXHAUSTED", reason: "REPRODUCING" } };
    expect(many.filter(({ status }) => status === "rejected")).toMatchObject([refused, refused]);
    const second = await rig.run(lin, { cutOffDate });
    expect(second).toMatchObject({ scoredCount: 0, droppedCount: 0, clearedCount: 0, unchangedCount: 152 });
    expect(second.outputHash).toBe(first.outputHash);
    expect(await rig.said(tenantId)).toHaveLength(152);
    expect((await rig.valueOf(lin, STEADY)).valueRunId).toBe(first.valueRunId);
  });

  test("a test keeps purchases back, tells how they were foretold, and changes no score", async () => {
    const run = await rig.run(lin, {
      cutOffDate,
      holdOutStartDate: dateOf("2026-01-01"),
      cohortEndDate: dateOf("2025-10-01"),
    });
    const kept = sold.filter(({ day }) => day >= "2026-01-01");
    const cohort = new Set(sold.filter(({ day }) => day < "2025-10-01").map(({ customerId }) => customerId));
    const actual = new Set(
      kept.filter(({ customerId }) => cohort.has(customerId)).map((s) => `${s.customerId} ${s.day}`),
    );
    expect(run.customerCount).toBe(cohort.size);
    expect(run.holdOut).toMatchObject({ weeks: 181 / 7, actualPurchases: actual.size });
    const { predictedPurchases, cyclePredictions, cycleHits, meanAbsoluteError, correlation } = run.holdOut!;
    expect(predictedPurchases / actual.size).toBeGreaterThan(0.5);
    expect(predictedPurchases / actual.size).toBeLessThan(2);
    expect(cycleHits).toBeGreaterThan(0);
    expect(cyclePredictions).toBeGreaterThan(cycleHits);
    expect(meanAbsoluteError).toBeGreaterThan(0);
    expect(correlation).toBeGreaterThan(0.2);
    expect(run).toMatchObject({ scoredCount: 0, unchangedCount: 0 });
    expect(await rig.said(tenantId)).toHaveLength(152);
  });

  test("R031 who falls silent falls in value, and it is said with the cause", async () => {
    const later = await rig.run(lin, { cutOffDate: dateOf("2026-12-01") });
    const events = (await rig.said(tenantId)).slice(152);
    expect(later.scoredCount + later.droppedCount + later.unchangedCount).toBe(152);
    expect(events).toHaveLength(later.scoredCount + later.droppedCount);
    const drops = events.filter(({ type }) => type === "ValueDropped");
    expect(drops).toHaveLength(later.droppedCount);
    const steady = drops.find(({ meta }) => meta.customerId === STEADY)!;
    expect(steady.message).toMatchObject({ cause: "less likely alive", dropShare: expect.any(Number) });
    expect(steady.message.previousClv).toEqual(steady.previous.clv);
    for (const { message } of drops) expect(Number(message.dropShare)).toBeGreaterThan(0.3);
    const { clv } = await rig.valueOf(lin, STEADY);
    const before = steady.message.previousClv as { units: string; nanos: number };
    expect(1 - unitsOf(clv) / (Number(before.units) + before.nanos / 1e9)).toBeCloseTo(
      Number(steady.message.dropShare),
      6,
    );
  });

  test("what is measured otherwise has not fallen", async () => {
    const before = (await rig.said(tenantId)).length;
    const [longer] = await curves(lin, "");
    expect(longer!.points).toHaveLength(53);
    const shorter = await rig.run(lin, { cutOffDate: dateOf("2026-12-01"), plan: { horizonWeeks: 13 } });
    expect(shorter.plan).toMatchObject({ horizonWeeks: 13, yearlyDiscountRate: 0.15 });
    expect(shorter).toMatchObject({ scoredCount: 152, droppedCount: 0 });
    expect(await rig.said(tenantId)).toHaveLength(before + 152);
    const [curve] = await curves(lin, "");
    expect(curve!.points).toHaveLength(14);
    // What a week brings does not depend on how far one looks.
    expect(curve!.points[13]!.expectedPurchases).toBeCloseTo(longer!.points[13]!.expectedPurchases, 6);
  });

  test("R141 an order that comes late is found when a run is computed again", async () => {
    await rig.sell(tenantId, [{ customerId: STEADY, day: "2026-02-02", net: 5 }]);
    expect(await reproduce(lin, first.valueRunId)).toMatchObject({ inputEqual: false, outputEqual: false });
  });

  test("runs are listed, the newest first, and other companies see nothing of them", async () => {
    const runs = await lin.call(Values.listValueRuns, ListValueRunsRequest.fromPartial({ pageSize: 2 }));
    expect(runs.valueRuns.map(({ plan }) => plan?.horizonWeeks)).toEqual([13, 52]);
    expect(runs.nextPageToken).not.toBe("");
    const other = await service.user();
    expect(await rig.list(other)).toEqual([]);
    await expect(reproduce(other, first.valueRunId)).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(rig.valueOf(other, STEADY)).rejects.toMatchObject({ code: "NOT_FOUND" });
    const wang = await service.user({ tenantId, grants: [{ resource: "customer_value", action: "read" }] });
    expect((await rig.valueOf(wang, STEADY)).customerId).toBe(STEADY);
    await expect(rig.begin(wang)).rejects.toMatchObject({ code: "PERMISSION_DENIED" });
  });
});

test("with too few who came back nothing is made up: no lifetime value, and a warning", async () => {
  const lin = await service.user();
  await rig.sell(lin.tenantId, equals);
  const run = await rig.run(lin, { cutOffDate });
  expect(run).toMatchObject({ state: State.COMPLETED, customerCount: 2, scoredCount: 2, parameters: {} });
  expect(run.warnings).toEqual([expect.stringContaining("who bought more than once, and found 1")]);
  expect(run.modelVersion).not.toContain("bg-nbd");
  const steady = await rig.valueOf(lin, STEADY);
  expect(steady.clv).toBeUndefined();
  expect(steady.probabilityAlive).toBeUndefined();
  expect(steady.rfm!.segment).not.toBe("");
  expect(steady.purchaseCycle!.basis).toBe(CycleBasis.CUSTOMER);
  expect(await rig.list(lin, { filter: "clv > 0.0" })).toEqual([]);
  expect(await rig.list(lin, { orderBy: "clv desc" })).toHaveLength(2);
  const [row] = await figures(lin);
  expect(row).toMatchObject({ count: 2, clv: undefined, averageClv: undefined });
  expect(await curves(lin, "")).toEqual([]);
});

test("where nobody has come back nothing is due, and lists have all pages all the same", async () => {
  const lin = await service.user();
  await rig.sell(
    lin.tenantId,
    [1, 2, 3].map((place) => ({ customerId: idOf(place), day: "2026-03-01", net: 10 })),
  );
  await rig.run(lin, { cutOffDate });
  for (const orderBy of ["next_purchase_date", "next_purchase_date desc", "clv desc", "last_purchase_date"]) {
    const all = await rig.list(lin, { orderBy, pageSize: 1 });
    expect(new Set(all.map(({ customerId }) => customerId)).size).toBe(3);
    expect(all.map(({ purchaseCycle }) => purchaseCycle)).toEqual([undefined, undefined, undefined]);
  }
});

test("a company without orders has a run without customers", async () => {
  const lin = await service.user();
  const run = await rig.run(lin);
  expect(run).toMatchObject({ state: State.COMPLETED, customerCount: 0, scoredCount: 0 });
  expect(await figures(lin)).toEqual([]);
});

test("orders in other currencies and orders of nobody are counted, and do not count", async () => {
  const lin = await service.user();
  await rig.sell(lin.tenantId, [
    ...equals,
    { customerId: STEADY, day: "2026-03-03", net: 7, currencyCode: "EUR" },
    { customerId: idOf(1), day: "2026-03-03", net: 7, currencyCode: "EUR" },
    { customerId: "", day: "2026-03-03", net: 7 },
    { customerId: "", day: "2026-07-01", net: 7 }, // after the cut-off
  ]);
  const run = await rig.run(lin, { cutOffDate });
  expect(run).toMatchObject({ customerCount: 2, otherCurrencyOrderCount: 2, ordersWithoutCustomer: 1 });
  expect(unitsOf((await rig.valueOf(lin, STEADY)).revenue)).toBe(18_000);
});

test("what came back was no purchase, and margin is that of the lines whose cost is known", async () => {
  const lin = await service.user();
  const customerId = idOf(7);
  await rig.sell(lin.tenantId, [
    { customerId, day: "2026-01-01", net: 100, cost: 60 },
    { customerId, day: "2026-02-01", net: 50 },
    { customerId, day: "2026-03-01", net: -50 },
    { customerId, day: "2026-04-01", net: 30, cost: 10 },
    { customerId, day: "2026-04-01", net: -30, cost: -10 },
    { customerId, day: "2026-05-01", net: 0, cost: 1 },
  ]);
  await rig.run(lin, { cutOffDate });
  const value = await rig.valueOf(lin, customerId);
  expect(value).toMatchObject({ purchaseDays: 3, lastPurchaseDate: dateOf("2026-05-01") });
  expect([unitsOf(value.revenue), unitsOf(value.margin)]).toEqual([100, 39]);
});

test("a customer whose orders are gone is cleared, and comes back with the next version", async () => {
  const lin = await service.user();
  const [order] = await rig.sell(lin.tenantId, [{ customerId: HUGE, day: "2026-01-01", net: 5 }]);
  await rig.run(lin, { cutOffDate });
  await rig.remove(lin.tenantId, "order", order!);
  await rig.settled();
  expect(await rig.run(lin, { cutOffDate })).toMatchObject({ customerCount: 0, clearedCount: 1 });
  await expect(rig.valueOf(lin, HUGE)).rejects.toMatchObject({ code: "NOT_FOUND" });
  expect(await rig.list(lin)).toEqual([]);
  expect(await rig.run(lin, { cutOffDate })).toMatchObject({ clearedCount: 0 });
  await rig.sell(lin.tenantId, [{ customerId: HUGE, day: "2026-02-01", net: 6 }]);
  expect(await rig.run(lin, { cutOffDate })).toMatchObject({ scoredCount: 1 });
  const events = await rig.said(lin.tenantId);
  expect(events.map(({ type, meta }) => [type, meta.version])).toEqual([
    ["ValueScored", 1],
    ["ValueCleared", 2],
    ["ValueScored", 3],
  ]);
  expect(events[1]).toMatchObject({ state: {}, previous: { customerId: HUGE } });
  expect(unitsOf((await rig.valueOf(lin, HUGE)).revenue)).toBe(6);
});

test("those who came after a cohort keep the score that they have", async () => {
  const lin = await service.user();
  await rig.sell(lin.tenantId, equals.concat({ customerId: idOf(3), day: "2026-02-01", net: 9 }));
  await rig.run(lin, { cutOffDate });
  const cohort = await rig.run(lin, { cutOffDate, cohortEndDate: dateOf("2026-01-01") });
  expect(cohort).toMatchObject({ customerCount: 2, clearedCount: 0 });
  expect((await rig.valueOf(lin, idOf(3))).purchaseDays).toBe(1);
});

/** Straight into the facts: thousands of orders would take longer to tell of than to score. */
async function fill(tenantId: string, customers: number): Promise<void> {
  await service.admin.query(
    `insert into customer_days select $1, ('0199f0c4-2a3b-7c4d-8e5f-' || lpad(c::text, 12, '0'))::uuid,
       date '2026-01-01' + (c * 7 + d * (3 + c % 40)) % 180, 'CNY', 1, 1, 1000000, 0, 0, 1000000 * (1 + c % 9), 0, 0, 1
     from generate_series(1, $2) c, generate_series(0, c % 4) d on conflict do nothing`,
    [tenantId, customers],
  );
}

async function onceEach(tenantId: string, customers: number): Promise<void> {
  await service.settled();
  const counts = `select count(*)::int as events, count(distinct aggregate_id)::int as customers, max(version) as version
    from event_log where tenant_id = $1 and subject like '%.ValueScored.%'`;
  const { rows } = await service.admin.query(counts, [tenantId]);
  expect(rows).toEqual([{ events: customers, customers, version: 1 }]);
}

test("stopped between batches a run goes on, and tells of each customer once", {
  timeout: 120_000,
}, async () => {
  const lin = await service.user();
  await fill(lin.tenantId, 6_000);
  const { valueRunId } = await rig.begin(lin, { cutOffDate });
  const where = `select through, state from value_runs where value_run_id = $1`;
  for (;;) {
    const { rows } = await service.admin.query(where, [valueRunId]);
    const [{ through, state }] = rows as [{ through: string | null; state: string }];
    expect(state).toBe("RUNNING"); // it was too fast to be stopped in the middle
    if (through) break;
    await pause(2);
  }
  await service.restart();
  const { rows } = await service.admin.query(where, [valueRunId]);
  expect(rows).toMatchObject([{ state: "RUNNING" }]);
  const run = await rig.through(lin, { valueRunId });
  expect(run).toMatchObject({
    state: State.COMPLETED,
    customerCount: 6_000,
    scoredCount: 6_000,
    unchangedCount: 0,
  });
  await onceEach(lin.tenantId, 6_000);
});

test("facts that changed while a run was stopped go into all of its scores", {
  timeout: 120_000,
}, async () => {
  const lin = await service.user();
  await fill(lin.tenantId, 1_500);
  const run = await rig.run(lin, { cutOffDate });
  // As a run leaves it that was killed behind its first batch.
  await service.admin.query("delete from customer_values where tenant_id = $1 and customer_id > $2", [
    lin.tenantId,
    idOf(1_000),
  ]);
  await service.admin.query(
    `update value_runs set state = 'RUNNING', through = $2, scored_count = 1000, end_time = null where value_run_id = $1`,
    [run.valueRunId, idOf(1_000)],
  );
  await service.admin.query("delete from event_log where tenant_id = $1 and aggregate_id > $2", [
    lin.tenantId,
    idOf(1_000),
  ]);
  await service.admin.query(
    "update customer_days set net_micros = net_micros * 9 where tenant_id = $1 and customer_id = $2",
    [lin.tenantId, idOf(10)],
  );
  await service.admin.query(
    `insert into jobs (tenant_id, job_id, name, subject_id) values ($1, $2, 'value run', $2)`,
    [lin.tenantId, run.valueRunId],
  );
  const after = await rig.through(lin, run);
  expect(after).toMatchObject({ customerCount: 1_500, unchangedCount: 0 });
  expect(after.scoredCount + after.droppedCount).toBe(1_500);
  expect(await reproduce(lin, run.valueRunId)).toMatchObject({ inputEqual: true, outputEqual: true });
});

describe("the plan", async () => {
  const lin = await service.user();

  test("holds from the beginning, and can be changed by the etag that was read", async () => {
    const plan = await rig.planOf(lin);
    expect(plan).toMatchObject({
      horizonWeeks: 52,
      yearlyDiscountRate: 0.15,
      gradeAShare: 0.1,
      gradeBShare: 0.3,
      gradeCShare: 0.6,
      dropThreshold: 0.3,
      nightly: false,
      nightlyHour: 2,
      updateTime: undefined,
    });
    expect(Object.keys(plan.rfmCells)).toHaveLength(125);
    expect(plan.rfmCells["555"]).toBe("champions");
    const after = await rig.plan(lin, { basis: Basis.MARGIN, yearlyDiscountRate: 0 }, [
      "basis",
      "yearly_discount_rate",
    ]);
    expect(after).toMatchObject({ basis: Basis.MARGIN, yearlyDiscountRate: 0, horizonWeeks: 52 });
    expect(after.updateTime).toBeInstanceOf(Date);
    expect(await rig.planOf(lin)).toEqual(after);
    const [event] = await service.events(lin.tenantId);
    expect(event).toMatchObject({
      type: "ValuePlanChanged",
      meta: { version: 1, actor: { id: lin.userId } },
    });
    const stale = UpdateValuePlanRequest.fromPartial({ valuePlan: { horizonWeeks: 9 }, etag: plan.etag });
    await expect(lin.call(Values.updateValuePlan, stale)).rejects.toMatchObject({ reason: "ETAG_MISMATCH" });
    const blind = UpdateValuePlanRequest.fromPartial({ valuePlan: { horizonWeeks: 9 } });
    await expect(lin.call(Values.updateValuePlan, blind)).rejects.toMatchObject({ reason: "ETAG_REQUIRED" });
  });

  test("R026 is refused where grades would not rise, and so is a run by such a plan", async () => {
    const violation = (field: string) => ({
      violations: [expect.objectContaining({ field, reason: "SHARES_MUST_RISE" })],
    });
    await expect(rig.plan(lin, { gradeAShare: 0.5 })).rejects.toMatchObject(
      violation("value_plan.grade_b_share"),
    );
    await expect(rig.begin(lin, { plan: { gradeCShare: 0.2 } })).rejects.toMatchObject(
      violation("value_run.plan.grade_c_share"),
    );
    await expect(rig.begin(lin, { plan: { horizonWeeks: 521 } })).rejects.toMatchObject({
      violations: [expect.objectContaining({ field: "value_run.plan.horizon_weeks" })],
    });
    await expect(rig.begin(lin, { cutOffDate, holdOutStartDate: cutOffDate })).rejects.toMatchObject({
      violations: [expect.objectContaining({ field: "value_run.hold_out_start_date" })],
    });
    await expect(rig.begin(lin, { cutOffDate, cohortEndDate: dateOf("2026-07-02") })).rejects.toMatchObject({
      violations: [expect.objectContaining({ field: "value_run.cohort_end_date" })],
    });
  });

  const nights = async () => {
    const text = `select due_time, due_time > now() as ahead from jobs where tenant_id = $1 and name = 'nightly value run'`;
    return (await service.admin.query(text, [lin.tenantId])).rows as { due_time: Date; ahead: boolean }[];
  };
  const hourIn = (time: Date) =>
    new Intl.DateTimeFormat("en-GB", { timeZone: "Asia/Shanghai", timeStyle: "short" }).format(time);
  const makeDue = () =>
    service.admin.query(
      "update jobs set due_time = now() where tenant_id = $1 and name = 'nightly value run'",
      [lin.tenantId],
    );
  const runs = async () =>
    (await lin.call(Values.listValueRuns, ListValueRunsRequest.fromPartial({}))).valueRuns;

  test("R031 at night a run begins by itself, at the hour of the plan, and the next night is due", async () => {
    await rig.plan(lin, { nightly: true });
    expect((await nights()).map(({ due_time }) => hourIn(due_time))).toEqual(["02:00"]);
    await rig.plan(lin, { nightlyHour: 4 });
    expect((await nights()).map(({ due_time }) => hourIn(due_time))).toEqual(["04:00"]);
    expect(await runs()).toEqual([]);
    await makeDue();
    await expect
      .poll(async () => (await runs()).map(({ state }) => state), { timeout: 15_000 })
      .toEqual([State.COMPLETED]);
    expect(await nights()).toMatchObject([{ ahead: true }]);
    await rig.plan(lin, { nightly: false }, ["nightly"]);
    await makeDue();
    await expect.poll(nights, { timeout: 15_000 }).toEqual([]);
    expect(await runs()).toHaveLength(1);
  });
});

test("two processes that hold the same run tell of each customer once", { timeout: 120_000 }, async () => {
  const lin = await service.user();
  await fill(lin.tenantId, 3_000);
  const context = await contextOf(analytics, service);
  const other = { ...context, settingsOf: tenantSettings(context.db), passed: never, lastPlace: never };
  const { valueRunId } = await rig.begin(lin, { cutOffDate });
  const due = {
    tenantId: lin.tenantId,
    subjectId: valueRunId,
    attempts: 0,
    signal: AbortSignal.timeout(60_000),
  };
  const [one, two] = await Promise.allSettled([valueRunJob.run(due, other), valueRunJob.run(due, other)]);
  const run = await rig.through(lin, { valueRunId });
  await context.db.close();
  expect(run).toMatchObject({
    state: State.COMPLETED,
    customerCount: 3_000,
    scoredCount: 3_000,
    unchangedCount: 0,
  });
  for (const outcome of [one, two])
    if (outcome.status === "rejected") expect(outcome.reason).toMatchObject({ reason: "RUN_MOVED" });
  await onceEach(lin.tenantId, 3_000);
});

const never = () => Promise.reject(new Error("is not asked for"));

test("of two runs asked for at once the second waits, and finds nothing left to say", async () => {
  const lin = await service.user();
  await fill(lin.tenantId, 1_200);
  const asked = await Promise.all([rig.begin(lin, { cutOffDate }), rig.begin(lin, { cutOffDate })]);
  const [first, second] = await Promise.all(asked.map((run) => rig.through(lin, run)));
  expect([first!.scoredCount, second!.scoredCount].toSorted((a, b) => a - b)).toEqual([0, 1_200]);
  await onceEach(lin.tenantId, 1_200);
});

test("a run that cannot be computed says why, and the next one is not held up", async () => {
  const lin = await service.user();
  await fill(lin.tenantId, 3);
  const spoil = "update customer_days set day = $2 where tenant_id = $1 and customer_id = $3 and day = $4";
  const { rows } = await service.admin.query(
    "select day::text from customer_days where tenant_id = $1 and customer_id = $2 limit 1",
    [lin.tenantId, idOf(3)],
  );
  const [{ day }] = rows as [{ day: string }];
  await service.admin.query(spoil, [lin.tenantId, "-infinity", idOf(3), day]);
  const failed = await rig.run(lin, { cutOffDate });
  expect(failed).toMatchObject({ state: State.FAILED, customerCount: 0, inputHash: "" });
  expect(failed.error).toContain('"-infinity" is no day');
  await expect(reproduce(lin, failed.valueRunId)).rejects.toMatchObject({ reason: "RUN_NOT_COMPLETED" });
  await service.admin.query(spoil, [lin.tenantId, day, idOf(3), "-infinity"]);
  expect(await rig.run(lin, { cutOffDate })).toMatchObject({ state: State.COMPLETED, scoredCount: 3 });
});

test("R031 a value that falls a little every night is said to have fallen in the end", async () => {
  const lin = await service.user();
  await rig.sell(lin.tenantId, book(80));
  for (let week = 0; week < 12; week++)
    await rig.run(lin, {
      cutOffDate: dateOf(new Date(Date.UTC(2026, 6, 1 + 7 * week)).toISOString().slice(0, 10)),
    });
  const amount = (clv: unknown) => {
    const { units, nanos } = clv as { units: string; nanos?: number };
    return Number(units) + (nanos ?? 0) / 1e9;
  };
  const drops = (await rig.said(lin.tenantId)).filter(({ type }) => type === "ValueDropped");
  const slow = drops.filter(({ previous, state }) => 1 - amount(state.clv) / amount(previous.clv) < 0.3);
  expect(slow.length).toBeGreaterThan(0);
  for (const { message, state } of slow) {
    expect(Number(message.dropShare)).toBeGreaterThan(0.3);
    expect(Number(message.dropShare)).toBeCloseTo(1 - amount(state.clv) / amount(message.previousClv), 6);
  }
});

test("R025 where all pay the same price that price is expected, and a warning says why", async () => {
  const lin = await service.user();
  await rig.sell(lin.tenantId, book(150, 99));
  const run = await rig.run(lin, { cutOffDate });
  expect(run.warnings).toEqual([expect.stringContaining("as where all are alike")]);
  for (const { expectedPurchaseValue } of await rig.list(lin))
    expect(unitsOf(expectedPurchaseValue)).toBeCloseTo(99, 1);
});

test("by margin a customer is worth what is left", async () => {
  const lin = await service.user();
  await rig.sell(lin.tenantId, book(120));
  const revenue = await rig.run(lin, { cutOffDate });
  const before = new Map((await rig.list(lin)).map((value) => [value.customerId, value]));
  const margin = await rig.run(lin, { cutOffDate, plan: { basis: Basis.MARGIN } });
  expect(margin.parameters).toEqual(revenue.parameters);
  for (const value of await rig.list(lin)) {
    const { clv, revenue: paid, margin: left } = before.get(value.customerId)!;
    expect(unitsOf(value.clv)).toBeCloseTo((unitsOf(clv) * unitsOf(left)) / unitsOf(paid), 3);
  }
});
