import { Import_State } from "@guanxi/contract/guanxi/imports/v1/import";
import type { TestUser } from "@guanxi/testkit/service";
import { TEST_ISSUER } from "@guanxi/testkit/tokens";
import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { afterAll, afterEach, expect, test } from "vitest";
import { pace } from "./goods-app.ts";
import { counts, csv, productRows, startGoods } from "./goods.ts";

const goods = await startGoods();
const children: ChildProcess[] = [];
afterEach(() => {
  pace.ms = 0;
  for (const child of children.splice(0)) child.kill("SIGKILL");
});
afterAll(() => goods.stop());

const ROWS = 2_300;
/** Some rows come twice, some are refused: an interruption must not count them again. */
const rows = productRows(ROWS).map((row, index) => {
  if (index % 500 === 7) return { ...row, Price: "much" };
  return index % 700 === 9 ? productRows(1, index - 3)[0]! : row;
});

async function begin(user: TestUser, file: string | Buffer = csv(rows)): Promise<string> {
  const { importId } = await goods.create(user);
  await goods.upload(user, importId, file);
  await goods.run(user, importId);
  return importId;
}

const hasBegun = (user: TestUser, importId: string) =>
  goods.until(user, importId, ({ counts }) => counts!.readRows > 0n);

async function outcome(user: TestUser, importId: string) {
  const it = await goods.ended(user, importId);
  const events = await goods.events(user.tenantId);
  return {
    state: it.state,
    counts: counts(it),
    products: await goods.products(user),
    events: events.length,
    aggregates: new Set(events.map(({ meta }) => meta.aggregateId)).size,
    failures: await goods.failures(user, importId),
  };
}

let found: ReturnType<typeof outcome> | undefined;

/** The same for all tests, so it is found out once. */
function undisturbed() {
  found ??= goods.user().then(async (lin) => outcome(lin, await begin(lin)));
  return found;
}

const cut = (application: string) =>
  goods.admin.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1 and datname = current_database()",
    [application],
  );

const KILLS = {
  restart: () => goods.restart(),
  jobs: () => cut("goods jobs"),
  app: () => cut("guanxi goods"),
};

test("whatever is killed, in any order, the rows are written once each", async () => {
  const expected = await undisturbed();
  const kill = fc.record({
    what: fc.constantFrom("restart", "jobs", "app"),
    after: fc.integer({ min: 0, max: 150 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(kill, { minLength: 1, maxLength: 4 }), async (kills) => {
      pace.ms = 30;
      const lin = await goods.user();
      const importId = await begin(lin);
      for (const { what, after } of kills) {
        await pause(after);
        await KILLS[what]();
      }
      expect(await outcome(lin, importId)).toEqual(expected);
    }),
    { numRuns: 4 },
  );
}, 240_000);

test("a process that is killed leaves its imports to another at once", async () => {
  const expected = await undisturbed();
  const child = await startChild();
  pace.ms = 100;
  const people = await Promise.all(Array.from({ length: 3 }, () => goods.user()));
  // Each process takes two at once, so that some are the other's.
  const imports = await Promise.all(people.map((person) => begin(person)));
  await Promise.all(people.map((person, index) => hasBegun(person, imports[index]!)));
  child.kill("SIGKILL");
  pace.ms = 0;
  for (const [index, person] of people.entries())
    expect(await outcome(person, imports[index]!)).toEqual(expected);
}, 240_000);

async function startChild(): Promise<ChildProcess> {
  const child = fork(join(import.meta.dirname, "goods-process.ts"), {
    execArgv: ["--conditions=source"],
    env: {
      ...process.env,
      PACE_MS: "100",
      DATABASE_URL: goods.database.urlOf("app"),
      DATABASE_RELAY_URL: goods.database.urlOf("relay"),
      NATS_URL: goods.nats.url,
      GRPC_PORT: "0",
      MANAGEMENT_PORT: "0",
      TOKEN_ISSUER: TEST_ISSUER,
      TOKEN_KEYS_URL: goods.keys.url,
    },
  });
  children.push(child);
  await once(child, "message");
  return child;
}

test("an undo that is interrupted takes everything back all the same", async () => {
  const lin = await goods.user();
  const { importId } = await goods.take(lin, csv(productRows(ROWS)));
  await goods.undo(lin, importId);
  for (const kill of [KILLS.jobs, KILLS.app, KILLS.restart, KILLS.jobs]) {
    await pause(40);
    await kill();
  }
  const { state, undoCounts } = await goods.ended(lin, importId);
  expect([state, Number(undoCounts!.removedRecords)]).toEqual([Import_State.UNDONE, ROWS]);
  expect(await goods.products(lin)).toEqual([]);
  expect(await goods.events(lin.tenantId)).toHaveLength(2 * ROWS);
}, 120_000);

test("cancelled, it stops and keeps what it wrote; run again, it goes on where it stopped", async () => {
  const expected = await undisturbed();
  pace.ms = 50;
  const lin = await goods.user();
  const importId = await begin(lin);
  await hasBegun(lin, importId);
  const cancelled = await goods.cancel(lin, importId);
  expect(cancelled.state).toBe(Import_State.CANCELLED);
  await pause(300);
  const still = await goods.get(lin, importId);
  expect(still.counts).toEqual(cancelled.counts);
  expect(Number(still.counts!.readRows)).toBeLessThan(ROWS);
  expect(await goods.products(lin)).toHaveLength(Number(still.counts!.createdRecords));
  await goods.run(lin, importId);
  expect(await outcome(lin, importId)).toEqual(expected);
});

test("a file that breaks off ends in a failure that says where, and what came before is kept", async () => {
  const lin = await goods.user();
  const whole = gzipSync(csv(productRows(6_000)));
  const importId = await begin(lin, whole.subarray(0, whole.length >> 1));
  const it = await goods.ended(lin, importId);
  expect(it.state).toBe(Import_State.FAILED);
  expect(it.error).toMatch(/\w/);
  const { readRows, createdRecords } = counts(it);
  expect(readRows).toBeGreaterThan(1_000);
  expect(createdRecords).toBe(readRows);
  expect(await goods.products(lin)).toHaveLength(createdRecords!);
});

test("of two processes each row is written by one", async () => {
  const expected = await undisturbed();
  await startChild();
  const people = await Promise.all(Array.from({ length: 3 }, () => goods.user()));
  const imports = await Promise.all(people.map((person) => begin(person)));
  for (const [index, person] of people.entries())
    expect(await outcome(person, imports[index]!)).toEqual(expected);
}, 240_000);
