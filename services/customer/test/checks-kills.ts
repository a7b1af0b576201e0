// Two processes that look at customers, killed in turn while customers change and conditions too.
import { randomUUID } from "node:crypto";
import path from "node:path";
import { Customer_Kind } from "@guanxi/contract/guanxi/customer/v1/customer";
import { CreateCustomerRequest } from "@guanxi/contract/guanxi/customer/v1/customer_requests";
import {
  CreateSegmentRequest,
  UpdateSegmentRequest,
} from "@guanxi/contract/guanxi/customer/v1/segment_service";
import { CustomerChanged } from "@guanxi/contract/guanxi/customer/v1/customer_events";
import type { At } from "@guanxi/kit/at";
import { isPassing } from "@guanxi/kit/passing";
import { lock, record } from "@guanxi/kit/store";
import { type Chance, chance } from "@guanxi/testkit/chance";
import { type Ground, openGround, until } from "@guanxi/testkit/ground";
import { killInTurn } from "@guanxi/testkit/kill-in-turn";
import { saidOnce } from "@guanxi/testkit/said-once";
import { customer as service } from "../src/app.ts";
import { createCustomer } from "../src/customers/handlers/create-customer.ts";
import { customers } from "../src/customers/customers.ts";
import { createSegment } from "../src/segments/handlers/create-segment.ts";
import { updateSegment } from "../src/segments/handlers/update-segment.ts";
import { keptSegments } from "../src/segments/segments.ts";
import { handle } from "./handle.ts";

const PROGRAM = path.join(import.meta.dirname, "checks-process.ts");
const MOST_MS = 400;
const INDUSTRIES = ["tea", "silk", "ink"];

interface Killing {
  readonly customers: number;
  readonly kills: number;
  readonly seed: number;
}

export async function killChecks(adminUrl: string, { customers: count, kills, seed }: Killing) {
  const ground = await openGround(adminUrl, service);
  const { admin, env } = ground;
  const random = chance(seed);
  try {
    const book = await openBook(ground, count);
    const { running, underWay, complaints } = await killInTurn({
      ...{ file: PROGRAM, envs: [env, env], kills, admin, service: service.name, mostMs: MOST_MS },
      chance: random,
      release: () => change(book, random),
    });
    await until(async () => (await admin.query(UNFINISHED)).rowCount === 0);
    await Promise.all(running.map((one) => one.end("SIGTERM")));
    const wrong = (await admin.query(WRONG)).rowCount;
    const outOfTurn = (await admin.query(OUT_OF_TURN)).rowCount;
    return { wrong, outOfTurn, telling: await saidOnce(admin), underWay, complaints: complaints() };
  } finally {
    await ground.stop();
  }
}

const UNFINISHED = "select from jobs where due_time <= now() union all select from outbox";

// Members of a segment whose customer does not fulfil its condition, and the other way round.
const WRONG = `
select from segments s cross join customers c left join segment_memberships m using (segment_id, customer_id)
where coalesce(m.member, false) is distinct from coalesce(s.condition = 'industry == "' || c.industry || '"', false)`;

// Entering has an odd version, leaving an even one.
const OUT_OF_TURN = `
select from event_log where subject like '%.SegmentEntered.%' and version % 2 = 0
  or subject like '%.SegmentLeft.%' and version % 2 = 1`;

interface Book {
  readonly ids: readonly string[];
  run<T>(work: (at: At) => Promise<T>): Promise<T>;
}

async function openBook({ admin, act }: Ground, count: number): Promise<Book> {
  const tenantId = randomUUID();
  await admin.query("insert into tenant_settings values ($1, $1, 'Asia/Shanghai', 'CNY', 1)", [tenantId]);
  const as = { tenantId, actor: "test", timeZone: "Asia/Shanghai", currencyCode: "CNY" };
  const ids = await act(as, async (at) => {
    const made = Array.from({ length: count }, (_, number) => {
      const customer = { kind: Customer_Kind.PERSON, displayName: `客户${number}`, industry: "tea" };
      return handle(createCustomer, CreateCustomerRequest.fromPartial({ customer }), at);
    });
    return (await Promise.all(made)).map(({ customerId }) => customerId);
  });
  for (const industry of INDUSTRIES) {
    const segment = { name: industry, condition: `industry == "${industry}"` };
    await act(as, (at) => handle(createSegment, CreateSegmentRequest.fromPartial({ segment }), at));
  }
  return { ids, run: (work) => patiently(() => act(as, work)) };
}

/** As a caller does who is told that the rows are busy. */
async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!isPassing(error)) throw error;
    }
  }
}

/** Some customers change, and one of the conditions. */
async function change({ ids, run }: Book, random: Chance): Promise<void> {
  await run(async (at) => {
    const found = await lock(
      at,
      customers,
      ids.filter(() => random.often(0.5)),
    );
    const after = found.map((each) => ({ ...each, industry: random.one(INDUSTRIES) }));
    record(at, customers, after, CustomerChanged);
  });
  await run(async (at) => {
    const { segmentId, version } = random.one(await keptSegments(at));
    const segment = { segmentId, condition: `industry == "${random.one(INDUSTRIES)}"` };
    return handle(updateSegment, UpdateSegmentRequest.fromPartial({ segment, etag: String(version) }), at);
  });
}
