// Loss, duplication and corruption are put into the projections by hand, and have to be found and mended, and nothing else.
import { randomUUID } from "node:crypto";
import type { Archive } from "@guanxi/bus/archive";
import { holdAgainst, mendFound, type Finding } from "@guanxi/bus/hold-against";
import { tallying, versionText } from "@guanxi/bus/tally";
import { Customer } from "@guanxi/contract/guanxi/customer/v1/customer";
import { CustomerRegistered } from "@guanxi/contract/guanxi/customer/v1/customer_events";
import { SurveyInvitation } from "@guanxi/contract/guanxi/interaction/v1/survey_invitation";
import { SurveyAnswered } from "@guanxi/contract/guanxi/interaction/v1/survey_invitation_events";
import { Opportunity } from "@guanxi/contract/guanxi/sales/v1/opportunity";
import { OpportunityChanged } from "@guanxi/contract/guanxi/sales/v1/opportunity_events";
import { Order } from "@guanxi/contract/guanxi/sales/v1/order";
import { OrderChanged } from "@guanxi/contract/guanxi/sales/v1/order_events";
import { dateOf } from "@guanxi/kit/days";
import { moneyOf } from "@guanxi/kit/micros";
import { startService } from "@guanxi/testkit/service";
import { startTeller } from "@guanxi/testkit/teller";
import { afterAll, expect, test } from "vitest";
import { analytics } from "../src/app.ts";

const service = await startService(analytics);
const tellers = {
  customer: await startTeller(service, "customer"),
  sales: await startTeller(service, "sales"),
  interaction: await startTeller(service, "interaction"),
};
afterAll(async () => {
  for (const teller of Object.values(tellers)) await teller.stop();
  await service.stop();
});

const READERS = { customer: "customers", sales: "sales", interaction: "interaction" };
type Area = keyof typeof READERS;
const AREAS = Object.keys(READERS) as Area[];

const user = await service.user();
const { tenantId } = user;
const MANY = 200;
const ids = (count: number) => Array.from({ length: count }, () => randomUUID());
const told = {
  customers: ids(MANY),
  orders: ids(MANY),
  opportunities: ids(MANY / 2),
  invitations: ids(MANY / 2),
};

const customerState = (customerId: string, place: number) => ({
  customerId,
  displayName: `客户 ${place}`,
  createDate: dateOf(`2026-03-${String(1 + (place % 28)).padStart(2, "0")}`),
  lifecycleStage: 1 + (place % 3),
  state: 1,
});
const orderState = (orderId: string, place: number) => ({
  orderId,
  orderNumber: `O-${place}`,
  customerId: place % 5 === 0 ? "" : told.customers[place]!,
  kind: 1,
  status: place % 4 === 0 ? 1 : 3,
  currencyCode: "CNY",
  orderDate: dateOf(`2026-04-${String(1 + (place % 28)).padStart(2, "0")}`),
  lines: [0, 1].map((n) => ({
    productCode: `P-${(place + n) % 7}`,
    quantity: "2",
    netAmount: moneyOf(BigInt(1_000_000 * (place + n)), "CNY"),
    costAmount: moneyOf(500_000n, "CNY"),
  })),
});
const opportunityState = (opportunityId: string, place: number) => ({
  opportunityId,
  displayName: `机会 ${place}`,
  pipelineId: told.customers[0]!,
  stageId: "offer",
  stageType: 1,
  productIds: [told.customers[1]!, told.customers[2]!],
  stageEntries: [
    { stageId: "new", stageType: 1, enterDate: dateOf("2026-03-01") },
    { stageId: "offer", stageType: 1, enterDate: dateOf("2026-03-05") },
  ],
});
const invitationState = (surveyInvitationId: string, place: number) => ({
  surveyInvitationId,
  surveyName: "满意度",
  surveyId: told.customers[3]!,
  state: 3,
  sendTime: new Date("2026-03-31T17:00:00Z"), // the first of April in the tenant's zone
  answerDate: dateOf("2026-04-02"),
  answers: [
    { questionCode: "csat", kind: 1, scaleMin: 1, scaleMax: 5, score: 1 + (place % 5) },
    { questionCode: "nps", kind: 2, scaleMin: 0, scaleMax: 10, score: place % 11 },
  ],
});

const { customer, sales, interaction } = tellers;
for (const [place, id] of told.customers.entries())
  await customer.tell(tenantId, Customer, CustomerRegistered, { id, state: customerState(id, place) });
