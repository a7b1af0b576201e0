import { randomUUID } from "node:crypto";
import {
  ListOpportunityFactsRequest,
  type OpportunityFact,
  type PipelineFigure,
  PipelineFigureServiceService as Service,
  QueryPipelineFiguresRequest,
  QueryPipelineFiguresRequest_Dimension as By,
  QueryStageFiguresRequest,
} from "@guanxi/contract/guanxi/analytics/v1/pipeline_figure_service";
import { Opportunity_LostReason as LostReason } from "@guanxi/contract/guanxi/sales/v1/opportunity";
import { Stage_Type as Type } from "@guanxi/contract/guanxi/sales/v1/pipeline";
import type { TestUser } from "@guanxi/testkit/service";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { dateOf, dayOf } from "@guanxi/kit/days";
import { microsOf, moneyOf } from "@guanxi/kit/micros";
import { startFigures } from "./figure-rig.ts";

const rig = await startFigures();
afterAll(() => rig.stop());
const { service } = rig;

const money = (units: number, currencyCode = "CNY") => moneyOf(BigInt(Math.round(units * 1e6)), currencyCode);
const figures = (user: TestUser, request: object = {}) =>
  user.call(Service.queryPipelineFigures, QueryPipelineFiguresRequest.fromPartial(request));
const stages = (user: TestUser, request: object = {}) =>
  user.call(Service.queryStageFigures, QueryStageFiguresRequest.fromPartial(request));
const facts = (user: TestUser, request: object = {}) =>
  user.call(Service.listOpportunityFacts, ListOpportunityFactsRequest.fromPartial(request));

/** All pages. */
async function listed(user: TestUser, filter: string, orderBy = ""): Promise<OpportunityFact[]> {
  const all: OpportunityFact[] = [];
  let pageToken = "";
  do {
    const page = await facts(user, { filter, orderBy, pageToken, pageSize: 40 });
    all.push(...page.opportunityFacts);
    pageToken = page.nextPageToken;
  } while (pageToken);
  return all;
}

const STAGES = [
  { stageId: "prospecting", displayName: "Prospecting", type: Type.OPEN },
  { stageId: "proposal", displayName: "方案", type: Type.OPEN },
  { stageId: "negotiation", displayName: "Negotiation", type: Type.OPEN },
  { stageId: "won", displayName: "Closed Won", type: Type.WON },
  { stageId: "lost", displayName: "Closed Lost", type: Type.LOST },
];

/** A company with two regions: Lin sells in the east of the north, Wang in the west, and the east has a manager. */
async function company() {
  const user = await service.user();
  const tell = (
    ...[kind, state, id]: Parameters<typeof rig.tell> extends [string, ...infer Rest] ? Rest : never
  ) => rig.tell(user.tenantId, kind, state, id);
  const [chen, zhao] = [
    await tell("user", { displayName: "陈静" }),
    await tell("user", { displayName: "赵敏" }),
  ];
  const north = await tell("team", { displayName: "北方", managerId: chen });
  const east = await tell("team", { displayName: "East", parentTeamId: north, managerId: zhao });
  const west = await tell("team", { displayName: "West" });
  const lin = await tell("user", { displayName: "林晓", teamIds: [east, west] });
  const wang = await tell("user", { displayName: "王磊", teamIds: [west] });
  const pipeline = await tell("pipeline", { displayName: "Sales", default: true, stages: STAGES });
  const customer = (displayName: string, regionCode: string) =>
    tell("customer", {
      displayName,
      regionCode,
      createDate: dateOf("2026-01-01"),
      lifecycleStage: 1,
      state: 1,
    });
  const [cn, us] = [await customer("晨光贸易", "CN"), await customer("Acme", "US")];
  const product = (displayName: string) => tell("product", { displayName, productCode: displayName });
  const [gtx, mg] = [await product("GTX"), await product("MG")];
  return { user, tell, chen, zhao, north, east, west, lin, wang, pipeline, cn, us, gtx, mg };
}
type Company = Awaited<ReturnType<typeof company>>;

