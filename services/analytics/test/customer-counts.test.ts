import { randomUUID } from "node:crypto";
import {
  QueryCustomerCountsRequest_Dimension as By,
  type QueryCustomerCountsResponse,
} from "@guanxi/contract/guanxi/analytics/v1/customer_count_service";
import { CustomerChanged } from "@guanxi/contract/guanxi/customer/v1/customer_events";
import { Envelope } from "@guanxi/contract/guanxi/event/v1/event";
import { dateOf } from "@guanxi/kit/days";
import { subjectOf } from "@guanxi/kit/event";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import type { CustomerFact } from "../src/customers/customer-fact.ts";
import { type Changes, count, startCounting } from "./rig.ts";
import { asCustomer } from "./teller.ts";

const rig = await startCounting();
afterAll(() => rig.stop());
const { service, source } = rig;

const EVERYTHING = [By.DAY, By.STAGE, By.GRADE, By.SOURCE];

/** Registers customers and waits until they are counted. */
async function register(tenantId: string, all: readonly Changes[]): Promise<CustomerFact[]> {
  const customers = await rig.register(tenantId, all);
  await rig.settled();
  return customers;
}
async function change(
  tenantId: string,
  customer: Pick<CustomerFact, "customerId">,
  changes: Changes,
): Promise<CustomerFact> {
  const after = await rig.change(tenantId, customer, changes);
  await rig.settled();
  return after;
}

const rowsOf = ({ rows }: QueryCustomerCountsResponse) =>
  rows.map((row) => [row.stage, row.grade, row.source, row.count]);
const sum = ({ rows }: QueryCustomerCountsResponse) => rows.reduce((all, row) => all + row.count, 0);

/** The kept counts are those of counting anew, here and at the source. */
async function expectTrue(tenantId: string): Promise<void> {
  const counted = (from: string) => `select day, stage, grade, source, count(*)::int as count from ${from}
    where tenant_id = $1 and not archived group by 1, 2, 3, 4 order by 1, 2, 3, 4`;
  const kept = `select day, stage, grade, source, count from customer_counts where tenant_id = $1 order by 1, 2, 3, 4`;
  const { rows } = await service.admin.query(kept, [tenantId]);
  expect(rows).toEqual((await service.admin.query(counted("customer_facts"), [tenantId])).rows);
  expect(rows).toEqual((await source.admin.query(counted("told"), [tenantId])).rows);
}

test("before the first customer there is nothing, and nothing is said of a time", async () => {
  const lin = await service.user();
  const empty = { rows: [], total: 0, asOfTime: undefined, streamSequence: 0n };
  expect(await count(lin)).toEqual(empty);
  expect(await count(lin, { groupBy: EVERYTHING })).toEqual(empty);
});

test("customers are counted by what they are told apart by, and the rows make the total", async () => {
  const lin = await service.user();
  const customers = await register(lin.tenantId, [
    { stage: 1, grade: 1, source: 10 },
    { stage: 1, grade: 2, source: 10, day: "2026-03-02" },
    { stage: 2, grade: 1, source: 3, day: "2026-03-02" },
    { stage: 2, grade: 0, source: 0, day: "2026-03-04" },
  ]);
  expect(rowsOf(await count(lin))).toEqual([[0, 0, 0, 4]]);
  expect(rowsOf(await count(lin, { groupBy: [By.STAGE] }))).toEqual([
    [1, 0, 0, 2],
    [2, 0, 0, 2],
  ]);
  expect(rowsOf(await count(lin, { groupBy: [By.GRADE] }))).toEqual([
    [0, 0, 0, 1],
    [0, 1, 0, 2],
    [0, 2, 0, 1],
  ]);
  expect(rowsOf(await count(lin, { groupBy: [By.SOURCE, By.STAGE] }))).toEqual([
    [1, 0, 10, 2],
    [2, 0, 0, 1],
    [2, 0, 3, 1],
  ]);
  const byDay = await count(lin, { groupBy: [By.DAY] });
  expect(byDay.rows.map(({ day }) => day)).toEqual(["2026-03-01", "2026-03-02", "2026-03-04"].map(dateOf));
  for (const groupBy of [[], [By.STAGE], [By.GRADE, By.DAY], EVERYTHING]) {
    const answer = await count(lin, { groupBy });
    expect(answer.total).toBe(4);
    expect(sum(answer)).toBe(4);
  }
  const places = await Promise.all(customers.map((each) => rig.placeOf(lin.tenantId, each)));
  const last = (await source.events(lin.tenantId)).at(-1)!;
  const { asOfTime, streamSequence } = await count(lin);
  expect(streamSequence).toBe(places.reduce((a, b) => (a > b ? a : b)));
  expect(asOfTime).toEqual(last.meta.time);
});

