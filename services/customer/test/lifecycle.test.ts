import { randomUUID } from "node:crypto";
import {
  ChurnReason,
  CustomerClass,
  LifecycleStage as Stage,
  Loyalty,
} from "@guanxi/contract/guanxi/customer/v1/customer";
import { ChangeCustomerClassRequest } from "@guanxi/contract/guanxi/customer/v1/customer_requests";
import { CustomerServiceService } from "@guanxi/contract/guanxi/customer/v1/customer_service";
import {
  GetReferralTreeRequest,
  RecordReferralRequest,
  ReferralServiceService,
} from "@guanxi/contract/guanxi/customer/v1/referral_service";
import { WinBack_Outcome as Outcome } from "@guanxi/contract/guanxi/customer/v1/win_back";
import {
  EndWinBackRequest,
  ListWinBacksRequest,
  StartWinBackRequest,
  UpdateWinBackRequest,
  WinBackServiceService as winBackRpc,
} from "@guanxi/contract/guanxi/customer/v1/win_back_service";
import { Order_Status as Status } from "@guanxi/contract/guanxi/sales/v1/order";
import { addDays, dateOf } from "@guanxi/kit/days";
import type { TestUser } from "@guanxi/testkit/service";
import { startTeller } from "@guanxi/testkit/teller";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { create, list, read } from "./calls.ts";
import { historyOf, jump, moveTo, order, type Sale, today, writeLifecyclePolicy } from "./lifecycle-calls.ts";
import { checked } from "./segment-calls.ts";
import { customerService } from "./service.ts";

const service = customerService();
let sales: Awaited<ReturnType<typeof startTeller>>;
beforeAll(async () => {
  sales = await startTeller(service, "sales");
});
afterAll(() => sales.stop());
afterEach(() => vi.useRealTimers());

const buys = (user: TestUser, customerId: string, sale: Sale = {}) =>
  order(service, sales, user, customerId, sale);

test("R041 R040 orders move a customer through the stages and make it loyal, each move with its rule and the facts", async () => {
  const lin = await service.user();
  const { customerId } = await create(lin);
  await buys(lin, customerId);
  expect(await read(lin, customerId)).toMatchObject({
    lifecycleStage: Stage.ACQUISITION,
    loyalty: Loyalty.NEW,
  });
  await buys(lin, customerId);
  for (const ago of [100, 200]) await buys(lin, customerId, { day: addDays(today(), -ago) });
  expect(await read(lin, customerId)).toMatchObject({ lifecycleStage: Stage.GROWTH, loyalty: Loyalty.LOYAL });
  // Nobody orders any more: half a year after the last order it is in decline, by time alone.
  const half = new Date(`${addDays(today(), 180)}T00:00:00+08:00`);
  const early = await jump(service, lin.tenantId, new Date(half.getTime() - 2_000));
  expect(await read(early, customerId)).toMatchObject({ lifecycleStage: Stage.GROWTH });
  const later = await jump(service, lin.tenantId, new Date(half.getTime() + 1_000));
  expect(await read(later, customerId)).toMatchObject({
    lifecycleStage: Stage.DECLINE,
    loyalty: Loyalty.NEW,
  });

  const stages = await historyOf(later, customerId, "lifecycle_stage");
  expect(stages.map(([from, to]) => [from, to])).toEqual([
    ["", "PROSPECT"],
    ["PROSPECT", "ACQUISITION"],
    ["ACQUISITION", "GROWTH"],
    ["GROWTH", "DECLINE"],
  ]);
  expect(stages[1]![2]).toBe("first order: order_count = 1");
  expect(stages[3]![2]).toMatch(/^quiet: last_order_date = /);
  expect((await historyOf(later, customerId, "loyalty")).map(([, to]) => to)).toEqual([
    "POTENTIAL",
    "NEW",
    "LOYAL",
    "NEW",
  ]);
  const moves = (await service.events(lin.tenantId)).filter(({ type }) => type === "LifecycleStageChanged");
  expect(moves.map(({ message }) => message.rule)).toEqual(["first order", "buys again", "quiet"]);
  expect(moves[0]).toMatchObject({ previous: { lifecycleStage: "LIFECYCLE_STAGE_PROSPECT" } });
});