const on = (stageId: string) => ({
  stageId,
  stageType: STAGES.find((stage) => stage.stageId === stageId)!.type,
});
const dates = (open: string | undefined, close?: string) => ({
  ...(open && { openDate: dateOf(open) }),
  ...(close && { closeDate: dateOf(close) }),
});

async function fixture({ tell, lin, wang, pipeline, cn, us, gtx, mg }: Company) {
  const opportunity = (state: object) => tell("opportunity", { pipelineId: pipeline, ...state });
  await opportunity({
    ...on("won"),
    ...dates("2026-01-01", "2026-01-11"),
    ownerId: lin,
    customerId: cn,
    amount: money(100),
    productIds: [gtx],
  });
  await opportunity({
    ...on("won"),
    ...dates("2026-01-01", "2026-02-10"),
    ownerId: lin,
    customerId: cn,
    amount: money(300),
    productIds: [gtx, mg],
  });
  await opportunity({
    ...on("lost"),
    ...dates("2026-01-02", "2026-01-20"),
    ownerId: lin,
    amount: money(200),
    productIds: [gtx],
    lostReason: LostReason.PRICING,
  });
  await opportunity({
    ...on("negotiation"),
    ...dates("2026-01-03"),
    ownerId: wang,
    customerId: us,
    amount: money(1000),
    weightedAmount: money(750),
    probability: 75,
    productIds: [mg],
    source: { channel: 3 },
  });
  await opportunity({ ...on("prospecting"), ...dates("2026-01-04"), ownerId: wang, customerId: us });
  await opportunity({
    ...on("won"),
    ...dates(undefined, "2026-01-31"),
    ownerId: wang,
    customerId: us,
    amount: money(50, "EUR"),
  });
  await opportunity({
    ...on("won"),
    ...dates("2025-12-01", "2025-12-31"),
    ownerId: lin,
    customerId: cn,
    amount: money(999),
  });
  await rig.settled();
}

const january = { startDate: dateOf("2026-01-01"), endDate: dateOf("2026-02-01") };

test("R106 figures of a period count what was won and lost in it, and what is open now", async () => {
  const all = await company();
  await fixture(all);
  const { rows, streamSequence, asOfTime } = await figures(all.user, january);
  expect(rows).toEqual([
    expect.objectContaining({
      currencyCode: "CNY",
      labels: [],
      count: 4,
      openCount: 2,
      openAmount: money(1000),
      weightedAmount: money(750),
      wonCount: 1,
      wonAmount: money(100),
      lostCount: 1,
      lostAmount: money(200),
      winRate: 0.5,
      winRateDenominator: 2,
      winRateByAmount: 1 / 3,
      cycleMeanDays: 10,
      cycleMedianDays: 10,
      cycleDenominator: 1,
      averageWonAmount: money(100),
      velocityPerDay: money(10), // 2 open × 0.5 × 100 / 10 days
    }),
    expect.objectContaining({
      currencyCode: "EUR",
      count: 1,
      openCount: 0,
      wonCount: 1,
      wonAmount: money(50, "EUR"),
      winRate: 1,
      winRateDenominator: 1,
      cycleMeanDays: undefined,
      cycleMedianDays: undefined,
      cycleDenominator: 0,
      velocityPerDay: undefined,
    }),
  ]);
  const events = await rig.sales.events(all.user.tenantId);
  expect(asOfTime).toEqual(events.at(-1)!.meta.time);
  expect(streamSequence).toBeGreaterThan(0n);
});

