import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import {
  batchGetCustomers,
  type Customer,
  CustomerState,
  listCustomers,
  queryCustomerCounts,
  queryPipelineFigures,
  listOpportunities,
  getTenant,
  updateCustomer,
} from "@guanxi/client/gen/guanxi";
import { root } from "@guanxi/local/places";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import {
  busOf,
  dockerMissing,
  type Installation,
  startInstallation,
  workWith,
} from "./compose-installation.ts";
import { answeredOf, compare, distinct } from "./system/comparison.ts";
import { readStream } from "./system/stream.ts";
import { startWriters, type Writers } from "./system/writers.ts";

const MINUTES = 60_000;
const THIS = "this-commit";
const PREVIOUS = "previous-commit";
const IMAGES = "localhost/guanxi"; // as compose.yaml has it, where nobody names a registry
const WRITERS = 4;
const execute = promisify(execFile);
const services = readdirSync(path.join(root, "services"));
const versionsOf = (version: string) =>
  Object.fromEntries([...services, "cli"].map((name) => [variableOf(name), version]));
const variableOf = (service: string) => `${service.toUpperCase().replaceAll("-", "_")}_VERSION`;

const missing = await dockerMissing();
if (missing) process.stdout.write(`compose.test.ts is skipped, for no Docker engine answers: ${missing}\n`);

describe.skipIf(missing)("the compose file", () => {
  let installation: Installation;
  let writers: Writers;
  let readers: ReturnType<typeof startReaders>;

  beforeAll(async () => {
    await buildPrevious();
    installation = await startInstallation(versionsOf(THIS));
    writeFileSync(
      path.join(installation.folder, "issuer.key.json"),
      await installation.secret("issuer.key.json"),
    );
    await workWith(installation);
  }, 30 * MINUTES);
  afterAll(() => installation?.stop(), 5 * MINUTES);

  /** Nobody of those who work has noticed; but for who asks what is away, where that is said. */
  async function unnoticed(change: () => Promise<unknown>, away: string[] = []): Promise<void> {
    readers.forgive();
    const before = { written: writers.acknowledged(), read: readers.count() };
    await change();
    await vi.waitUntil(
      () => writers.acknowledged() > before.written + 50 && readers.count() > before.read + 50,
      {
        timeout: MINUTES,
      },
    );
    const failed = Object.entries(readers.failures()).filter(([question]) => !away.includes(question));
    expect({ askedAgain: writers.again(), failed }).toEqual({ askedAgain: 0, failed: [] });
  }

  test("doctor lists what is green", { timeout: MINUTES }, async () => {
    const told = await installation.cli("doctor");
    process.stdout.write(told);
    expect(told).toContain("All is well.");
    for (const service of services) expect(told).toMatch(new RegExp(`^ok  ${service} `, "m"));
  });

  test("the smoke holds every figure", { timeout: 10 * MINUTES }, async () => {
    const { stdout } = await execute(process.execPath, [
      "--conditions=source",
      path.join(root, "e2e/smoke/main.ts"),
    ]);
    process.stdout.write(stdout);
    expect(stdout).toContain("All figures hold");
  });

  test("sales is rebuilt and started anew, alone, while customers are served", {
    timeout: 10 * MINUTES,
  }, async () => {
    writers = startWriters(WRITERS);
    readers = startReaders();
    const others = services.filter((name) => name !== "sales");
    const before = await Promise.all(others.map(installation.containers));
    const [old] = await installation.containers("sales");
    await unnoticed(async () => {
      await installation.compose("build", "--build-arg", "REVISION=rebuilt", "sales");
      await installation.compose("up", "--detach", "--no-deps", "--wait", "sales");
    }, ["opportunities"]);
    expect(await installation.containers("sales")).not.toEqual([old]);
    expect(await Promise.all(others.map(installation.containers))).toEqual(before);
  });

  test.each([PREVIOUS, THIS])(
    "each service rolls to the image of %s, unnoticed",
    {
      timeout: 20 * MINUTES,
    },
    async (version) => {
      for (const service of services) {
        const [old] = await installation.containers(service);
        await unnoticed(() =>
          installation.shell("sh", ["roll.sh", service], { [variableOf(service)]: version }),
        );
        const now = await installation.containers(service);
        expect(now, service).toHaveLength(1);
        expect(now, service).not.toEqual([old]);
        const image = await installation.shell("docker", [
          "inspect",
          "--format",
          "{{.Config.Image}}",
          now[0]!,
        ]);
        expect(image.trim()).toBe(`${IMAGES}/${service}:${version}`);
      }
    },
  );

  test("a migration that fails leaves the old one at work, and says file and statement", {
    timeout: 5 * MINUTES,
  }, async () => {
    await buildBroken("customer", "customers");
    const [old] = await installation.containers("customer");
    await unnoticed(async () => {
      const rolling = installation.shell("sh", ["roll.sh", "customer"], { CUSTOMER_VERSION: "broken" });
      await expect(rolling).rejects.toThrow(/broken\.js[^]*no_such_type/);
    });
    expect(await installation.containers("customer")).toEqual([old]);
  });

  test("what was acknowledged is in the stream, once and in order", { timeout: 5 * MINUTES }, async () => {
    await Promise.all([writers.stop(), readers.stop()]);
    const answered = (await allCustomers()).map((each) => answeredOf("guanxi.customer.v1.Customer", each));
    const bus = await busOf(installation);
    await vi.waitFor(
      async () => {
        const told = await readStream(bus);
        const findings = compare(told, answered, "guanxi.customer.v1.Customer");
        expect(findings).toEqual({ lost: [], disordered: [], differing: [] });
        const keys = new Set(distinct(told).map(({ meta }) => meta.causationId));
        const lost = writers.outcomes.filter(({ answer, key }) => answer && !keys.has(key));
        expect(lost).toEqual([]);
      },
      { timeout: MINUTES, interval: 1_000 },
    );
    process.stdout.write(
      `${writers.acknowledged()} writes and ${readers.count()} reads through a restart, ${2 * services.length} rolls and ` +
        `a failed one: ${writers.again()} asked again, none failed\n`,
    );
  });

  test("an installation that was thrown away comes back from its backup, and the feed goes on", {
    timeout: 10 * MINUTES,
  }, async () => {
    const { cli, compose } = installation;
    const before = await allCustomers();
    process.stdout.write(await cli("backup", "/backups/one"));
    await compose("down", "--volumes", "--timeout", "10");
    for (const service of services.filter((name) => name !== "gateway"))
      await compose("run", "--rm", "-T", `${service}-migrate`);
    process.stdout.write(await cli("restore", "/backups/one"));
    await compose("run", "--rm", "-T", "--entrypoint", "rm", "cli", "-r", "/backups/one"); // no file of another user's
    await compose("up", "--detach", "--wait");
    expect(await cli("doctor")).toContain("All is well.");
    expect(await allCustomers()).toEqual(before);
    const some = before.find(({ state }) => state === CustomerState.STATE_ACTIVE);
    const header = { "If-Match": `"${some!.etag}"` };
    const changed = await updateCustomer(some!.customerId, { displayName: "Back again" }, header);
    expect(Number(changed.etag)).toBe(Number(some!.etag) + 1);
    const answered = (await allCustomers()).map((each) => answeredOf("guanxi.customer.v1.Customer", each));
    await vi.waitFor(
      async () => {
        const told = await readStream(await busOf(installation));
        const findings = compare(told, answered, "guanxi.customer.v1.Customer");
        expect(findings).toEqual({ lost: [], disordered: [], differing: [] });
      },
      { timeout: MINUTES, interval: 1_000 },
    );
  });
});

