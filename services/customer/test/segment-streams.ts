// Random customers, conditions and histories: who is in which segment by the check job, event by event and hour by hour, against
// who would be in it if all were counted and asked anew, in SQL.
import { randomUUID } from "node:crypto";
import { act } from "@guanxi/bus/act";
import { Customer_Kind, Trait_Provenance as Provenance } from "@guanxi/contract/guanxi/customer/v1/customer";
import {
  AddTagsRequest,
  ArchiveCustomerRequest,
  CreateCustomerRequest,
  RecordTraitsRequest,
  RemoveTagsRequest,
  RestoreCustomerRequest,
  UpdateCustomerRequest,
} from "@guanxi/contract/guanxi/customer/v1/customer_requests";
import {
  CreateFieldDefinitionRequest,
  FieldDefinition_Type as Type,
} from "@guanxi/contract/guanxi/customer/v1/field_definition_service";
import {
  CreateSegmentRequest,
  UpdateSegmentRequest,
} from "@guanxi/contract/guanxi/customer/v1/segment_service";
import type { At } from "@guanxi/kit/at";
import { addDays, dateOf, dayIn } from "@guanxi/kit/days";
import { type Db, openDb } from "@guanxi/kit/db";
import { built, copy, find, remove } from "@guanxi/kit/store";
import { type Chance, chance } from "@guanxi/testkit/chance";
import { testDatabase } from "@guanxi/testkit/database";
import { customer as service } from "../src/app.ts";
import { check } from "../src/checks/check-job.ts";
import { checkLater, dueCustomers } from "../src/checks/check-later.ts";
import { addTags } from "../src/customers/handlers/add-tags.ts";
import { archiveCustomer } from "../src/customers/handlers/archive-customer.ts";
import { createCustomer } from "../src/customers/handlers/create-customer.ts";
import { removeTags } from "../src/customers/handlers/remove-tags.ts";
import { restoreCustomer } from "../src/customers/handlers/restore-customer.ts";
import { updateCustomer } from "../src/customers/handlers/update-customer.ts";
import { customers } from "../src/customers/customers.ts";
import { refreshFacts } from "../src/facts/refresh.ts";
import { createFieldDefinition } from "../src/field-definitions/handlers/create-field-definition.ts";
import { purchases } from "../src/purchases/purchases.ts";
import { buildSome } from "../src/segments/build-segment.ts";
import { compileCondition } from "../src/segments/condition.ts";
import { createSegment } from "../src/segments/handlers/create-segment.ts";
import { updateSegment } from "../src/segments/handlers/update-segment.ts";
import { rowsOf } from "../src/segments/rows.ts";
import { keptSegments } from "../src/segments/segments.ts";
import { recordTraits } from "../src/traits/handlers/record-traits.ts";
import { handle } from "./handle.ts";

export interface Agreement {
  readonly streams: number;
  readonly events: number;
  readonly comparisons: number;
  readonly turns: number;
}

const STREAMS_OF_A_BOOK = 50;
const SEGMENTS = 8;
const ROUNDS = 6;
const ZONE = "Asia/Shanghai";
const dayOf = dayIn(ZONE);
const HOUR = 3_600_000;
/** The job goes round no faster. */
const SECOND = 1_000;

interface Book {
  readonly random: Chance;
  readonly customerIds: readonly string[];
  readonly orders: { readonly orderId: string; readonly customerId: string }[];
  /** What the clock shows, ahead of the real one. */
  now: Date;
  events: number;
  run<T>(work: (at: At) => Promise<T>, dry?: boolean): Promise<T>;
}

/** Throws at the first difference, with the seed of its book. */
export async function agree(
  adminUrl: string,
  { streams, seed }: { readonly streams: number; readonly seed: number },
): Promise<Agreement> {
  const database = await testDatabase(adminUrl, service);
  const db = await openDb({ service: "customer", url: database.urlOf("app") });
  const sum = { streams: 0, events: 0, comparisons: 0, turns: 0 };
  try {
    for (let book = seed; sum.streams < streams; book++) {
      const lived = await live(db, book);
      sum.streams += STREAMS_OF_A_BOOK;
      sum.events += lived.events;
      sum.comparisons += lived.comparisons;
      sum.turns += lived.turns;
    }
    return sum;
  } finally {
    await db.close();
  }
}

async function live(db: Db, seed: number) {
  const book = await openBook(db, seed);
  let comparisons = 0;
  for (let round = 0; round < ROUNDS; round++) {
    await happen(book);
    if (book.random.often(0.3)) await drawAnew(book);
    for (let looks = book.random.one([1, 1, 2]); looks > 0; looks--) {
      await settle(book);
      comparisons += await compare(book, seed, round);
      if (looks > 1) await pass(book);
    }
  }
  const [turns] = await book.run((at) =>
    built<{ count: number }>(at, {
      text: "select sum(version)::int as count from segment_memberships",
      values: [],
    }),
  );
  return { events: book.events, comparisons, turns: turns!.count ?? 0 };
}