test("R106 figures are told apart by agent, manager, product, region, country, month and reason, each with its name", async () => {
  const all = await company();
  await fixture(all);
  const { user } = all;
  const by = async (...groupBy: By[]) =>
    (await figures(user, { groupBy, filter: 'currency_code == "CNY"' })).rows.map(
      ({ labels, count, wonCount, wonAmount }) => [...labels, count, wonCount, Number(wonAmount!.units)],
    );
  const sorted = (rows: unknown[][]) => rows.toSorted((a, b) => (String(a) < String(b) ? -1 : 1));
  expect(sorted(await by(By.AGENT))).toEqual([
    ["林晓", 4, 3, 1399],
    ["王磊", 2, 0, 0],
  ]);
  expect(sorted(await by(By.MANAGER))).toEqual([
    ["", 2, 0, 0],
    ["赵敏", 4, 3, 1399],
  ]);
  expect(sorted(await by(By.REGION))).toEqual([
    ["West", 2, 0, 0],
    ["北方", 4, 3, 1399],
  ]);
  // One about two products counts under each of them.
  expect(sorted(await by(By.PRODUCT))).toEqual([
    ["", 2, 1, 999],
    ["GTX", 3, 2, 400],
    ["MG", 2, 1, 300],
  ]);
  expect(await by(By.CUSTOMER_REGION)).toEqual([
    ["CN", 3, 3, 1399],
    ["US", 2, 0, 0],
    ["", 1, 0, 0],
  ]);
  expect(await by(By.CLOSE_MONTH)).toEqual([
    ["2025-12", 1, 1, 999],
    ["2026-01", 2, 1, 100],
    ["2026-02", 1, 1, 300],
    ["", 2, 0, 0],
  ]);
  expect(await by(By.LOST_REASON)).toEqual([
    ["PRICING", 1, 0, 0],
    ["", 5, 3, 1399],
  ]);
  expect(await by(By.STAGE, By.SOURCE)).toEqual([
    ["Closed Lost", "", 1, 0, 0],
    ["Negotiation", "CALL", 1, 0, 0],
    ["Prospecting", "", 1, 0, 0],
    ["Closed Won", "", 3, 3, 1399],
  ]);
  expect(sorted(await by(By.CUSTOMER, By.PIPELINE))).toEqual([
    ["", "Sales", 1, 0, 0],
    ["Acme", "Sales", 2, 0, 0],
    ["晨光贸易", "Sales", 3, 3, 1399],
  ]);
});

test("who a customer is stays hidden from those who may not read it, and teams that move take their figures along", async () => {
  const all = await company();
  await fixture(all);
  const grants = [{ resource: "pipeline_figure", action: "read" }];
  const zhang = await service.user({ tenantId: all.user.tenantId, grants });
  const { rows } = await figures(zhang, { groupBy: [By.CUSTOMER] });
  expect(rows.map(({ labels }) => labels[0])).toEqual(expect.arrayContaining(["***", "***", ""]));
  await all.tell("team", { displayName: "East", parentTeamId: all.west }, all.east);
  await rig.settled();
  const moved = await figures(all.user, {
    groupBy: [By.REGION, By.MANAGER],
    filter: 'currency_code == "CNY"',
  });
  expect(moved.rows.map(({ labels, count }) => [...labels, count])).toEqual([["West", "", 6]]);
  // Teams that stand below each other have no top.
  await all.tell("team", { displayName: "West", parentTeamId: all.east }, all.west);
  await rig.settled();
  const circle = await figures(all.user, { groupBy: [By.REGION], filter: 'currency_code == "CNY"' });
  expect(circle.rows.map(({ labels, count }) => [...labels, count])).toEqual([["", 6]]);
});

const none = undefined;
const anyOpportunity = (all: Company) =>
  fc
    .record({
      stage: fc.constantFrom(...STAGES.map(({ stageId }) => stageId)),
      ownerId: fc.constantFrom(all.lin, all.wang, ""),
      customerId: fc.constantFrom(all.cn, all.us, ""),
      productIds: fc.subarray([all.gtx, all.mg]),
      amount: fc.constantFrom(none, money(10), money(10.25), money(7, "EUR")),
      open: fc.constantFrom(none, "2026-01-01", "2026-01-15"),
      close: fc.constantFrom("2026-01-31", "2026-02-01", "2026-02-20"),
      channel: fc.constantFrom(0, 1, 3),
      lostReason: fc.constantFrom(LostReason.PRICING, LostReason.OTHER),
    })
    .map(({ stage, open, close, channel, lostReason, amount, ...rest }) => {
      const { stageId, stageType } = on(stage);
      const ended = stageType !== Type.OPEN;
      return {
        ...rest,
        stageId,
        stageType,
        ...(amount && { amount, weightedAmount: amount }),
        ...dates(open, ended ? close : none),
        ...(stageType === Type.LOST && { lostReason }),
        source: { channel },
        pipelineId: all.pipeline,
      };
    });

