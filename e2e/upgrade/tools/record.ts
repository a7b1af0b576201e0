// Records a release: node --conditions=source e2e/upgrade/tools/record.ts NAME CHECKOUT [CUSTOMERS]
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import { setTimeout as pause } from "node:timers/promises";
import { tokenFor } from "@guanxi/client/send";
import { readRunning } from "@guanxi/local/data-folder";
import { signIdToken } from "@guanxi/local/issuer";
import { run } from "@guanxi/local/run";
import { secret } from "@guanxi/local/secrets";
import { Client } from "pg";
import { remembered } from "../../system/remembered.ts";
import { type Door, openDoor } from "../door.ts";
import { answers, type Asking, counts, type Figures, type Question, writeFixture } from "../fixture.ts";
import { found } from "./found.ts";
import { fill } from "./fill.ts";
import { countedOf, questionsFor } from "./questions.ts";

const MAJOR = "15"; // the oldest that is supported: what it dumps every newer one takes
const PEOPLE = ["lin", "mei"];
const READY_MS = 180_000;
const ROLES = "select rolname from pg_roles where rolname ~ '^[a-z]+_(owner|app|relay)$' order by rolname";

const [name, checkout, customers = "240"] = process.argv.slice(2);
if (!name || !checkout) throw new Error("say which release, and where it is checked out");
const folder = realpathSync(mkdtempSync(path.join(tmpdir(), "guanxi-record-")));
const env = { ...process.env, GUANXI_DATA: folder, GUANXI_PG: MAJOR, GUANXI_DEMO: "none" };
const bootstrap = path.join(checkout, "packages/local/bootstrap.mjs");
const runner = spawn(process.execPath, [bootstrap, "start"], { env, stdio: ["ignore", "pipe", "inherit"] });
const ended = once(runner, "close");
try {
  await ready();
  await recordIt(name, Number(customers));
} finally {
  runner.kill("SIGINT");
  await ended;
  rmSync(folder, { recursive: true, force: true });
}

async function ready(): Promise<void> {
  let said = "";
  runner.stdout.on("data", (data) => (said += String(data)));
  for (const until = Date.now() + READY_MS; !said.includes("Ready in"); await pause(200))
    if (Date.now() > until || runner.exitCode !== null)
      throw new Error(`${checkout} did not come up:\n${said}`);
}

async function recordIt(release: string, count: number): Promise<void> {
  const { ports, children } = readRunning(folder)!;
  await found(children.identity!.pid, path.join(checkout!, "services/identity"));
  const url = `http://127.0.0.1:${ports.gateway}`;
  const token = remembered(async (who) => tokenFor(url, await signIdToken(folder, who)));
  const door = (who: string) => openDoor(url, () => token(who));
  if (ports.sales) await seed(door("lin"));
  await fill(door("lin"), count);
  await fill(door("mei"), Math.ceil(count / 10));
  const password = secret(folder, `postgres-${MAJOR}`).value;
  const database = `postgres://postgres:${password}@127.0.0.1:${ports.postgres}/guanxi`;
  const client = new Client({ connectionString: database });
  client.on("error", () => {}); // it is still open where something before its end has failed, and says so itself
  await client.connect();
  const sql = async <Row>(text: string) => (await client.query(text)).rows as Row[];
  const figures = await settledFigures({ door, sql }, Object.keys(ports));
  const roles = await sql<{ rolname: string }>(ROLES);
  await client.end();
  const dump = dumpOf(
    database,
    roles.map(({ rolname }) => rolname),
  );
  writeFixture(release, dump, figures);
  console.log(`${release}: ${figures.asked.length} questions, ${dump.length} characters`);
}

/** A made-up company with deals and orders, as the release itself makes one; no value run by night, which would move its figures. */
async function seed(door: Door): Promise<void> {
  process.env.GUANXI_DATA = folder;
  console.log(await run([process.execPath, bootstrap, "cli", "seed", "--customers", "150"], checkout));
  const { etag } = await door.get("/v1/valuePlan");
  await door.patch("/v1/valuePlan", { nightly: false }, etag as string);
}

/** Asked until nothing moves any more: what follows the events needs its moment. */
async function settledFigures(asking: Asking, names: readonly string[]): Promise<Figures> {
  const questions = (await Promise.all(PEOPLE.map((who) => questionsFor(who, asking.door(who))))).flat();
  const services = ["identity", "customer", "sales", "analytics"].filter((service) =>
    names.includes(service),
  );
  for (let before: Figures | undefined; ; ) {
    const figures = await ask(questions, services, asking);
    if (isDeepStrictEqual(figures, before)) return figures;
    before = figures;
    await pause(2000);
  }
}

async function ask(questions: readonly Question[], services: readonly string[], asking: Asking) {
  return { asked: await answers(questions, asking), counted: await counts(countedOf(services), asking) };
}

/** As statements that any client can send. Left out: keys, which identity makes anew, and answers, which are kept for days. */
function dumpOf(url: string, roles: readonly string[]): string {
  const left = ["identity.signing_keys", "*.requests"].map((table) => `--exclude-table-data=${table}`);
  const args = ["--inserts", "--rows-per-insert=200", ...left, url];
  const { stdout, stderr, status } = spawnSync("pg_dump", args, { encoding: "utf8", maxBuffer: 1 << 28 });
  if (status !== 0) throw new Error(stderr);
  const made = roles.map(
    (role) => `do $$ begin create role ${role} login; exception when duplicate_object then null; end $$;\n`,
  );
  return (
    made.join("") +
    stdout.replace(/^--\n-- .*\n--\n/gm, "").replace(/^(\\(un)?restrict|-- Dumped) .*\n/gm, "")
  );
}
