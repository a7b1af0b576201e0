// The comparison that follows every accident, held against a relay that is broken on purpose: it must see it.
import { Customer, Customer_Kind } from "@guanxi/contract/guanxi/customer/v1/customer";
import { CustomerServiceService } from "@guanxi/contract/guanxi/customer/v1/customer_service";
import {
  AddTagsRequest,
  BatchGetCustomersRequest,
  CreateCustomerRequest,
} from "@guanxi/contract/guanxi/customer/v1/customer_requests";
import { startService, type TestUser } from "@guanxi/testkit/service";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { customer } from "../../services/customer/src/app.ts";
import { type Answered, answeredOf, compare } from "./comparison.ts";
import { leadNaively } from "./naive-relay.ts";
import { LONG } from "./rig.ts";
import { lastSequence, readStream } from "./stream.ts";

const TYPE = "guanxi.customer.v1.Customer";
const WRITERS = 30;
const HOT_ROWS = 50;
const TENANTS = 10;
const TURNS = 40; // changes by each writer

let service: Awaited<ReturnType<typeof startService>>;

beforeAll(async () => {
  service = await startService(customer, { DATABASE_POOL_SIZE: "40" });
  // Commits that take different times, as on a disk that others use too. The position has been given before. Some take a second:
  // on a machine with much to do the naive relay looks that seldom.
  await service.admin.query(`
    create function customer.slow_disk() returns trigger language plpgsql
      as $$ begin perform pg_sleep(case when random() < 0.02 then 1 else random() * 0.03 end); return null; end $$;
    create trigger slow_disk after insert on customer.outbox execute function customer.slow_disk();`);
}, 60_000);
afterAll(() => service?.stop());

test("what the true relay tells under this load is the truth", { timeout: 120_000 }, async () => {
  const people = await write();
  await service.settled();
  expect(await findings(people)).toEqual({ lost: [], disordered: [], differing: [] });
});

test("a relay that asks for what is behind its last position is caught", { timeout: 120_000 }, async () => {
  const naive = await leadNaively({ ...service.database, service: "customer", natsUrl: service.nats.url });
  const people = await write();
  await atRest();
  const { lost } = await findings(people); // while the true relay stands by: it would tell what is missing
  await naive.stop();
  expect(lost.length).toBeGreaterThan(0);
  process.stdout.write(
    `the naive relay lost events of ${lost.length} of ${HOT_ROWS} customers: ${lost[0]}\n`,
  );
});

/** Thirty writers on fifty rows. Many tenants, since the requests of one are gathered into few transactions. */
async function write(): Promise<TestUser[]> {
  const people: TestUser[] = [];
  while (people.length < TENANTS) people.push(await service.user());
  const rows = await Promise.all(
    Array.from({ length: HOT_ROWS }, async (_, index) => {
      const person = people[index % people.length]!;
      const fresh = { customer: { kind: Customer_Kind.ORGANISATION, displayName: `Hot ${index}` } };
      const request = CreateCustomerRequest.fromPartial(fresh);
      const { customerId } = await person.call(CustomerServiceService.createCustomer, request);
      return { person, customerId };
    }),
  );
  const writer = async (number: number) => {
    for (let turn = 0; turn < TURNS; turn++) {
      const { person, customerId } = rows[(number * 7 + turn * 13) % rows.length]!;
      const request = AddTagsRequest.fromPartial({ customerId, tags: [`${number} ${turn}`] });
      await person.call(CustomerServiceService.addTags, request).catch(busy);
    }
  };
  await Promise.all(Array.from({ length: WRITERS }, (_, number) => writer(number)));
  return people;
}

/** Some wait longer for a row than the database lets them, and had no effect. */
function busy(error: { code: string }): void {
  if (error.code !== "UNAVAILABLE" && error.code !== "ABORTED") throw error;
}

/** The naive relay has no more to say. */
async function atRest(): Promise<void> {
  let last = -1;
  await vi.waitFor(
    async () => {
      const before = last;
      last = await lastSequence(service.nats.url);
      expect(last).toBe(before);
    },
    { ...LONG, interval: 1_000 },
  );
}

async function findings(people: readonly TestUser[]) {
  const answered: Answered[] = [];
  for (const { tenantId, call } of people) {
    const text = "select customer_id as id from customers where tenant_id = $1";
    const { rows } = await service.admin.query<{ id: string }>(text, [tenantId]);
    const request = BatchGetCustomersRequest.fromPartial({ customerIds: rows.map(({ id }) => id) });
    const { customers } = await call(CustomerServiceService.batchGetCustomers, request);
    answered.push(...customers.map((each) => answeredOf(TYPE, Customer.encode(each).finish())));
  }
  expect(answered.length).toBe(HOT_ROWS);
  const tenants = people.map(({ tenantId }) => tenantId);
  const told = (await readStream(service.nats.url)).filter(({ meta }) => tenants.includes(meta.tenantId));
  return compare(told, answered, TYPE);
}
