import { queryCustomerCounts } from "@guanxi/client/gen/guanxi";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { answeredOf, compare, distinct } from "./comparison.ts";
import { allCustomers } from "./customers.ts";
import { LONG, startSystem, type System } from "./rig.ts";
import { readStream } from "./stream.ts";
import { startWriters, type Writers } from "./writers.ts";

const VICTIMS = ["customer", "gateway", "identity", "analytics", "nats", "postgres"];
const WRITERS = 8;
const BETWEEN = 40; // writes that are acknowledged after each murder, before the next

let system: System;
let writers: Writers;

beforeAll(async () => {
  system = await startSystem();
  writers = startWriters(WRITERS);
}, 120_000);
afterAll(() => system?.stop(), 60_000);

test.each(VICTIMS)("work goes on after kill -9 of %s", { timeout: 180_000 }, async (victim) => {
  await progress();
  const before = writers.acknowledged();
  await system.murder(victim);
  await progress();
  expect(writers.acknowledged()).toBeGreaterThanOrEqual(before + BETWEEN);
});

function progress(): Promise<true> {
  const goal = writers.acknowledged() + BETWEEN;
  return vi.waitUntil(() => writers.acknowledged() >= goal, LONG);
}

test("all writers have their answers, nothing is left over, nothing was put aside", {
  timeout: 180_000,
}, async () => {
  await writers.stop();
  await system.settled();
  for (const service of ["identity", "customer", "sales", "analytics"]) {
    expect(await system.sql(`select * from ${service}.outbox`), service).toEqual([]);
    expect(await system.sql(`select * from ${service}.dead_letters`), service).toEqual([]);
  }
});

test("what was acknowledged happened once, and what was refused never", async () => {
  const events = distinct(await readStream(system.natsUrl)).filter(({ area }) => area === "customer");
  const byKey = Map.groupBy(events, ({ meta }) => meta.causationId);
  const told = writers.outcomes.map(({ key }) =>
    (byKey.get(key) ?? []).map(({ type, meta }) => `${type} ${meta.aggregateId} ${meta.version}`),
  );
  const promised = writers.outcomes.map(({ type, answer }) =>
    answer ? [`${type} ${answer.customerId} ${answer.etag}`] : [],
  );
  expect(told).toEqual(promised);
  expect(events.length).toBe(writers.acknowledged());
  process.stdout.write(
    `${writers.acknowledged()} writes acknowledged, ${writers.outcomes.length - writers.acknowledged()} refused, ` +
      `${writers.again()} asked again, ${VICTIMS.length} kills, ${events.length} events\n`,
  );
});

test("the stream has each customer's versions without a gap, and their fold is what is answered", async () => {
  const answered = (await allCustomers(system)).map((each) =>
    answeredOf("guanxi.customer.v1.Customer", each),
  );
  const findings = compare(await readStream(system.natsUrl), answered, "guanxi.customer.v1.Customer");
  expect(findings).toEqual({ lost: [], disordered: [], differing: [] });
  const rows = await system.sql<{ id: string; version: number }>(
    "select customer_id as id, version from customer.customers order by 1",
  );
  const versions = answered.map(({ id, version }) => ({ id, version }));
  expect(versions.toSorted((a, b) => (a.id < b.id ? -1 : 1))).toEqual(rows);
});

test("analytics counts what customer holds", async () => {
  const { rows } = await queryCustomerCounts({
    groupBy: ["DIMENSION_STAGE", "DIMENSION_GRADE", "DIMENSION_SOURCE", "DIMENSION_DAY"],
  });
  const source = await system.sql(`
    select 'LIFECYCLE_STAGE_' || lifecycle_stage as stage, 'GRADE_' || coalesce(grade, 'UNSPECIFIED') as grade,
      'CHANNEL_' || coalesce(source_channel, 'UNSPECIFIED') as source,
      to_char(create_date, 'FMYYYY-FMMM-FMDD') as day, count(*)::int as count
    from customer.customers where state = 'ACTIVE' group by 1, 2, 3, 4`);
  const day = ({ year, month, day }: { year?: number; month?: number; day?: number }) =>
    `${year}-${month}-${day}`;
  expect(rows.map((row) => ({ ...row, day: day(row.day ?? {}) }))).toEqual(expect.arrayContaining(source));
  expect(rows.length).toBe(source.length);
});
