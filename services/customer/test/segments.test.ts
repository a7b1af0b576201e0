import { randomUUID } from "node:crypto";
import { type Customer, Trait_Provenance as Provenance } from "@guanxi/contract/guanxi/customer/v1/customer";
import { FieldDefinition_Type as Type } from "@guanxi/contract/guanxi/customer/v1/field_definition_service";
import { Channel } from "@guanxi/contract/guanxi/customer/v1/contact_point";
import { Segment_State as State } from "@guanxi/contract/guanxi/customer/v1/segment";
import { SegmentServiceService as rpc } from "@guanxi/contract/guanxi/customer/v1/segment_service";
import { Order, Order_Status as Status } from "@guanxi/contract/guanxi/sales/v1/order";
import { OrderPlaced } from "@guanxi/contract/guanxi/sales/v1/order_events";
import { addDays, dateOf, dayIn } from "@guanxi/kit/days";
import type { TestUser } from "@guanxi/testkit/service";
import { startTeller } from "@guanxi/testkit/teller";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { archive, create, define, list, update } from "./calls.ts";
import {
  changeSegment,
  checked,
  counted,
  drawn,
  examined,
  explain,
  membersOf,
  preview,
  recordTraits,
  streamed,
  turnsOf,
} from "./segment-calls.ts";
import { customerService } from "./service.ts";

const service = customerService();
let sales: Awaited<ReturnType<typeof startTeller>>;
beforeAll(async () => {
  sales = await startTeller(service, "sales");
});
afterAll(() => sales.stop());
afterEach(() => vi.useRealTimers());

const ZONE = "Asia/Shanghai";
const dayOf = dayIn(ZONE);
const today = () => dayOf(new Date());
const midnight = (day: string) => new Date(`${day}T00:00:00+08:00`);

async function order({ tenantId }: TestUser, customerId: string, day: string): Promise<void> {
  const orderId = randomUUID();
  const state = {
    orderId,
    customerId,
    currencyCode: "CNY",
    status: Status.CONFIRMED,
    orderDate: dateOf(day),
  };
  await sales.tell(tenantId, Order, OrderPlaced, { id: orderId, customerId, state });
  await sales.settled();
  await checked(service, tenantId);
}

/** It is later: what is due by then is done. */
async function jump({ tenantId }: TestUser, time: Date): Promise<TestUser> {
  vi.useFakeTimers({ toFake: ["Date"], now: time });
  await service.admin.query("update jobs set due_time = now() where tenant_id = $1 and due_time <= $2", [
    tenantId,
    time.toISOString(),
  ]);
  await service.admin.query("notify customer_outbox");
  await checked(service, tenantId);
  return service.user({ tenantId }); // with a token that has not expired by then
}

test("R020 who moves to another region leaves one segment and enters another: two events", async () => {
  const user = await service.user();
  const customer = await create(user, { addresses: [{ regionCode: "CN", locality: "上海" }] });
  const china = await drawn(service, user, 'region_code == "CN"');
  const germany = await drawn(service, user, 'region_code == "DE"');
  expect(await membersOf(user, china)).toEqual([customer.customerId]);
  await update(user, customer, { addresses: [{ regionCode: "DE", locality: "Berlin" }] });
  await checked(service, user.tenantId);
  expect(await membersOf(user, china)).toEqual([]);
  expect(await membersOf(user, germany)).toEqual([customer.customerId]);
  const turns = await turnsOf(service, user.tenantId, customer.customerId);
  expect(turns[0]).toEqual(["SegmentEntered", china.segmentId, "region_code = CN"]);
  expect(new Set(turns.slice(1))).toEqual(
    new Set([
      ["SegmentEntered", germany.segmentId, "region_code = DE"],
      ["SegmentLeft", china.segmentId, "region_code = DE"],
    ]),
  );
});