for (const [place, id] of told.orders.entries())
  await sales.tell(tenantId, Order, OrderChanged, { id, state: orderState(id, place) });
for (const [place, id] of told.opportunities.entries())
  await sales.tell(tenantId, Opportunity, OpportunityChanged, { id, state: opportunityState(id, place) });
for (const [place, id] of told.invitations.entries())
  await interaction.tell(tenantId, SurveyInvitation, SurveyAnswered, {
    id,
    state: invitationState(id, place),
  });
for (const teller of Object.values(tellers)) await teller.settled();

const sql = (text: string, values: unknown[] = []) => service.admin.query(text, values);

async function held(area: Area): Promise<Finding[]> {
  const archive = await tellers[area].archive();
  const comparing = { tenantId, archive, passed: () => service.settled() };
  return service.maintain(READERS[area], (options) => holdAgainst(options, comparing));
}

async function repair(area: Area, findings: readonly Finding[]): Promise<void> {
  const archive = await tellers[area].archive();
  const comparing = { tenantId, archive, passed: () => service.settled() };
  await service.maintain(READERS[area], (options) => mendFound(options, comparing, findings));
}

const wrongIn = (findings: readonly Finding[]) =>
  Object.fromEntries(
    findings.flatMap(({ tables, differences }) =>
      differences.length > 0
        ? [[tables[0], Object.fromEntries(differences.map(({ id, kind }) => [id, kind]))]]
        : [],
    ),
  );

const TABLES = AREAS.flatMap((area) => analytics.readers.find((each) => each.area === area)!.reactions)
  .flatMap(({ held }) => [...(held?.rows ?? []), ...(held?.sums ?? [])])
  .map(({ table }) => table);

/** Every row of every table that is compared. */
async function contents(): Promise<string[]> {
  const texts: string[] = [];
  for (const table of new Set(TABLES)) {
    const { rows } = await sql(`select t::text as row from ${table} t where tenant_id = $1 order by 1`, [
      tenantId,
    ]);
    texts.push(...rows.map(({ row }: { row: string }) => `${table} ${row}`));
  }
  return texts;
}

/** One in a hundred, the same ones in whatever order the rows come. */
const some = (all: readonly string[]) => all.filter((_, place) => place % 100 === 7 || place % 100 === 42);

test("R142 what is read without a fault has no difference, in counts, checksums and ids", async () => {
  for (const area of AREAS) {
    const findings = await held(area);
    expect(wrongIn(findings)).toEqual({});
    for (const { told, here } of findings) expect(here).toEqual(told);
  }
  const found = (await Promise.all(AREAS.map(held))).flat();
  const countOf = (table: string) => found.find(({ tables }) => tables[0] === table)!.told.count;
  expect(countOf("customer_facts")).toBe(MANY);
  expect(countOf("order_facts")).toBe(MANY);
  expect(countOf("invitation_facts")).toBe(MANY / 2);
  expect(countOf("product_days")).toBeGreaterThan(0);
});

test("R142 loss, duplication and corruption of one in a hundred are named exactly, and mended to nothing", async () => {
  const before = await contents();
  const [lostOrder, spoiltOrder, lateOrder] = some(told.orders) as [string, string, string];
  const strayOrder = randomUUID();
  const [lostCustomer, spoiltCustomer] = some(told.customers) as [string, string];
  const [opportunity] = some(told.opportunities) as [string];
  const [doubled, short] = some(told.invitations) as [string, string];
  await sql("delete from order_facts where order_id = $1", [lostOrder]);
  await sql("update order_facts set net_micros = net_micros + 1 where order_id = $1", [spoiltOrder]);
  await sql("update order_facts set products = '[]', version = 0 where order_id = $1", [lateOrder]);
  await sql(
    `insert into order_facts select (jsonb_populate_record(o, jsonb_build_object('order_id', $2::text))).*
     from order_facts o where order_id = $1`,
    [spoiltOrder, strayOrder],
  );
  await sql("delete from customer_facts where customer_id = $1", [lostCustomer]);
  await sql("update customer_facts set region_code = 'XX' where customer_id = $1", [spoiltCustomer]);
  await sql("update customer_counts set count = count + 1 where day = '2026-03-01'");
  await sql("delete from stage_entries where opportunity_id = $1 and place = 0", [opportunity]);
  await sql(
    `insert into answer_facts select (jsonb_populate_record(a, jsonb_build_object('answer_id', gen_random_uuid()))).*
     from answer_facts a where survey_invitation_id = $1`,
    [doubled],
  );
  await sql("delete from answer_facts where survey_invitation_id = $1 and question_code = 'nps'", [short]);

  const found = {
    customer: await held("customer"),
    sales: await held("sales"),
    interaction: await held("interaction"),
  };
  expect(wrongIn(found.customer)).toEqual({
    customer_facts: { [lostCustomer]: "LOST", [spoiltCustomer]: "CHANGED" },
    customer_counts: expect.any(Object),
  });
  const { order_facts: orders, opportunity_facts: opportunities } = wrongIn(found.sales);
  expect(orders).toEqual({
    [lostOrder]: "LOST",
    [spoiltOrder]: "CHANGED",
    [lateOrder]: "CHANGED",
    [strayOrder]: "EXTRA",
  });
  expect(opportunities).toEqual({ [opportunity]: "LOST" });
  expect(wrongIn(found.interaction)).toEqual({ invitation_facts: { [doubled]: "EXTRA", [short]: "LOST" } });
  const facts = found.sales.find(({ tables }) => tables[0] === "order_facts")!;
  expect(facts.here.checksum).not.toBe(facts.told.checksum);

  for (const area of AREAS) await repair(area, found[area]);
  for (const area of AREAS) expect(wrongIn(await held(area))).toEqual({});
  expect(await contents()).toEqual(before);
});

