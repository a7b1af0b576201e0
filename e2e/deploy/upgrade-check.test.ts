// `guanxi upgrade check` where nothing runs but what it asks: a management port for each service, and a database.
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { upgradeCheck } from "@guanxi/cli/upgrade";
import type { Release } from "@guanxi/kit/release";
import { schemaVersion } from "@guanxi/kit/schema-steps";
import { root } from "@guanxi/local/places";
import { Client } from "pg";
import { afterAll, beforeAll, expect, inject, test, vi } from "vitest";
import { readReleases, releaseOf } from "../../services/gateway/tools/releases.ts";

const folder = mkdtempSync(join(tmpdir(), "guanxi-upgrade-"));
const file = join(folder, "releases.json");
const database = `upgrade_${process.pid}`;
const databaseUrl = Object.assign(new URL(inject("adminUrl")), { pathname: `/${database}` }).href;
const now = await releaseOf(root);
const first = readReleases(root)[0]!;

/** What the management port of a service answers. */
let answer: (service: string, res: ServerResponse) => void;
let server: Server;

beforeAll(async () => {
  server = createServer((req, res) => answer(req.url!.split("/")[1]!, res)).listen(0, "127.0.0.1");
  await once(server, "listening");
  await ask(inject("adminUrl"), `create database ${database}`);
});
afterAll(async () => {
  server.close();
  server.closeAllConnections();
  await ask(inject("adminUrl"), `drop database ${database} with (force)`);
  rmSync(folder, { recursive: true });
});

async function ask(url: string, text: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}

async function check(to: string, releases: readonly Release[], url = databaseUrl) {
  writeFileSync(file, JSON.stringify(releases));
  const at = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  vi.stubEnv("GUANXI_URL", at);
  vi.stubEnv("GUANXI_MANAGEMENT", `${at}/{service}`);
  vi.stubEnv("DATABASE_ADMIN_URL", url);
  const lines: string[] = [];
  const log = vi.spyOn(console, "log").mockImplementation((line: string) => void lines.push(line));
  try {
    await upgradeCheck({ to, releases: file });
    return { code: Number(process.exitCode), lines };
  } finally {
    log.mockRestore();
    vi.unstubAllEnvs();
    process.exitCode = 0;
  }
}

const gone = (_: string, res: ServerResponse) => void res.destroy();

test("the first release says nothing, and is known by its schemas", async () => {
  for (const [service, steps] of Object.entries(first.services).filter(([, steps]) => steps.length > 0)) {
    const names = steps.map(({ name }) => `('${name}')`).join();
    const table = `create schema ${service}; create table ${service}.migrations (name varchar not null)`;
    await ask(databaseUrl, `${table}; insert into ${service}.migrations values ${names}`);
  }
  answer = (service, res) => (first.services[service] ? void res.writeHead(404).end() : gone(service, res));
  const { code, lines } = await check(now.release, [first, now]);
  expect(lines.find((line) => line.startsWith("customer"))).toContain(
    `back up first: the running 0.1.0 does not work on the schema of ${now.release}`,
  );
  expect(lines.find((line) => line.startsWith("sales"))).toContain(`directly: is new in ${now.release}`);
  expect(lines.at(-1)).toBe(`${now.release}: back up first.`);
  expect(code).toBe(2);

  await ask(databaseUrl, "insert into customer.migrations values ('Own2000000000000')");
  const changed = await check(now.release, [first, now]);
  expect(changed.lines).toContain("customer      cannot tell: has a schema that no release has made");
  expect(changed.code).toBe(1);
});

/** As a service of a release does. */
const says =
  ({ release, services }: Release) =>
  (service: string, res: ServerResponse) => {
    const steps = services[service]!;
    const schema = steps.length > 0 && { schema: schemaVersion(steps) };
    res.end(JSON.stringify({ service, release, revision: "", ...schema, contract: "" }));
  };

const next: Release = {
  ...now,
  release: "98.0.0",
  services: { ...now.services, sales: [...now.services.sales!, { name: "Sizes9000000000000" }] },
};
const tight: Release = {
  ...next,
  release: "99.0.0",
  services: {
    ...next.services,
    sales: [...next.services.sales!, { name: "NoColours9000000000001", needs: "9000000000000" }],
  },
};

test.each([
  ["98.0.0", now, 0, "98.0.0: directly."],
  ["98.0.0", next, 0, "98.0.0: already there."],
  ["99.0.0", next, 2, "99.0.0: back up first."],
  ["99.0.0", now, 3, "99.0.0: stop at 98.0.0 first."],
  [now.release, next, 0, `${now.release}: directly.`],
  [now.release, tight, 3, `${now.release}: restore a backup first.`],
  ["97.0.0", now, 1, "97.0.0: cannot tell."],
] as const)("to %s", async (to, running, code, line) => {
  answer = says(running);
  expect(await check(to, [first, now, next, tight])).toEqual({
    code,
    lines: [...Array<unknown>(Object.keys(now.services).length).fill(expect.any(String)), line],
  });
});

test("a service that is not reached, or runs what no release is, makes it say so", async () => {
  answer = (service, res) => (service === "gateway" ? gone(service, res) : says(now)(service, res));
  const { code, lines } = await check("98.0.0", [first, now, next]);
  expect(lines).toContain("gateway       cannot tell: does not answer");
  expect(code).toBe(1);

  answer = (service, res) => (service === "sales" ? gone(service, res) : says(now)(service, res));
  const blind = await check("98.0.0", [first, now, next], "postgres://nobody@127.0.0.1:1/none");
  expect(blind.lines.find((line) => line.startsWith("sales"))).toMatch(
    /cannot tell: does not answer, and its schema cannot be asked \(.*ECONNREFUSED.*\)$/,
  );

  answer = says({ ...next, release: now.release });
  expect((await check("98.0.0", [first, now, next])).lines).toContain(
    `sales         cannot tell: calls itself ${now.release}, but its schema is not that of ${now.release}`,
  );
});