test("R041 a tenant's own rules move all customers, step by step, and jumps are refused unless forced", async () => {
  const lin = await service.user();
  const { customerId } = await create(lin, { tags: ["old"], lifecycleStage: Stage.GROWTH });
  await expect(moveTo(lin, customerId, Stage.PROSPECT)).rejects.toMatchObject({
    reason: "ILLEGAL_STAGE_JUMP",
  });
  await moveTo(lin, customerId, Stage.PROSPECT, { force: true, reason: "a mistake" });
  const forced = (await service.events(lin.tenantId)).at(-1)!;
  expect(forced.message).toMatchObject({ forced: true, reason: "a mistake" });

  const condition = '"old" in tags';
  const rules = [
    { name: "a", fromStages: [Stage.PROSPECT], toStage: Stage.ACQUISITION, condition },
    {
      name: "b",
      fromStages: [Stage.ACQUISITION],
      toStage: Stage.DEPARTED,
      condition,
      churnReason: ChurnReason.NO_NEED,
    },
  ];
  await writeLifecyclePolicy(service, lin, { rules });
  expect(await read(lin, customerId)).toMatchObject({
    lifecycleStage: Stage.DEPARTED,
    churnReason: ChurnReason.NO_NEED,
    churnNote: "b",
  });
  const stages = await historyOf(lin, customerId, "lifecycle_stage");
  expect(stages.slice(-2).map(([, to, why]) => [to, why])).toEqual([
    ["ACQUISITION", 'a: "old" in tags'],
    ["DEPARTED", 'b: "old" in tags'],
  ]);
  const wrong = [{ ...rules[0], condition: "seats > 3" }];
  await expect(writeLifecyclePolicy(service, lin, { rules: wrong })).rejects.toMatchObject({
    reason: "INVALID_FILTER",
  });
});

test("R016 nobody goes without a reason; the reasons add up to those who have gone, and who comes back has none", async () => {
  const lin = await service.user();
  const [one, two] = await Promise.all([create(lin), create(lin)]);
  await expect(moveTo(lin, one.customerId, Stage.DEPARTED)).rejects.toMatchObject({
    reason: "CHURN_REASON_MISSING",
  });
  const price = { churnReason: ChurnReason.PRICE, churnNote: "a third dearer" };
  await moveTo(lin, one.customerId, Stage.DEPARTED, price);
  const gone = await moveTo(lin, two.customerId, Stage.DEPARTED, { churnReason: ChurnReason.SERVICE });
  expect(await moveTo(lin, two.customerId, Stage.DEPARTED, { churnReason: ChurnReason.SERVICE })).toEqual(
    gone,
  );
  const count = async (filter: string) => (await list(lin, { filter })).customers.length;
  expect(await count('lifecycle_stage == "DEPARTED"')).toBe(2);
  const reasons = ["PRICE", "SERVICE"].map((reason) => count(`churn_reason == "${reason}"`));
  expect(await Promise.all(reasons)).toEqual([1, 1]);
  const back = await moveTo(lin, one.customerId, Stage.ACQUISITION);
  expect(back).toMatchObject({ churnReason: ChurnReason.UNSPECIFIED, churnNote: "" });
  expect(await historyOf(lin, one.customerId, "churn_reason")).toEqual([
    ["", "PRICE", "review"],
    ["PRICE", "", "review"],
  ]);
});

test("R043 the class follows the deals in progress; what a person says holds until the facts say something else", async () => {
  const lin = await service.user();
  const { customerId } = await create(lin);
  const orderId = await buys(lin, customerId, { status: Status.CONFIRMED });
  const classOf = async () => (await read(lin, customerId)).customerClass;
  expect(await classOf()).toBe(CustomerClass.CURRENT);
  await lin.call(
    CustomerServiceService.changeCustomerClass,
    ChangeCustomerClassRequest.fromPartial({
      customerId,
      customerClass: CustomerClass.TARGET,
      reason: "they wait",
    }),
  );
  await checked(service, lin.tenantId);
  expect(await classOf()).toBe(CustomerClass.TARGET);
  await buys(lin, customerId, { orderId, status: Status.FULFILLED });
  expect(await classOf()).toBe(CustomerClass.POTENTIAL);
  expect((await historyOf(lin, customerId, "customer_class")).map(([, to]) => to)).toEqual([
    "POTENTIAL",
    "CURRENT",
    "TARGET",
    "POTENTIAL",
  ]);
});

const startWinBack = (user: TestUser, winBack: object) =>
  user.call(winBackRpc.startWinBack, StartWinBackRequest.fromPartial({ winBack }));