/** The source as it counts itself, while somebody writes: `between` is done behind each count. */
async function living(of: {
  readonly stray?: () => number;
  readonly between: () => Promise<void>;
}): Promise<Finding> {
  const archive = await tellers.customer.archive();
  const counts = async () => {
    const sum = tallying();
    for await (const page of archive.newest({ tenantId }))
      for (const { event } of page) sum.add(versionText(event.meta.aggregateId, event.meta.version));
    if (of.stray) sum.add(`stray ${of.stray()}`);
    const { count, checksum } = sum.total();
    const pages = await Array.fromAsync(archive.pages({ tenantId }));
    const streamSequence = BigInt(pages.at(-1)!.at(-1)!.sequence);
    await of.between();
    return {
      counts: [{ aggregateType: "guanxi.customer.v1.Customer", count: BigInt(count), checksum }],
      streamSequence,
    };
  };
  const comparing = { tenantId, archive: { ...archive, counts }, passed: () => service.settled() };
  const findings = await service.maintain(READERS.customer, (options) => holdAgainst(options, comparing));
  return findings.find(({ aggregateType }) => aggregateType.endsWith(".Customer"))!;
}

test("R142 a source that goes on is held against its events all the same, and a fault in it is seen", async () => {
  const write = async () => {
    const [first] = told.customers as [string];
    const [made] = ids(1) as [string];
    for (const id of [made, first, made])
      await customer.tell(tenantId, Customer, CustomerRegistered, { id, state: customerState(id, 5) });
    await customer.settled();
  };
  const right = await living({ between: write });
  expect(right).toMatchObject({ sourceCheck: "AGREES", differences: [] });
  expect(right.here).toEqual(right.told);
  expect(await living({ stray: () => 0, between: write })).toMatchObject({
    sourceCheck: "DIFFERS",
    differences: [],
  });
  let more = 0;
  const restless = await living({ stray: () => (more += 1), between: write });
  expect(restless).toMatchObject({ sourceCheck: "UNCHECKED", differences: [] });
});

test("R142 a source that is written to meanwhile is asked while our reader goes on, and what it took further is asked for again", async () => {
  const [first] = told.customers as [string];
  await sql("update customer_facts set region_code = 'XX' where customer_id = $1", [first]);
  const findings = await held("customer");
  const archive = await customer.archive();
  let asked = 0;
  const newest: Archive["newest"] = async function* (what) {
    const pages = await Array.fromAsync(archive.newest(what));
    asked += 1;
    if (asked === 1) {
      await customer.tell(tenantId, Customer, CustomerRegistered, {
        id: first,
        state: customerState(first, 9),
      });
      await customer.settled(); // never comes where the reader is kept out
      await sql("update customer_facts set region_code = 'YY' where customer_id = $1", [first]);
    }
    yield* pages;
  };
  const comparing = { tenantId, archive: { ...archive, newest }, passed: () => service.settled() };
  await service.maintain(READERS.customer, (options) => mendFound(options, comparing, findings));
  expect(asked).toBe(2);
  expect(wrongIn(await held("customer"))).toEqual({});
});