const median = (numbers: readonly number[]) => {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return sorted.length === 0 ? none : (sorted[Math.floor(middle - 0.5)]! + sorted[Math.floor(middle)]!) / 2;
};

/** The figure once more, from the rows that stand behind it. */
function recomputed(behind: readonly OpportunityFact[]) {
  const of = (type: number) => behind.filter(({ stageType }) => stageType === type);
  const sum = (rows: readonly OpportunityFact[]) =>
    rows.reduce((all, { amount }) => all + (amount ? microsOf(amount) : 0n), 0n);
  const [open, won, lost] = [of(Type.OPEN), of(Type.WON), of(Type.LOST)];
  const cycles = won.flatMap(({ cycleDays }) => cycleDays ?? []);
  return {
    count: behind.length,
    openCount: open.length,
    open: sum(open),
    won: sum(won),
    lost: sum(lost),
    wonCount: won.length,
    lostCount: lost.length,
    winRate: won.length + lost.length === 0 ? none : won.length / (won.length + lost.length),
    cycles: cycles.length,
    mean: cycles.length === 0 ? none : cycles.reduce((a, b) => a + b, 0) / cycles.length,
    median: median(cycles),
  };
}

const shown = (row: PipelineFigure) => ({
  count: row.count,
  openCount: row.openCount,
  open: microsOf(row.openAmount!),
  won: microsOf(row.wonAmount!),
  lost: microsOf(row.lostAmount!),
  wonCount: row.wonCount,
  lostCount: row.lostCount,
  winRate: row.winRate,
  cycles: row.cycleDenominator,
  mean: row.cycleMeanDays && expect.closeTo(row.cycleMeanDays, 9),
  median: row.cycleMedianDays,
});

test("R106 whatever is asked, the rows behind a figure add up to it, and no opportunity is in two or in none", {
  timeout: 120_000,
}, async () => {
  const all = await company();
  const many = fc.sample(anyOpportunity(all), { numRuns: 120, seed: 7 });
  for (const state of many) await all.tell("opportunity", state);
  await rig.settled();
  const DIMENSIONS = Object.values(By).filter((value) => value > 0) as By[];
  const questions = fc.sample(
    fc.record({
      groupBy: fc.shuffledSubarray(DIMENSIONS, { maxLength: 3 }),
      start: fc.constantFrom(none, "2026-01-31", "2026-02-01"),
      end: fc.constantFrom(none, "2026-02-01", "2026-02-21"),
      filter: fc.constantFrom(
        "",
        'source_channel != "CALL" || has(customer_id)',
        `owner_id in ["${all.lin}"] && amount > 8`,
        `region_id == "${all.north}"`,
        `!("${all.gtx}" in product_ids)`,
      ),
      pipelineId: fc.constantFrom("", all.pipeline),
    }),
    { numRuns: 15, seed: 11 },
  );
  const everything = await listed(all.user, "");
  expect(everything).toHaveLength(120);
  let seen = 0;
  for (const { start, end, groupBy, ...rest } of questions) {
    const period = { startDate: start && dateOf(start), endDate: end && dateOf(end) };
    const { rows } = await figures(all.user, { groupBy, ...period, ...rest });
    const ids: string[] = [];
    for (const row of rows) {
      const behind = await listed(all.user, row.rowsFilter);
      expect(recomputed(behind), row.rowsFilter).toEqual(shown(row));
      ids.push(...behind.map(({ opportunityId }) => opportunityId));
    }
    const bounded = everything.filter(({ stageType, closeDate }) => {
      const day = closeDate && dayOf(closeDate);
      return stageType === Type.OPEN || ((!start || day! >= start) && (!end || day! < end));
    });
    const wanted = new Set(
      rest.filter
        ? await listed(all.user, rest.filter).then((some) => some.map((each) => each.opportunityId))
        : everything.map((each) => each.opportunityId),
    );
    const expected = bounded.map(({ opportunityId }) => opportunityId).filter((id) => wanted.has(id));
    if (groupBy.includes(By.PRODUCT)) expect(new Set(ids)).toEqual(new Set(expected));
    else expect(ids.sort()).toEqual(expected.sort());
    seen += rows.length;
  }
  expect(seen).toBeGreaterThan(60);
});