test("a span of days has its first and leaves out its end", async () => {
  const lin = await service.user();
  await register(lin.tenantId, [
    { day: "2026-02-28" },
    { day: "2026-03-01" },
    { day: "2026-03-31" },
    { day: "2026-04-01" },
  ]);
  const between = async (start?: string, end?: string) =>
    (await count(lin, { startDate: start && dateOf(start), endDate: end && dateOf(end) })).total;
  expect(await between("2026-03-01", "2026-04-01")).toBe(2);
  expect(await between("2026-03-01")).toBe(3);
  expect(await between(undefined, "2026-03-01")).toBe(1);
  expect(await between("2026-03-01", "2026-03-01")).toBe(0);
});

test("a customer that changes is counted where it is now", async () => {
  const lin = await service.user();
  const [customer] = await register(lin.tenantId, [{ stage: 1 }]);
  await change(lin.tenantId, customer!, { stage: 3, grade: 1 });
  await change(lin.tenantId, customer!, { ownerId: randomUUID() });
  expect(rowsOf(await count(lin, { groupBy: [By.STAGE, By.GRADE] }))).toEqual([[3, 1, 0, 1]]);
  await expectTrue(lin.tenantId);
});

test("an archived customer does not count until it is back", async () => {
  const lin = await service.user();
  const [customer] = await register(lin.tenantId, [{ stage: 1 }, { stage: 1 }]);
  await change(lin.tenantId, customer!, { archived: true });
  expect(await count(lin)).toMatchObject({ total: 1 });
  await change(lin.tenantId, customer!, { stage: 2 });
  expect(await count(lin)).toMatchObject({ total: 1 });
  await change(lin.tenantId, customer!, { archived: false });
  expect(rowsOf(await count(lin, { groupBy: [By.STAGE] }))).toEqual([
    [1, 0, 0, 1],
    [2, 0, 0, 1],
  ]);
  await expectTrue(lin.tenantId);
});

test("what the contract does not know yet is counted all the same", async () => {
  const lin = await service.user();
  await register(lin.tenantId, [{ stage: 99, source: 77 }]);
  expect(rowsOf(await count(lin, { groupBy: [By.STAGE, By.SOURCE] }))).toEqual([[99, 0, 77, 1]]);
});

test("events that come again, or late, change nothing", async () => {
  const lin = await service.user();
  const customers = await register(lin.tenantId, [{ stage: 1 }, { stage: 2 }, { stage: 1, grade: 3 }]);
  for (const customer of customers) await change(lin.tenantId, customer, { stage: 4 });
  const before = await count(lin, { groupBy: EVERYTHING });
  const log = "select subject, payload from event_log where tenant_id = $1 order by stream_sequence desc";
  const { rows } = await source.admin.query(log, [lin.tenantId]);
  expect(rows).toHaveLength(6);
  await rig.heard(await rig.publish(rows as { subject: string; payload: Buffer }[]));
  expect(await count(lin, { groupBy: EVERYTHING })).toEqual(before);
  await expectTrue(lin.tenantId);
});

/** An event as the contract has it; without a fact it is the one that remains of an erased customer. */
function eventOf(
  tenantId: string,
  customerId: string,
  version: number,
  fact?: CustomerFact,
): { subject: string; payload: Uint8Array } {
  const meta = {
    eventId: randomUUID(),
    tenantId,
    aggregateType: "guanxi.customer.v1.Customer",
    aggregateId: customerId,
    customerId,
    version,
    time: new Date("2026-03-05T10:00:00Z"),
  };
  const event = CustomerChanged.fromPartial({ meta, ...(fact && { customer: asCustomer(fact) }) });
  const subject = subjectOf(tenantId, CustomerChanged, customerId);
  return { subject, payload: CustomerChanged.encode(event).finish() };
}

test("of versions out of order the newest counts, and an erased customer no more", async () => {
  const lin = await service.user();
  const customerId = randomUUID();
  const fact = {
    customerId,
    grade: 0,
    source: 0,
    day: "2026-03-01",
    archived: false,
    ownerId: null,
    displayName: "",
    regionCode: "",
  };
  const say = (version: number) =>
    eventOf(lin.tenantId, customerId, version, { ...fact, stage: version, version });
  for (const version of [3, 1, 2]) await rig.heard(await rig.publish([say(version)]));
  expect(rowsOf(await count(lin, { groupBy: [By.STAGE] }))).toEqual([[3, 0, 0, 1]]);
  const erased = eventOf(lin.tenantId, customerId, 4);
  expect(Envelope.decode(erased.payload).state).toHaveLength(0);
  await rig.heard(await rig.publish([erased]));
  expect(await count(lin)).toMatchObject({ rows: [], total: 0 });
  const { rowCount } = await service.admin.query("select from customer_facts where tenant_id = $1", [
    lin.tenantId,
  ]);
  expect(rowCount).toBe(0);
});

