import { startService } from "@guanxi/testkit/service";
import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeEach, expect, test, vi } from "vitest";
import { type Again, type Context, app, type DueJob, type JobContext } from "../src/app.ts";
import { enqueue } from "../src/enqueue.ts";
import { startJobs } from "../src/jobs.ts";

let work: (job: DueJob & { readonly name: string }) => Promise<Again | void>;
let context: Context;

const chores = app({
  name: "chores",
  settings: {},
  migrations: [],
  readers: [],
  jobs: ["chore", "errand"].map((name) => ({ name, run: (job) => work({ ...job, name }) })),
  open(given) {
    context = given;
    return { services: [] };
  },
});

const service = await startService(chores);
afterAll(() => service.stop());
beforeEach(() => void (work = async () => undefined));

async function due(tenantId: string, subjectId: string = randomUUID(), dueTime?: Date): Promise<string> {
  const as = { tenantId, actor: "chores/test", timeZone: "UTC", currencyCode: "CNY" };
  await context.act(as, async (at) => enqueue(at, "chore", subjectId, dueTime));
  return subjectId;
}

async function until(is: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 20_000; !(await is()); await pause(10))
    if (Date.now() > end) throw new Error("it did not come to that");
}

async function left() {
  const { rows } = await service.admin.query("select subject_id, attempts, error, due_time from jobs");
  return rows as { subject_id: string; attempts: number; error: string | null; due_time: Date }[];
}

test("what is due is done once and forgotten, what is not yet due waits", async () => {
  const done: DueJob[] = [];
  work = async (job) => void done.push(job);
  const tenant = randomUUID();
  const now = await due(tenant);
  const later = await due(tenant, undefined, new Date(Date.now() + 3_600_000));
  await until(async () => (await left()).length === 1);
  expect(done).toMatchObject([{ tenantId: tenant, subjectId: now, attempts: 0 }]);
  expect(await left()).toMatchObject([{ subject_id: later }]);
  await due(tenant, later);
  await until(async () => (await left()).length === 0);
  expect(done.map(({ subjectId }) => subjectId)).toEqual([now, later]);
});

test("what fails is tried again, later each time, and says why", async () => {
  const attempts: number[] = [];
  work = async (job) => {
    attempts.push(job.attempts);
    if (job.attempts < 2) throw new Error("not yet");
  };
  await due(randomUUID());
  await until(() => attempts.length === 1);
  await until(async () => (await left())[0]?.error === "Error: not yet");
  await until(async () => (await left()).length === 0);
  expect(attempts).toEqual([0, 1, 2]);
});

test("asked for while it runs, it is done once more; a time says when it is due again", async () => {
  let turns = 0;
  const tenant = randomUUID();
  const subject = randomUUID();
  work = async () => {
    turns += 1;
    if (turns === 1) await due(tenant, subject);
    return turns === 2 ? { again: new Date() } : undefined;
  };
  await due(tenant, subject);
  await until(async () => turns >= 3 && (await left()).length === 0);
  expect(turns).toBe(3);
});

test("a process whose clock is ahead puts nothing off that is due again in a moment", async () => {
  let turns = 0;
  work = async () => ((turns += 1) < 3 ? { afterMs: 50 } : undefined);
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 3_600_000 });
  await due(randomUUID());
  await vi.waitFor(async () => expect(await left()).toEqual([]), { timeout: 10_000 });
  vi.useRealTimers();
  expect(turns).toBe(3);
});

test("many short ones follow one another without a pause", async () => {
  let done = 0;
  work = async () => void (done += 1);
  const tenant = randomUUID();
  await context.act(
    { tenantId: tenant, actor: "chores/test", timeZone: "UTC", currencyCode: "CNY" },
    async (at) => {
      for (let n = 0; n < 600; n += 1) enqueue(at, "chore", randomUUID());
    },
  );
  await until(async () => (await left()).length === 0); // within 20 s, for which two in 100 ms were not enough
  expect(done).toBe(600);
}, 40_000);

test("many of one name let another name of the same tenant have its turn", async () => {
  const order: string[] = [];
  work = async ({ name }) => {
    order.push(name);
    await pause(20);
  };
  const as = { tenantId: randomUUID(), actor: "chores/test", timeZone: "UTC", currencyCode: "CNY" };
  await context.act(as, async (at) => {
    for (let n = 0; n < 60; n += 1) enqueue(at, "chore", randomUUID(), new Date(Date.now() - 60_000));
    enqueue(at, "errand", randomUUID());
  });
  await until(async () => (await left()).length === 0);
  expect(order.indexOf("errand")).toBeLessThan(10);
});

test("two at once, and a tenant with much to do lets another have its turn", async () => {
  const [many, one] = [randomUUID(), randomUUID()];
  const order: string[] = [];
  let under = 0;
  work = async ({ tenantId }) => {
    order.push(tenantId);
    expect((under += 1)).toBeLessThanOrEqual(2);
    await pause(150);
    under -= 1;
  };
  await Promise.all(Array.from({ length: 8 }, () => due(many)));
  await until(() => order.length > 0);
  await due(one);
  await until(async () => (await left()).length === 0);
  expect(order.indexOf(one)).toBeLessThan(6);
});

test("a process that stops leaves its job due; two of them never have the same one", async () => {
  const done: string[] = [];
  const runner = () =>
    startJobs({
      service: "chores",
      databaseUrl: service.database.urlOf("relay"),
      jobs: [{ name: "chore", run: (job) => work({ ...job, name: "chore" }) }],
      context: {} as JobContext,
      onError: () => undefined,
    });
  const others = [runner(), runner()];
  const tenants = Array.from({ length: 20 }, () => randomUUID());
  work = async ({ subjectId, signal }) => {
    await pause(60, undefined, { signal });
    done.push(subjectId);
  };
  const subjects = await Promise.all(tenants.map((tenant) => due(tenant)));
  await until(() => done.length >= 4);
  await others[0]!.stop();
  await until(async () => (await left()).length === 0);
  await others[1]!.stop();
  expect(done.toSorted()).toEqual(subjects.toSorted());
});

test("a process that stops in the middle of much that is due takes nothing more", async () => {
  const as = { tenantId: randomUUID(), actor: "chores/test", timeZone: "UTC", currencyCode: "CNY" };
  await context.act(as, async (at) => {
    for (let n = 0; n < 30; n += 1) enqueue(at, "haul", randomUUID());
  });
  let begun = 0;
  const hauler = startJobs({
    service: "chores",
    databaseUrl: service.database.urlOf("relay"),
    jobs: [
      {
        name: "haul",
        async run({ signal }) {
          begun += 1;
          if (begun === 5) void hauler.stop();
          signal.throwIfAborted();
        },
      },
    ],
    context: {} as JobContext,
    onError: () => undefined,
  });
  await until(() => begun >= 5);
  await hauler.stop();
  expect(begun).toBeLessThan(10);
  expect((await left()).length).toBeGreaterThan(20);
  await service.admin.query("delete from jobs where name = 'haul'");
});

test("whoever loses the session is told to stop, and the job is taken up anew", async () => {
  const ends: string[] = [];
  work = async ({ signal }) => {
    if (ends.length > 0) return void ends.push("done");
    await pause(10_000, undefined, { signal }).catch(() => ends.push("stopped"));
    signal.throwIfAborted();
  };
  await due(randomUUID());
  await until(async () => (await left()).length === 1);
  await pause(300);
  await service.admin.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'chores jobs' and datname = current_database()",
  );
  await until(async () => (await left()).length === 0);
  expect(ends).toEqual(["stopped", "done"]);
});
