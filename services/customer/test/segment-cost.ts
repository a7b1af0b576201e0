// What it costs to look at customers that have changed, in a book of any size.
import { randomUUID } from "node:crypto";
import { Customer_Kind } from "@guanxi/contract/guanxi/customer/v1/customer";
import { CreateCustomerRequest } from "@guanxi/contract/guanxi/customer/v1/customer_requests";
import { CreateSegmentRequest } from "@guanxi/contract/guanxi/customer/v1/segment_service";
import type { At } from "@guanxi/kit/at";
import { type Ground, openGround } from "@guanxi/testkit/ground";
import { customer as service } from "../src/app.ts";
import { check } from "../src/checks/check-job.ts";
import { checkLater, dueCustomers } from "../src/checks/check-later.ts";
import { createCustomer } from "../src/customers/handlers/create-customer.ts";
import { createSegment } from "../src/segments/handlers/create-segment.ts";
import { handle } from "./handle.ts";

const SEGMENTS = 20;
const AT_ONCE = 200;
const ROUNDS = 25;
const ZONE = "Asia/Shanghai";

const COPIES = (columns: string) => `
insert into customers (customer_id, display_name, ${columns})
select gen_random_uuid(), 'customer ' || g, ${columns} from customers, generate_series(1, $1) g where tenant_id = $2`;

const ORDERS = `
insert into purchases (tenant_id, order_id, customer_id, order_number, credit_note, currency_code, order_date, net_micros,
  cost_micros, margin_micros, lines_without_cost, products, version)
select tenant_id, gen_random_uuid(), customer_id, '', false, 'CNY', current_date - (random() * 400)::int, 5, 3, 2, 0, '[]', 1
from customers cross join generate_series(1, 2)`;

/** The median time for one event, that is: to look at one customer whom it concerns, of twenty segments. */
export async function costAt(
  adminUrl: string,
  customers: number,
): Promise<{ customers: number; ms: number }> {
  const ground = await openGround(adminUrl, service);
  const { admin } = ground;
  const tenantId = randomUUID();
  const as = { tenantId, actor: "test", timeZone: ZONE, currencyCode: "CNY" };
  const run = <T>(work: (at: At) => Promise<T>) => ground.act(as, work);
  try {
    const sent = { kind: Customer_Kind.PERSON, displayName: "张三", industry: "tea" };
    await run((at) => handle(createCustomer, CreateCustomerRequest.fromPartial({ customer: sent }), at));
    await fill(admin, tenantId, customers - 1);
    for (let count = 0; count < SEGMENTS; count++) {
      const segment = {
        name: `segment ${count}`,
        condition: `orders_90d >= ${count % 3} && completeness >= ${count}`,
      };
      await run((at) => handle(createSegment, CreateSegmentRequest.fromPartial({ segment }), at));
    }
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round++) times.push(await time(run, admin));
    return { customers, ms: times.toSorted((a, b) => a - b)[ROUNDS >> 1]! / AT_ONCE };
  } finally {
    await ground.stop();
  }
}

async function fill(admin: Ground["admin"], tenantId: string, count: number): Promise<void> {
  const { rows } = await admin.query<{ names: string }>(
    `select string_agg(attname, ', ') as names from pg_attribute where attrelid = 'customers'::regclass and attnum > 0
     and not attisdropped and attname not in ('customer_id', 'display_name')`,
  );
  await admin.query(COPIES(rows[0]!.names), [count, tenantId]);
  await admin.query(ORDERS);
  await admin.query("analyze");
}

/** Some have changed, and are looked at as the job does: once for what nobody has seen of them yet, and once for the clock. */
async function time(run: <T>(work: (at: At) => Promise<T>) => Promise<T>, admin: Ground["admin"]) {
  const { rows } = await admin.query<{ id: string }>(
    "select customer_id as id from customers where customer_id > gen_random_uuid() order by customer_id limit $1",
    [AT_ONCE],
  );
  const ids = rows.map(({ id }) => id);
  const look = async () => {
    await run(async (at) => checkLater(at, ids));
    const begin = performance.now();
    await run(async (at) => check(at, await dueCustomers(at, AT_ONCE)));
    return performance.now() - begin;
  };
  await look();
  await run(async (at) => check(at, await dueCustomers(at, AT_ONCE))); // what the rules have changed
  return look();
}