test("R021 an age band, an industry and a size are followed when they change, and a birthday by itself", async () => {
  const user = await service.user();
  await define(user, { key: "size", type: Type.NUMBER, labels: { en: "Size" }, filterable: true });
  const birthday = addDays(today(), 3);
  const birthDate = { ...dateOf(birthday), year: Number(birthday.slice(0, 4)) - 40 };
  const customer = await create(user, { birthDate, industry: "tea", custom: { size: 10 } });
  const thirties = await drawn(service, user, "age >= 30 && age < 40");
  const large = await drawn(service, user, 'industry == "tea" && custom.size >= 100');
  expect(await membersOf(user, thirties)).toEqual([customer.customerId]);
  expect(await membersOf(user, large)).toEqual([]);
  await update(user, customer, { custom: { size: 200 } });
  await checked(service, user.tenantId);
  expect(await membersOf(user, large)).toEqual([customer.customerId]);
  const later = await jump(user, midnight(birthday));
  expect(await membersOf(later, thirties)).toEqual([]);
  expect(await membersOf(later, large)).toEqual([customer.customerId]);
  const turns = await turnsOf(service, user.tenantId, customer.customerId);
  expect(turns.at(-1)).toEqual(["SegmentLeft", thirties.segmentId, "age (personal)"]);
});

test("R022 a third order within 90 days enters; when the first is older than that it leaves, by time alone", async () => {
  const user = await service.user();
  const { customerId } = await create(user);
  const regular = await drawn(service, user, "orders_90d >= 3");
  const quiet = await drawn(service, user, 'last_order_date < today - duration("2160h")');
  for (const ago of [89, 50]) await order(user, customerId, addDays(today(), -ago));
  expect(await membersOf(user, regular)).toEqual([]);
  await order(user, customerId, today());
  expect(await membersOf(user, regular)).toEqual([customerId]);
  const [first, last] = [addDays(today(), 1), addDays(today(), 91)];
  const before = await jump(user, new Date(midnight(first).getTime() - 2_000));
  expect(await membersOf(before, regular)).toEqual([customerId]);
  const after = await jump(user, new Date(midnight(first).getTime() + 1_000));
  expect(await membersOf(after, regular)).toEqual([]);
  expect(await membersOf(after, quiet)).toEqual([]);
  const muchLater = await jump(user, midnight(last));
  expect(await membersOf(muchLater, quiet)).toEqual([customerId]);
  expect((await turnsOf(service, user.tenantId, customerId)).map(([type, id]) => [type, id])).toEqual([
    ["SegmentEntered", regular.segmentId],
    ["SegmentLeft", regular.segmentId],
    ["SegmentEntered", quiet.segmentId],
  ]);
});

test("R023 a trait makes a member, and where it is known from is shown", async () => {
  const user = await service.user();
  const { customerId } = await create(user);
  const golfers = await drawn(service, user, '"interest:golf" in traits && order_count == 0');
  expect((await explain(user, golfers, customerId)).parts[0]).toMatchObject({ fulfilled: false, traits: [] });
  const declared = {
    key: "interest",
    value: "golf",
    provenance: Provenance.DECLARED,
    evidence: "on the fair",
  };
  const tennis = { key: "interest", value: "tennis", provenance: Provenance.INFERRED, evidence: "" };
  await recordTraits(user, customerId, [declared, tennis]);
  await checked(service, user.tenantId);
  expect(await membersOf(user, golfers)).toEqual([customerId]);
  expect(await explain(user, golfers, customerId)).toMatchObject({
    member: true,
    fulfilled: true,
    parts: [
      { test: '"interest:golf" in traits', fulfilled: true, traits: [declared, tennis] },
      { test: "order_count == 0", fulfilled: true, value: "0", traits: [] },
    ],
  });
  const surveyed = { ...declared, provenance: Provenance.SURVEYED, evidence: "survey 7" };
  const { traits, etag } = await recordTraits(user, customerId, [surveyed]);
  expect(traits).toMatchObject([surveyed, tennis]);
  expect((await recordTraits(user, customerId, [surveyed])).etag).toBe(etag);
});

test("R024 of several policies the one with the highest rank holds, and events tell of both", async () => {
  const user = await service.user();
  const { customerId } = await create(user, { tags: ["vip"] });
  const policy = (rank: number, servicePriority: string) => ({
    policy: { rank, offer: `offer ${rank}`, channel: Channel.EMAIL, servicePriority },
  });
  const holds = async () => (await user.call(rpc.getCustomerPolicy, { customerId })).policy?.rank;
  expect(await holds()).toBeUndefined();
  const usual = await drawn(service, user, "order_count == 0", policy(5, "normal"));
  expect(await holds()).toBe(5);
  await drawn(service, user, '"vip" in tags', policy(1, "high"));
  expect(await holds()).toBe(1);
  const { segments } = await user.call(rpc.listCustomerSegments, { customerId });
  expect(segments.map(({ segment }) => segment!.policy!.rank)).toEqual([1, 5]);
  await changeSegment(user, usual, { policy: { rank: 9, offer: "none" } });
  const said = (await service.events(user.tenantId)).filter(({ type }) => type === "SegmentChanged");
  expect(said.map(({ state }) => state.policy)).toMatchObject([{ rank: 9, offer: "none" }]);
});