async function openBook(db: Db, seed: number): Promise<Book> {
  const random = chance(seed);
  const as = { tenantId: randomUUID(), actor: "test", timeZone: ZONE, currencyCode: "CNY" };
  const book: Book = {
    random,
    customerIds: [],
    orders: [],
    now: new Date(Date.now() + 24 * HOUR), // ahead of the database's clock, however long the book takes
    events: 0,
    run: (work, dry = false) =>
      act(db, { ...as, dry }, (at) => work({ ...at, now: book.now, today: dayOf(book.now) })),
  };
  await book.run(async (at) => {
    for (const [key, type] of [
      ["size", Type.NUMBER],
      ["since", Type.TIME],
      ["until", Type.DATE],
    ] as const) {
      const fieldDefinition = { key, type, labels: { en: key }, filterable: true };
      await handle(createFieldDefinition, CreateFieldDefinitionRequest.fromPartial({ fieldDefinition }), at);
    }
  });
  const customerIds = await book.run((at) => registered(at, random));
  for (let count = 0; count < SEGMENTS; count++) await draw(book, String(count));
  return Object.assign(book, { customerIds });
}

async function registered(at: At, random: Chance): Promise<string[]> {
  const made = Array.from({ length: STREAMS_OF_A_BOOK }, () => {
    const displayName = random.one(["张三", "李四", "Ann"]);
    const customer = { kind: Customer_Kind.PERSON, displayName, ...some(at, random) };
    return handle(createCustomer, CreateCustomerRequest.fromPartial({ customer }), at);
  });
  return (await Promise.all(made)).map(({ customerId }) => customerId);
}

/** Particulars of a customer. */
function some({ now, today }: At, random: Chance) {
  const birthDay = addDays(today, random.below(900) - 40 * 365);
  return {
    addresses: random.often(0.8) ? [{ regionCode: random.one(["CN", "DE", "US"]), locality: "x" }] : [],
    industry: random.one(["", "tea", "silk"]),
    birthDate: random.often(0.6) ? dateOf(birthDay) : undefined,
    custom: {
      ...(random.often(0.7) && { size: random.below(5) }),
      ...(random.often(0.5) && {
        since: new Date(now.getTime() + (random.below(400) - 200) * HOUR).toISOString(),
      }),
      ...(random.often(0.5) && { until: addDays(today, random.below(90) - 30) }),
    },
  };
}

type Event = (at: At, customerId: string, book: Book) => unknown;

const EVENTS: readonly Event[] = [
  async (at, customerId, { random }) => {
    const customer = { customerId, ...some(at, random) }; // of chance before the first answer, so that a seed says it all
    const [{ version } = { version: 0 }] = await find(at, customers, [customerId]);
    const request = UpdateCustomerRequest.fromPartial({
      customer,
      updateMask: ["addresses", "industry", "birth_date", "custom"],
      etag: String(version),
    });
    return handle(updateCustomer, request, at);
  },
  (at, customerId) => handle(addTags, AddTagsRequest.fromPartial({ customerId, tags: ["vip"] }), at),
  (at, customerId) => handle(removeTags, RemoveTagsRequest.fromPartial({ customerId, tags: ["vip"] }), at),
  (at, customerId, { random }) => {
    const traits = [{ key: "interest", value: random.one(["golf", "tea"]), provenance: Provenance.DECLARED }];
    return handle(recordTraits, RecordTraitsRequest.fromPartial({ customerId, traits }), at);
  },
  (at, customerId) => handle(archiveCustomer, ArchiveCustomerRequest.fromPartial({ customerId }), at),
  (at, customerId) => handle(restoreCustomer, RestoreCustomerRequest.fromPartial({ customerId }), at),
  buy,
  buy,
  buy,
  (at, _, { random, orders }) => {
    for (const { orderId, customerId } of orders.splice(random.below(orders.length + 1), 1)) {
      remove(at, purchases, [orderId]);
      checkLater(at, [customerId]);
    }
  },
];

function buy(at: At, customerId: string, { random, orders }: Book): void {
  const orderId = randomUUID();
  orders.push({ orderId, customerId });
  copy(at, purchases, [
    {
      orderId,
      customerId,
      orderNumber: "",
      creditNote: random.often(0.1),
      currencyCode: random.one(["CNY", "CNY", "USD"]),
      orderDate: addDays(at.today, -random.one([0, 0, 1, 29, 30, 60, 89, 90, 200, 364, 365])),
      orderTime: null,
      netMicros: BigInt(random.below(200)) * 1_000_000n,
      costMicros: 0n,
      marginMicros: BigInt(random.below(200)) * 1_000_000n,
      linesWithoutCost: 0,
      products: [],
      version: 1,
    },
  ]);
  checkLater(at, [customerId]);
}

/** Something happens to some of the customers. */
async function happen(book: Book): Promise<void> {
  const { random, customerIds } = book;
  const chosen = customerIds.filter(() => random.often(0.6));
  book.events += chosen.length;
  await book.run((at) => Promise.all(chosen.map((customerId) => random.one(EVENTS)(at, customerId, book))));
}

