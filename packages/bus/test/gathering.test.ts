// Requests that share a transaction, on a real server: what becomes of each when another has to wait, is refused, or
// nobody says what came of COMMIT.
import { openDb, type Db } from "@guanxi/kit/db";
import { type Answer, gatherer, type Job } from "@guanxi/kit/group";
import { refuse } from "@guanxi/kit/refuse";
import { testDatabase } from "@guanxi/testkit/database";
import { randomUUID } from "node:crypto";
import { connect, createServer, type Server } from "node:net";
import { Client } from "pg";
import { afterAll, beforeEach, expect, inject, test } from "vitest";
import { teamsApp } from "./teams-app.ts";

const database = await testDatabase(inject("adminUrl"), teamsApp);
const admin = new Client({ connectionString: database.adminUrl, options: "-c search_path=teams" });
await admin.connect();
const line = await lineTo(database.urlOf("app"));
const db = await openDb({ service: "teams", url: line.url });
afterAll(async () => {
  await db.close();
  line.server.close();
  await admin.end();
});
beforeEach(async () => void (await admin.query("truncate greetings")));

type Work = Job["handle"];

/** All in one turn of the event loop. */
function together(works: readonly Work[], through: Db = db): Promise<PromiseSettledResult<Answer>[]> {
  const run = gatherer(through);
  const tenantId = randomUUID();
  return Promise.allSettled(works.map((handle) => run(jobOf(tenantId, handle))));
}

const jobOf = (tenantId: string, handle: Work): Job => ({
  kind: "command",
  method: "teams/test",
  right: { resource: "", action: "" },
  context: {
    tenantId,
    principal: { kind: "service", id: "teams/test", name: "teams/test" },
    cause: { correlationId: "", causationId: "", hops: 0 },
    now: new Date(),
    today: "2026-01-31",
    timeZone: "UTC",
    currencyCode: "CNY",
    check: (_codec, message) => message,
  },
  handle,
  encode: () => Buffer.alloc(0),
  decode: (bytes) => bytes,
});

const INSERT = "insert into greetings (team_id, display_name) values ($1, $2)";
const greeting = (name: string, text = INSERT) => ({ text, values: [randomUUID(), name] });

async function greeted(): Promise<string[]> {
  const { rows } = await admin.query("select display_name from greetings order by greeting_id");
  return (rows as { display_name: string }[]).map(({ display_name }) => display_name);
}

/** A way to the server that can break where a COMMIT has been sent and its answer has not yet come. */
async function lineTo(url: string) {
  const { hostname, port } = new URL(url);
  const breaking = { next: false, broken: 0 };
  const server: Server = createServer((near) => {
    const far = connect(Number(port), hostname);
    const end = () => [near, far].forEach((one) => void one.destroy());
    near.on("data", (bytes) => {
      if (breaking.next && bytes.includes("commit\0")) {
        Object.assign(breaking, { next: false, broken: breaking.broken + 1 });
        far.removeAllListeners("data").on("data", (answer) => answer.includes("COMMIT\0") && end());
      }
      far.write(bytes);
    });
    far.on("data", (bytes) => near.write(bytes));
    for (const one of [near, far]) one.on("error", end).on("close", end);
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  const near = new URL(url);
  near.port = String((server.address() as { port: number }).port);
  return { server, url: near.href, breaking };
}

test("where nobody says what came of COMMIT, nothing is done again, and each learns that it is open", async () => {
  line.breaking.next = true;
  const names = Array.from({ length: 50 }, (_, n) => `${n}`);
  const all = await together(names.map((name) => async (at) => at.tell(greeting(name))));
  expect(line.breaking.broken).toBe(1);
  expect(all.map(({ status }) => status)).toEqual(names.map(() => "rejected"));
  expect(await greeted()).toEqual(names);
});

test("one that the rules refuse beside it, or that waits for a row, has its own answer though COMMIT has none", async () => {
  line.breaking.next = true;
  const all = await together([
    async (at) => {
      at.claim("row");
      at.tell(greeting("first"));
    },
    async (at) => {
      at.claim("row");
      at.tell(greeting("second"));
    },
    async () => {
      throw refuse("precondition", "NOT_NOW");
    },
  ]);
  expect(all.map(({ status }) => status)).toEqual(["rejected", "fulfilled", "rejected"]);
  expect(all[2]).toMatchObject({ reason: { reason: "NOT_NOW" } });
  expect(await greeted()).toEqual(["first", "second"]);
});

test("what a request has written by a question goes with it when it is refused afterwards", async () => {
  const all = await together([
    async (at) => {
      await at.ask(greeting("refused", `${INSERT} returning greeting_id`));
      throw refuse("precondition", "NOT_NOW");
    },
    async (at) => {
      await at.ask(greeting("also refused", `with w as (${INSERT}) select 1`));
      throw refuse("precondition", "NOT_NOW");
    },
    async (at) => at.tell(greeting("kept")),
  ]);
  expect(all.map(({ status }) => status)).toEqual(["rejected", "rejected", "fulfilled"]);
  expect(await greeted()).toEqual(["kept"]);
});

test("what only reads and is refused takes nobody's transaction with it", async () => {
  let runs = 0;
  await together([
    async (at) => {
      await at.ask({ text: "select 1 from teams where team_id = $1 for update", values: [randomUUID()] });
      throw refuse("precondition", "NOT_NOW");
    },
    async (at) => {
      runs += 1;
      await at.ask({ text: "select 1" });
      at.tell(greeting("kept"));
    },
  ]);
  expect([runs, await greeted()]).toEqual([1, ["kept"]]);
});

test("of 64 that want one row each is begun twice at most, and all are done", async () => {
  let runs = 0;
  const names = Array.from({ length: 64 }, (_, n) => `${n}`);
  const all = await together(
    names.map((name) => async (at) => {
      runs += 1;
      at.claim("row");
      at.tell(greeting(name));
    }),
  );
  expect(all.map(({ status }) => status)).toEqual(names.map(() => "fulfilled"));
  expect(await greeted()).toEqual(names);
  expect(runs).toBe(1 + 2 * 63);
});

test("pairs that want a row each are two transactions: those that have waited share one again", async () => {
  const names = Array.from({ length: 40 }, (_, n) => `${n}`);
  const transactions = new Set<string>();
  const all = await together(
    names.map((name, index) => async (at) => {
      at.claim(`row ${index % 20}`);
      const [row] = await at.ask({ text: "select pg_current_xact_id()::text as id" });
      at.tell(greeting(name));
      transactions.add(row!.id as string);
    }),
  );
  expect(all.map(({ status }) => status)).toEqual(names.map(() => "fulfilled"));
  expect(await greeted()).toEqual(names);
  expect(transactions.size).toBe(2);
});

test("those that want one row only after others have been had come through as well", async () => {
  const names = Array.from({ length: 12 }, (_, n) => `${n}`);
  const all = await together(
    names.map((name, index) => async (at) => {
      at.claim(`row ${index % 4}`);
      at.claim("all");
      at.tell(greeting(name));
    }),
  );
  expect(all.map(({ status }) => status)).toEqual(names.map(() => "fulfilled"));
  expect((await greeted()).toSorted()).toEqual(names.toSorted());
});