test("R058 a win-back has the measure of the reason, an owner and a day; won back, the customer has not gone any more", async () => {
  const lin = await service.user();
  const { customerId } = await create(lin, { ownerId: lin.userId });
  await expect(startWinBack(lin, { customerId })).rejects.toMatchObject({ reason: "CUSTOMER_NOT_DEPARTED" });
  const silent = await create(lin, { lifecycleStage: Stage.DEPARTED });
  await expect(startWinBack(lin, { customerId: silent.customerId })).rejects.toMatchObject({
    reason: "CHURN_REASON_MISSING",
  });
  await moveTo(lin, silent.customerId, Stage.DEPARTED, { churnReason: ChurnReason.OTHER });
  await expect(startWinBack(lin, { customerId: silent.customerId })).rejects.toMatchObject({
    reason: "OWNER_MISSING",
  });
  await moveTo(lin, customerId, Stage.DEPARTED, { churnReason: ChurnReason.SERVICE });
  const started = await startWinBack(lin, { customerId });
  expect(started).toMatchObject({
    churnReason: ChurnReason.SERVICE,
    measure: "Apologise, mend what went wrong, and name somebody to turn to",
    ownerId: lin.userId,
    dueDate: dateOf(addDays(today(), 3)),
  });
  await expect(startWinBack(lin, { customerId })).rejects.toMatchObject({ reason: "WIN_BACK_RUNNING" });
  const sooner = { winBackId: started.winBackId, dueDate: dateOf(today()) };
  const changed = await lin.call(
    winBackRpc.updateWinBack,
    UpdateWinBackRequest.fromPartial({ winBack: sooner, etag: started.etag }),
  );
  expect(changed).toMatchObject({ dueDate: dateOf(today()), measure: started.measure });
  const due = async () => {
    const filter = "!has(outcome) && due_date <= today";
    const { winBacks } = await lin.call(winBackRpc.listWinBacks, ListWinBacksRequest.fromPartial({ filter }));
    return winBacks.map(({ winBackId }) => winBackId);
  };
  expect(await due()).toEqual([started.winBackId]);
  const end = (outcome: Outcome) =>
    lin.call(
      winBackRpc.endWinBack,
      EndWinBackRequest.fromPartial({ winBackId: started.winBackId, outcome, outcomeNote: "new contract" }),
    );
  const ended = await end(Outcome.WON_BACK);
  expect(ended).toMatchObject({ outcome: Outcome.WON_BACK, outcomeNote: "new contract" });
  expect(await end(Outcome.WON_BACK)).toEqual(ended);
  await expect(end(Outcome.LOST)).rejects.toMatchObject({ reason: "WIN_BACK_ENDED" });
  expect(await due()).toEqual([]);
  expect(await read(lin, customerId)).toMatchObject({
    lifecycleStage: Stage.ACQUISITION,
    churnReason: ChurnReason.UNSPECIFIED,
  });
  const types = (await service.events(lin.tenantId))
    .map(({ type }) => type)
    .filter((type) => /WinBack/.test(type));
  expect(types).toEqual(["WinBackStarted", "WinBackChanged", "WinBackEnded"]);
});

const refer = (user: TestUser, customerId: string, referrerCustomerId: string) =>
  user.call(
    ReferralServiceService.recordReferral,
    RecordReferralRequest.fromPartial({ customerId, referrerCustomerId }),
  );
const tree = (user: TestUser, customerId: string, more: object = {}) =>
  user.call(
    ReferralServiceService.getReferralTree,
    GetReferralTreeRequest.fromPartial({ customerId, ...more }),
  );

test("R054 what referred customers buy is credited to who sent them, level by level, without circles", async () => {
  const lin = await service.user();
  const { customerId: root } = await create(lin);
  const { customerId: first } = await create(lin, { referrerCustomerId: root });
  const { customerId: second } = await create(lin);
  const { customerId: third } = await create(lin, { referrerCustomerId: first });
  await refer(lin, second, root);
  for (const [customerId, yuan] of [
    [first, 100n],
    [second, 20n],
    [third, 3n],
  ] as const)
    await buys(lin, customerId, { yuan });
  const all = await tree(lin, root);
  expect(all).toMatchObject({ customerCount: 3, creditedRevenue: { units: 123n, currencyCode: "CNY" } });
  expect(all.nodes.map(({ customerId, level, revenue }) => [customerId, level, revenue?.units])).toEqual([
    [first, 1, 100n],
    [second, 1, 20n],
    [third, 2, 3n],
  ]);
  const page = await tree(lin, root, { pageSize: 2 });
  expect(page.nodes.map(({ customerId }) => customerId)).toEqual([first, second]);
  const rest = await tree(lin, root, { pageSize: 2, pageToken: page.nextPageToken });
  expect(rest).toMatchObject({ nodes: [{ customerId: third }], nextPageToken: "", customerCount: 3 });
  expect(await tree(lin, root, { depth: 1 })).toMatchObject({
    customerCount: 2,
    creditedRevenue: { units: 120n },
  });

  const seller = await service.user({
    tenantId: lin.tenantId,
    grants: [{ resource: "customer", action: "read" }],
  });
  const without = await tree(seller, root);
  expect(without).toMatchObject({ customerCount: 3, creditedRevenue: undefined, neededRight: "order:read" });
  expect(without.nodes.map(({ revenue, orderCount }) => [revenue, orderCount])).toEqual(
    without.nodes.map(() => [undefined, 0]),
  );

  for (const [customerId, referrer] of [
    [root, third],
    [root, root],
  ] as const)
    await expect(refer(lin, customerId, referrer)).rejects.toMatchObject({ reason: "REFERRAL_CIRCLE" });
  const nobody = { reason: "UNKNOWN_REFERRER" };
  await expect(refer(lin, root, randomUUID())).rejects.toMatchObject(nobody);
  await expect(create(lin, { referrerCustomerId: randomUUID() })).rejects.toMatchObject(nobody);
  // Each alone would be no circle: of two at once one is refused.
  const [a, b] = await Promise.all([create(lin), create(lin)]);
  const both = await Promise.allSettled([
    refer(lin, a.customerId, b.customerId),
    refer(lin, b.customerId, a.customerId),
  ]);
  expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
});