/** The images of the commit before this one, from its own files. */
async function buildPrevious(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), "guanxi-previous-"));
  try {
    await execute("sh", ["-c", `git archive HEAD~1 | tar -x -C "${folder}"`], { cwd: root });
    const env = { ...process.env, GUANXI_SECRET: "not-needed-to-build".repeat(2), ...versionsOf(PREVIOUS) };
    await execute("docker", ["compose", "--progress", "quiet", "build"], {
      cwd: path.join(folder, "deploy"),
      env,
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** This service with one migration more, which asks for what Postgres does not have. */
async function buildBroken(service: string, table: string): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), "guanxi-broken-"));
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    path.join(folder, "broken.js"),
    `import { run } from "@guanxi/bus/run";
import { ${service} } from "./app.js";
class Broken1999999999999 {
  name = "Broken1999999999999";
  async up(runner) {
    await runner.query("alter table ${table} add column broken no_such_type");
  }
}
await run({ ...${service}, migrations: [...${service}.migrations, Broken1999999999999] });
`,
  );
  writeFileSync(
    path.join(folder, "Dockerfile"),
    `FROM ${IMAGES}/${service}:${THIS}\nCOPY broken.js /app/dist/broken.js\nENTRYPOINT ["node", "/app/dist/broken.js"]\n`,
  );
  try {
    await execute("docker", ["build", "--tag", `${IMAGES}/${service}:broken`, folder]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** People who look at what each service knows, and count each answer that they do not get. */
function startReaders() {
  const questions = {
    opportunities: () => listOpportunities({ pageSize: 20 }),
    pipeline: () => queryPipelineFigures(),
    counts: () => queryCustomerCounts({ groupBy: ["DIMENSION_STAGE"] }),
    tenant: () => getTenant(),
    customers: () => listCustomers({ pageSize: 20 }),
  };
  let failures: Record<string, string[]> = {};
  let count = 0;
  const stopping = new AbortController();
  const working = Object.entries(questions).map(async ([name, ask]) => {
    while (!stopping.signal.aborted) {
      try {
        await ask();
        count++;
      } catch (error) {
        (failures[name] ??= []).push(`${new Date().toISOString()} ${String(error)}`);
        await pause(100);
      }
    }
  });
  return {
    count: () => count,
    failures: () => failures,
    forgive: () => void (failures = {}),
    async stop() {
      stopping.abort();
      await Promise.all(working);
    },
  };
}

async function allCustomers(): Promise<Customer[]> {
  const all: Customer[] = [];
  let pageToken: string | undefined;
  do {
    const page = await listCustomers({
      pageSize: 100,
      includeArchived: true,
      ...(pageToken && { pageToken }),
    });
    const customerIds = (page.customers ?? []).map(({ customerId }) => customerId);
    if (customerIds.length > 0) all.push(...((await batchGetCustomers({ customerIds })).customers ?? []));
    pageToken = page.nextPageToken || undefined;
  } while (pageToken);
  return all;
}