test("R036 any field that a company has defined divides its customers", async () => {
  const user = await service.user();
  const field = { filterable: true, labels: { en: "own" } };
  await define(user, {
    key: "car",
    type: Type.ENUM,
    options: ["company", "private"].map((value) => ({ value })),
    ...field,
  });
  await define(user, { key: "rate", type: Type.DECIMAL, ...field });
  await define(user, { key: "since", type: Type.TIME, ...field });
  const custom = { car: "company", rate: "1.50", since: "2026-01-01T00:00:00Z" };
  const { customerId } = await create(user, { custom });
  await create(user, { custom: { ...custom, rate: "1.49" } });
  await create(user, { custom: { ...custom, car: "private" } });
  const condition = 'custom.car == "company" && custom.rate >= 1.5 && custom.since < now';
  const company = await drawn(service, user, condition);
  expect(await membersOf(user, company)).toEqual([customerId]);
  expect((await preview(user, condition)).customerCount).toBe(1);
});

test("a condition that is not understood is refused with its place; personal fields need their right", async () => {
  const user = await service.user();
  await expect(drawn(service, user, "orders_91d >= 3")).rejects.toMatchObject({
    reason: "INVALID_FILTER",
    violations: [
      {
        field: "segment.condition",
        reason: "UNKNOWN_FIELD",
        description: 'line 1, column 1: there is no field "orders_91d"; did you mean "orders_90d"?',
      },
    ],
  });
  const grants = ["segment", "customer"].map((resource) => ({ resource, action: "*" }));
  const marketer = await service.user({
    tenantId: user.tenantId,
    grants: [grants[0]!, { resource: "customer", action: "read" }],
  });
  await expect(drawn(service, marketer, "age >= 30")).rejects.toMatchObject({ reason: "FORBIDDEN" });
  await expect(preview(marketer, "age >= 30")).rejects.toMatchObject({ reason: "FORBIDDEN" });
  await drawn(service, marketer, "core");
});

test("R010 whoever may not read orders asks for no one by them, neither in a preview nor through another service", async () => {
  const user = await service.user();
  const { tenantId } = user;
  const { customerId } = await create(user);
  const buyers = await drawn(service, user, 'order_count == 0 && "vip" in tags');
  const rights = (...all: string[]) =>
    service.user({
      tenantId,
      grants: all.map((right) => {
        const [resource = "", action = ""] = right.split(":");
        return { resource, action };
      }),
    });
  const clerk = await rights("customer:read", "segment:*");
  const needed = (right: string) => ({
    reason: "FORBIDDEN",
    message: expect.stringContaining(`needs the right ${right}`),
  });
  for (const [condition, right] of [
    ["core && order_count == 0", "order:read"],
    ["margin > 1", "order:read"],
    ["open_opportunity_count > 0", "opportunity:read"],
    ["interactions_30d > 0", "interaction:read"],
    ["complaints_365d > 0", "case:read"],
    ["last_nps < 7", "feedback:read"],
    ["has(clv)", "customer_value:read"],
  ] as const) {
    await expect(preview(clerk, condition)).rejects.toMatchObject(needed(right));
    const reader = await rights("customer:read", right);
    expect(await preview(reader, condition)).toBeDefined();
    await expect(counted(service, { tenantId, condition })).rejects.toMatchObject(needed(right));
    await expect(examined(service, { tenantId, condition })).rejects.toMatchObject(needed(right));
    const granted = ["customer:read", right];
    await expect(examined(service, { tenantId, condition, granted })).resolves.toEqual({});
    await expect(streamed(service, { tenantId, condition, granted })).resolves.toBeDefined();
  }
  await expect(drawn(service, clerk, "order_count == 0")).rejects.toMatchObject(needed("order:read"));
  await expect(changeSegment(clerk, buyers, { condition: "clv > 1" })).rejects.toMatchObject(
    needed("customer_value:read"),
  );
  await expect(streamed(service, { tenantId, condition: "age > 1" })).rejects.toMatchObject(
    needed("customer:read_personal"),
  );
  expect((await explain(clerk, buyers, customerId)).parts).toEqual([
    { test: "order_count …", fulfilled: false, value: "", traits: [], neededRight: "order:read" },
    { test: '"vip" in tags', fulfilled: false, value: "", traits: [], neededRight: "" },
  ]);
  const stranger = await rights("customer:read", "order:read");
  await expect(explain(stranger, buyers, customerId)).rejects.toMatchObject({ code: "PERMISSION_DENIED" });
});