test("opportunities that change, go and are told twice stand as they are now, as their log says", async () => {
  const all = await company();
  const { tenantId } = all.user;
  const now = new Map<string, number>();
  const ids = Array.from({ length: 12 }, () => randomUUID());
  const states = fc.sample(anyOpportunity(all), { numRuns: 60, seed: 13 });
  for (const [turn, state] of states.entries()) {
    const id = ids[(turn * 7) % 12]!;
    await all.tell(
      "opportunity",
      { ...state, stageEntries: [entry("prospecting"), entry(state.stageId)] },
      id,
    );
    now.set(id, turn);
  }
  for (const id of ids.slice(0, 4)) await rig.remove(tenantId, "opportunity", id);
  for (const id of ids.slice(0, 4)) now.delete(id);
  await rig.settled();
  const expectTrue = async () => {
    const rows = await listed(all.user, "");
    expect(new Set(rows.map(({ opportunityId }) => opportunityId))).toEqual(new Set(now.keys()));
    for (const { opportunityId, stageId, productIds, ownerId } of rows)
      expect({ stageId, productIds, ownerId }).toEqual(
        (({ stageId, productIds, ownerId }) => ({ stageId, productIds, ownerId }))(
          states[now.get(opportunityId)!]!,
        ),
      );
    const { tables } = await rig.checkRebuild(tenantId);
    expect(tables.map(({ anew }) => anew)).toEqual(tables.map(({ live }) => live));
    expect(tables.find(({ table }) => table === "stage_entries")!.live.rows).toBe(16);
  };
  await expectTrue();
  await rig.repeat(tenantId);
  await expectTrue();
});

test("facts are listed page by page in each order, those without the value at one end", async () => {
  const all = await company();
  for (const state of fc.sample(anyOpportunity(all), { numRuns: 90, seed: 5 }))
    await all.tell("opportunity", state);
  await rig.settled();
  const ids = new Set((await listed(all.user, "")).map(({ opportunityId }) => opportunityId));
  expect(ids.size).toBe(90);
  for (const orderBy of ["close_date", "open_date desc", "amount", "amount desc"]) {
    const rows = await listed(all.user, "", orderBy);
    expect(new Set(rows.map(({ opportunityId }) => opportunityId))).toEqual(ids);
    const keys = rows.map((row) =>
      orderBy.startsWith("amount")
        ? row.amount && microsOf(row.amount)
        : (orderBy.startsWith("close") ? row.closeDate : row.openDate) &&
          dayOf((orderBy.startsWith("close") ? row.closeDate : row.openDate)!),
    );
    const there = keys.flatMap((key) => key ?? []);
    const up = there.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0));
    expect(there).toEqual(orderBy.endsWith("desc") ? up.toReversed() : up);
  }
});

const entry = (stageId: string, enter?: string) => ({
  ...on(stageId),
  ...(enter && { enterDate: dateOf(enter) }),
});