test("nobody counts another company's customers", async () => {
  const [one, two] = [await service.user(), await service.user()];
  await register(one.tenantId, [{}, {}, {}]);
  await register(two.tenantId, [{}]);
  expect(await count(one)).toMatchObject({ total: 3 });
  expect(await count(two)).toMatchObject({ total: 1 });
});

const anyChanges = fc.record({
  stage: fc.integer({ min: 0, max: 3 }),
  grade: fc.integer({ min: 0, max: 2 }),
  source: fc.integer({ min: 0, max: 2 }),
  archived: fc.boolean(),
});

test("whatever many hands change at once, and though the reader is restarted, the counts are true", async () => {
  const lin = await service.user();
  const [registered, changes] = [40, 6].map((size) => fc.sample(anyChanges, size));
  const customers = await rig.register(lin.tenantId, registered!);
  const hands = customers.map(async (customer) => {
    let last = customer;
    for (const each of changes!) last = await rig.change(lin.tenantId, customer, each);
    return last;
  });
  await service.restart();
  await Promise.all(hands);
  await rig.settled();
  await expectTrue(lin.tenantId);
  const answer = await count(lin, { groupBy: EVERYTHING });
  expect(sum(answer)).toBe(answer.total);
});

test("made anew from the log the figures are the same, and are read meanwhile", async () => {
  const lin = await service.user();
  const many = fc.sample(anyChanges, 1200);
  const customers = await register(lin.tenantId, many);
  await change(lin.tenantId, customers[0]!, { stage: 3, archived: false });
  const before = await count(lin, { groupBy: EVERYTHING });

  const done = new AbortController();
  const rebuilding = rig.rebuild(lin.tenantId).finally(() => done.abort());
  let reads = 0;
  while (!done.signal.aborted) {
    expect(await count(lin, { groupBy: EVERYTHING })).toEqual(before);
    reads += 1;
  }
  expect(await rebuilding).toEqual({ events: 1201 });
  expect(reads).toBeGreaterThan(1);
  expect(await count(lin, { groupBy: EVERYTHING })).toEqual(before);
  await expectTrue(lin.tenantId);

  await change(lin.tenantId, customers[1]!, { stage: 3, archived: false });
  await expectTrue(lin.tenantId);
});

test("figures that were spoilt are made good from the log, and others' are left alone", async () => {
  const [lin, other] = [await service.user(), await service.user()];
  const [customer] = await register(lin.tenantId, [{ stage: 1 }, { stage: 2 }]);
  for (const stage of [4, 3]) await change(lin.tenantId, customer!, { stage });
  await register(other.tenantId, [{}]);
  const before = await count(other);
  const spoil = "update customer_counts set count = count + 5 where tenant_id = $1";
  await service.admin.query(spoil, [lin.tenantId]);
  expect(await count(lin)).toMatchObject({ total: 12 });
  await rig.rebuild(lin.tenantId);
  expect(rowsOf(await count(lin, { groupBy: [By.STAGE] }))).toEqual([
    [2, 0, 0, 1],
    [3, 0, 0, 1],
  ]);
  expect(await count(other)).toEqual(before);
});

test("a question that cannot be answered is refused with its reason", async () => {
  const lin = await service.user();
  const field = (name: string) => ({ violations: [expect.objectContaining({ field: name })] });
  await expect(count(lin, { startDate: { year: 2026, month: 3 } })).rejects.toMatchObject({
    code: "INVALID_ARGUMENT",
    reason: "INVALID_DATE",
    ...field("start_date"),
  });
  const turned = { startDate: dateOf("2026-03-02"), endDate: dateOf("2026-03-01") };
  await expect(count(lin, turned)).rejects.toMatchObject(field("end_date"));
  await expect(count(lin, { groupBy: [By.DAY, By.DAY] })).rejects.toMatchObject(field("group_by"));
  await expect(count(lin, { groupBy: [0] })).rejects.toMatchObject(field("group_by[0]"));

  const days = `insert into customer_counts (tenant_id, day, stage, grade, source, count)
    select $1, date '2000-01-01' + n, 1, 1, 1, 1 from generate_series(1, 10001) n`;
  await service.admin.query(days, [lin.tenantId]);
  await expect(count(lin, { groupBy: [By.DAY] })).rejects.toMatchObject({ reason: "TOO_MANY_ROWS" });
  expect(await count(lin, { groupBy: [By.STAGE] })).toMatchObject({ total: 10001 });
  const all = await count(lin, { groupBy: [By.DAY], startDate: dateOf("2000-01-03") });
  expect(all.rows).toHaveLength(10000);
});

test("without the right nobody counts", async () => {
  const wang = await service.user({ grants: [{ resource: "customer", action: "read" }] });
  await expect(count(wang)).rejects.toMatchObject({ code: "PERMISSION_DENIED" });
});