/** Time passes: to the very moment that something is due, to shortly before, or somewhere. */
async function pass(book: Book): Promise<void> {
  const [next] = await book.run((at) =>
    built<{ due: Date | null }>(at, { text: "select min(due_time) as due from customer_checks", values: [] }),
  );
  const somewhere = book.now.getTime() + book.random.below(120 * 24) * HOUR;
  const due = next?.due?.getTime() ?? somewhere;
  const to = book.random.one([due, due - SECOND, somewhere, due + 24 * HOUR]);
  book.now = new Date(Math.max(to, book.now.getTime()));
}

const MOST_ROUNDS = 50;

/** As the job goes round until nothing is due. */
async function settle(book: Book): Promise<void> {
  for (let rounds = 0; rounds < MOST_ROUNDS; rounds++) {
    const due = await book.run((at) => dueCustomers(at, 200));
    if (due.length === 0) return;
    await book.run((at) => check(at, due));
  }
  throw new Error("customers are due without end");
}

const LEAVES: readonly ((random: Chance) => string)[] = [
  (random) => `region_code ${random.one(["==", "!="])} "${random.one(["CN", "DE"])}"`,
  (random) => `industry in ["${random.one(["tea", "silk"])}", "ink"]`,
  () => "has(industry)",
  (random) => `age ${random.one([">=", "<", "=="])} ${38 + random.below(4)}`,
  () => '"vip" in tags',
  (random) => `"interest:${random.one(["golf", "tea"])}" in traits`,
  (random) => `orders_${random.one(["30d", "90d", "365d"])} ${random.one([">=", "=="])} ${random.below(3)}`,
  (random) => `order_count < ${random.below(4)}`,
  (random) => `last_order_date ${random.one(["<", ">="])} today - duration("${24 * random.below(100)}h")`,
  (random) => `first_order_date == today - duration("${24 * random.below(3)}h")`,
  (random) => `create_time ${random.one(["<", ">="])} now - duration("${random.below(2000)}h")`,
  (random) => `update_time < now - duration("${random.below(500)}h")`,
  (random) => `revenue_365d >= ${random.below(300)}.5`,
  (random) => `margin < ${random.below(300)}`,
  (random) => `custom.size >= ${random.below(5)}`,
  (random) =>
    `custom.since ${random.one(["<", ">"])} now ${random.one(["-", "+"])} duration("${random.below(300)}h")`,
  (random) => `custom.until in [today, today + duration("${24 * random.below(30)}h")]`,
  () => 'display_name.startsWith("张")',
  () => 'lifecycle_stage != "PROSPECT"',
  (random) => `birth_date <= today - duration("${24 * 365 * (38 + random.below(3))}h")`,
];

function someCondition(random: Chance, depth = 0): string {
  if (depth > 1 || random.often(0.4)) return random.one(LEAVES)(random);
  const sub = () => someCondition(random, depth + 1);
  return random.often(0.2) ? `!(${sub()})` : `(${sub()} ${random.one(["&&", "||"])} ${sub()})`;
}

async function draw(book: Book, name: string): Promise<void> {
  const segment = { name, condition: someCondition(book.random) };
  const request = CreateSegmentRequest.fromPartial({ segment });
  const { segmentId } = await book.run((at) => handle(createSegment, request, at));
  while (await book.run((at) => buildSome(at, segmentId)));
}

/** One of the segments has another condition. */
async function drawAnew(book: Book): Promise<void> {
  const before = book.random.one(await book.run(keptSegments));
  const segment = { segmentId: before.segmentId, condition: someCondition(book.random) };
  const request = UpdateSegmentRequest.fromPartial({ segment, etag: String(before.version) });
  await book.run((at) => handle(updateSegment, request, at));
  while (await book.run((at) => buildSome(at, before.segmentId)));
}

const MEMBERS =
  "select customer_id as id from segment_memberships where segment_id = $1 and member order by 1";

/** Everything counted anew and asked in SQL, and then taken back. */
const compare = (book: Book, seed: number, round: number): Promise<number> =>
  book.run(async (at) => {
    await refreshFacts(at, book.customerIds);
    const found = await keptSegments(at);
    const compared = found.map(async ({ segmentId, condition: text }) => {
      const condition = await compileCondition(at, text, "condition");
      const { text: rows, values } = rowsOf({ condition }, at);
      const [members, wanted] = await Promise.all([
        built<{ id: string }>(at, { text: MEMBERS, values: [segmentId] }),
        built<{ id: string }>(at, { text: `select customer_id as id from ${rows} order by 1`, values }),
      ]);
      const [is, should] = [members, wanted].map((list) => list.map(({ id }) => id).join(" "));
      const place = `seed ${seed}, round ${round}, ${at.now.toISOString()}: ${text}`;
      if (is !== should) throw new Error(`${place}\nis     ${is}\nshould ${should}`);
    });
    await Promise.all(compared);
    return found.length;
  }, true);