test("R106 the stage where opportunities wait longest and are lost most is the bottleneck", async () => {
  const all = await company();
  const tell = (...stageEntries: ReturnType<typeof entry>[]) => {
    const last = stageEntries.at(-1)!;
    const { stageId, stageType } = last;
    const closed = stageType !== Type.OPEN && last.enterDate && { closeDate: last.enterDate };
    return all.tell("opportunity", {
      pipelineId: all.pipeline,
      stageId,
      stageType,
      stageEntries,
      ...closed,
      ownerId: all.lin,
    });
  };
  await tell(entry("prospecting", "2026-01-01"), entry("proposal", "2026-01-03"), entry("won", "2026-01-13"));
  await tell(
    entry("prospecting", "2026-01-01"),
    entry("proposal", "2026-01-05"),
    entry("lost", "2026-01-25"),
  );
  await tell(entry("prospecting", "2026-01-02"), entry("lost", "2026-01-08"));
  // Went back, and stays.
  await tell(
    entry("prospecting", "2026-01-02"),
    entry("proposal", "2026-01-04"),
    entry("prospecting", "2026-01-06"),
  );
  // Of an import that knows no days.
  await tell(entry("prospecting"), entry("won", "2026-02-02"));
  await rig.settled();
  const { rows, pipelineId } = await stages(all.user);
  expect(pipelineId).toBe(all.pipeline);
  expect(rows.map(({ displayName }) => displayName)).toEqual(STAGES.map(({ displayName }) => displayName));
  expect(rows[0]).toMatchObject({
    stageType: Type.OPEN,
    enteredCount: 6,
    advancedCount: 4,
    lostCount: 1,
    stayingCount: 1,
    returnedCount: 0,
    conversionRate: 4 / 5,
    conversionDenominator: 5,
    meanDays: 3.5, // 2, 4, 6 and 2 days
    medianDays: 3,
    daysDenominator: 4,
    dropOffRate: 1 / 5,
    bottleneck: false,
  });
  expect(rows[1]).toMatchObject({
    enteredCount: 3,
    advancedCount: 1,
    lostCount: 1,
    stayingCount: 0,
    returnedCount: 1,
    conversionRate: 1 / 3,
    conversionDenominator: 3,
    meanDays: 32 / 3, // 10, 20 and 2 days
    medianDays: 10,
    dropOffRate: 1 / 3,
    bottleneck: true,
  });
  expect(rows[2]).toMatchObject({ enteredCount: 0, conversionRate: undefined, medianDays: undefined });
  expect(rows[3]).toMatchObject({
    enteredCount: 2,
    stayingCount: 2,
    conversionRate: undefined,
    conversionDenominator: 0,
  });
  expect(await listed(all.user, rows[0]!.rowsFilter)).toHaveLength(1);
  expect(await listed(all.user, rows[3]!.rowsFilter)).toHaveLength(2);

  const january = await stages(all.user, {
    startDate: dateOf("2026-01-02"),
    endDate: dateOf("2026-02-01"),
    pipelineId,
  });
  expect(january.rows.map(({ enteredCount }) => enteredCount)).toEqual([3, 3, 0, 1, 2]);
  const nobody = await stages(all.user, { filter: `owner_id == "${all.wang}"` });
  expect(nobody.rows.map(({ enteredCount }) => enteredCount)).toEqual([0, 0, 0, 0, 0]);
  expect(nobody.rows.some(({ bottleneck }) => bottleneck)).toBe(false);
});

test("what has been removed is in no figure, and questions that cannot be answered are refused", async () => {
  const all = await company();
  await fixture(all);
  for (const { opportunityId } of await listed(all.user, ""))
    await rig.remove(all.user.tenantId, "opportunity", opportunityId);
  await rig.settled();
  expect((await figures(all.user, { groupBy: [By.PRODUCT] })).rows).toEqual([]);
  for (const table of ["opportunity_facts", "opportunity_values", "stage_entries"]) {
    const { rowCount } = await service.admin.query(`select from ${table} where tenant_id = $1`, [
      all.user.tenantId,
    ]);
    expect(rowCount, table).toBe(0);
  }
  await expect(figures(all.user, { filter: "owner == 1" })).rejects.toMatchObject({
    reason: "INVALID_FILTER",
  });
  await expect(stages(all.user, { pipelineId: randomUUID() })).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(
    figures(all.user, { startDate: dateOf("2026-02-02"), endDate: dateOf("2026-02-01") }),
  ).rejects.toMatchObject({ reason: "INVALID_DATE" });
  const empty = await service.user();
  expect(await stages(empty)).toMatchObject({ rows: [], pipelineId: "" });
  const grants = [{ resource: "sales_figure", action: "read" }];
  await expect(figures(await service.user({ grants }))).rejects.toMatchObject({ code: "PERMISSION_DENIED" });
});