test("another condition finds the members anew; counts add up; the archive keeps who was in", async () => {
  const user = await service.user();
  const made: Customer[] = [];
  for (let count = 0; count < 5; count++)
    made.push(await create(user, { displayName: `客户${count}`, industry: count < 2 ? "tea" : "silk" }));
  await archive(user, made[4]!.customerId);
  const segment = await drawn(service, user, 'industry == "tea"', { name: "tea" });
  expect(segment.state).toBe(State.BUILDING);
  await expect(drawn(service, user, "core", { name: "tea" })).rejects.toMatchObject({
    reason: "SEGMENT_EXISTS",
  });
  await changeSegment(user, segment, { condition: 'industry == "silk"' });
  await checked(service, user.tenantId);
  expect(await membersOf(user, segment)).toEqual([2, 3].map((at) => made[at]!.customerId).toSorted());
  const builds = (await service.events(user.tenantId)).filter(({ type }) => type === "SegmentBuilt");
  expect(builds.map(({ message }) => [message.customerCount, message.memberCount])).toEqual([
    ["4", "2"],
    ["4", "2"],
  ]);
  const { etag } = await user.call(rpc.getSegment, { segmentId: segment.segmentId });
  const request = { segmentId: segment.segmentId, etag, requestId: "" };
  expect((await user.call(rpc.archiveSegment, request)).state).toBe(State.ARCHIVED);
  await archive(user, made[2]!.customerId);
  await checked(service, user.tenantId);
  expect(await membersOf(user, segment)).toHaveLength(2);
  await expect(changeSegment(user, segment, { name: "x" })).rejects.toMatchObject({
    reason: "SEGMENT_ARCHIVED",
  });
});

test("R122 an audience is who is in any of the segments, less whom one leaves out, of active customers alone", async () => {
  const user = await service.user();
  const [a, b, c, d] = await Promise.all(
    ["tea", "tea", "silk", "tea"].map((industry, at) => create(user, { industry, displayName: `客户${at}` })),
  );
  const tea = await drawn(service, user, 'industry == "tea"');
  const all = await drawn(service, user, "completeness >= 0");
  const silk = await drawn(service, user, 'industry == "silk"');
  await archive(user, d!.customerId);
  const audience = {
    tenantId: user.tenantId,
    segmentIds: [tea.segmentId, all.segmentId],
    excludedSegmentIds: [silk.segmentId],
    excludedCustomerIds: [a!.customerId],
    condition: "order_count < 1",
    granted: ["order:read"],
  };
  const members = await streamed(service, audience);
  expect(members.map(({ customer }) => customer!.customerId)).toEqual([b!.customerId]);
  expect(members[0]!.customer!.displayName).toBe("客户1");
  expect(members[0]!.segmentIds).toEqual([tea.segmentId, all.segmentId].toSorted());
  expect(await counted(service, audience)).toMatchObject({
    customerCount: 1,
    sample: [{ customerId: b!.customerId }],
  });
  const everybody = await streamed(service, { tenantId: user.tenantId, condition: "completeness >= 0" });
  expect(everybody.map(({ customer }) => customer!.customerId)).toEqual(
    [a, b, c].map((each) => each!.customerId).toSorted(),
  );
  const first = everybody[0]!.customer!.customerId;
  const rest = { tenantId: user.tenantId, condition: "completeness >= 0", afterCustomerId: first };
  expect(await streamed(service, rest)).toEqual(everybody.slice(1));
  const other = await service.user();
  await expect(streamed(service, { ...audience, tenantId: other.tenantId })).rejects.toMatchObject({
    reason: "UNKNOWN_SEGMENT",
  });
  await expect(streamed(service, { tenantId: user.tenantId })).rejects.toMatchObject({
    reason: "INVALID_REQUEST",
  });
  expect((await list(user)).customers).toHaveLength(3);
});
