// Releases of one service on one database: what older and newer code may do beside each other, told in order.
import { spawn, type ChildProcess } from "node:child_process";
import { on, once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import {
  CreateTeamRequest,
  GetTeamRequest,
  type Team,
  TeamServiceService,
  UpdateTeamRequest,
} from "@guanxi/contract/guanxi/identity/v1/team_service";
import { callsTo } from "@guanxi/testkit/calls";
import { startService, type TestUser } from "@guanxi/testkit/service";
import { TEST_ISSUER } from "@guanxi/testkit/tokens";
import { afterAll, expect, test, vi } from "vitest";
import { teamsApp } from "./teams-app.ts";

const main = join(import.meta.dirname, "teams-main.ts");
const children: ChildProcess[] = [];
const first = await startService(teamsApp);
const lin = await first.user();
afterAll(async () => {
  for (const child of children.filter(({ exitCode }) => exitCode === null)) {
    child.kill("SIGTERM");
    await once(child, "exit");
  }
  await first.stop();
});

type Release = "2" | "3" | "mistaken";

/** As it is started anywhere: by its entry, told by its environment. */
function begin(release: Release, command: string): ChildProcess {
  const env = {
    PATH: process.env.PATH,
    RELEASE: release,
    DATABASE_URL: first.database.urlOf("app"),
    DATABASE_RELAY_URL: first.database.urlOf("relay"),
    DATABASE_MIGRATE_URL: first.database.urlOf("owner"),
    NATS_URL: first.nats.url,
    GRPC_PORT: "0",
    MANAGEMENT_PORT: "0",
    TOKEN_ISSUER: TEST_ISSUER,
    TOKEN_KEYS_URL: first.keys.url,
    DRAIN_SECONDS: "0",
    GUANXI_REVISION: "cafe",
  };
  const args = ["--conditions=source", main, command];
  const child = spawn(process.execPath, args, { env, stdio: ["ignore", "pipe", "inherit"] });
  children.push(child);
  return child;
}

async function runOnce(release: Release, command: string): Promise<{ code: number; out: string }> {
  const child = begin(release, command);
  const [out, [code]] = await Promise.all([text(child.stdout!), once(child, "exit") as Promise<[number]>]);
  return { code, out };
}

type Calls = ReturnType<typeof callsTo>;

/** It says where it is looked at before it can be called. */
async function serve(release: Release) {
  const lines = createInterface(begin(release, "serve").stdout!);
  const said = async (name: string) => {
    for await (const [line] of on(lines, "line") as AsyncIterable<[string]>) {
      const port = (JSON.parse(line) as Record<string, unknown>)[name];
      if (port !== undefined) return port as number;
    }
    throw new Error(`no ${name}`);
  };
  const called = said("grpcPort").then((port) => callsTo(`127.0.0.1:${port}`));
  const call: Calls["call"] = async (rpc, request, token) => (await called).call(rpc, request, token);
  return { call, managementUrl: `http://127.0.0.1:${await said("managementPort")}` };
}

async function readiness(managementUrl: string): Promise<{ status: number; schema: string }> {
  const answer = await fetch(`${managementUrl}/health/ready`);
  const { checks } = (await answer.json()) as { checks: { schema: string } };
  return { status: answer.status, schema: checks.schema };
}

const ok = { status: 200, schema: "ok" };
type Call = TestUser["call"];

const create = (call: Call, team: Partial<Team>) =>
  call(TeamServiceService.createTeam, CreateTeamRequest.fromPartial({ team }));
const read = (call: Call, teamId: string) =>
  call(TeamServiceService.getTeam, GetTeamRequest.fromPartial({ teamId }));
const rename = (call: Call, { teamId, etag }: Team, displayName: string) =>
  call(
    TeamServiceService.updateTeam,
    UpdateTeamRequest.fromPartial({ team: { teamId, displayName }, updateMask: ["display_name"], etag }),
  );

const columns = async () => {
  const asked = "select attname from pg_attribute where attrelid = 'teams'::regclass and attnum > 0";
  return ((await first.admin.query(asked)).rows as { attname: string }[]).map(({ attname }) => attname);
};

let second: Awaited<ReturnType<typeof serve>>;
const asLin: Call = (rpc, request) => second.call(rpc, request, lin.token);

test("a process says what runs, and the subcommand says the same without a setting", async () => {
  second = await serve("2");
  const said = (await (await fetch(`${second.managementUrl}/version`)).json()) as object;
  expect(said).toEqual({
    service: "teams",
    release: expect.stringMatching(/^\d+\.\d+\.\d+$/) as string,
    revision: "cafe",
    schema: { version: "1700000000012", needs: "1700000000000" },
    contract: expect.stringMatching(/^[0-9a-f]{12}$/) as string,
  });
  expect(JSON.parse((await runOnce("2", "version")).out)).toEqual(said);
  const third = JSON.parse((await runOnce("3", "version")).out) as { schema: object };
  expect(third.schema).toEqual({ version: "1700000000013", needs: "1700000000012" });
});

test("new code is not ready on a schema that it was not migrated to, and old code serves on", async () => {
  expect(await readiness(second.managementUrl)).toEqual({
    status: 503,
    schema: "the schema lacks Managers1700000000012: run migrate",
  });
  expect(await readiness(first.managementUrl())).toEqual(ok);
  await create(lin.call, { displayName: "before" });
});

test("a process that waits for its schema ends at once when it is told to", async () => {
  await serve("2");
  const waiting = children.at(-1)!;
  waiting.kill("SIGTERM");
  expect(await once(waiting, "exit")).toEqual([0, null]);
});

test("a migration that fails says file, statement and Postgres' answer, and leaves nothing half done", async () => {
  const before = await columns();
  const { code, out } = await runOnce("mistaken", "migrate");
  expect(code).toBe(1);
  const said = JSON.parse(out) as Record<string, string>;
  expect(said).toMatchObject({
    level: "fatal",
    service: "teams",
    migration: "Mistaken1700000000012",
    place: expect.stringMatching(/^packages\/bus\/test\/teams-app\.ts:\d+$/) as string,
    statement: "update teams set nickname = display_name",
    code: "42703",
  });
  expect(said.msg).toContain('column "nickname" of relation "teams" does not exist');
  expect(await columns()).toEqual(before);
  const { rows } = await first.admin.query("select to_regclass('half_done') as half");
  expect(rows).toEqual([{ half: null }]);
  expect(await readiness(first.managementUrl())).toEqual(ok);
  await create(lin.call, { displayName: "in spite of it" });
});

test("mended, it goes on from there, and the process that waited becomes ready", async () => {
  expect(await runOnce("2", "migrate")).toEqual({ code: 0, out: "teams: Managers1700000000012\n" });
  expect(await runOnce("2", "migrate")).toEqual({ code: 0, out: "teams: nothing to migrate\n" });
  await vi.waitFor(async () => expect(await readiness(second.managementUrl)).toEqual(ok), 10_000);
});

test("old and new code read, write, tell and follow on the schema in between", async () => {
  expect(await readiness(first.managementUrl())).toEqual(ok);
  const managerId = lin.userId;
  await Promise.all(
    Array.from({ length: 20 }, async (_, n) => {
      const [old, young] = await Promise.all([
        create(lin.call, { displayName: `old ${n}` }),
        create(asLin, { displayName: `young ${n}`, managerId }),
      ]);
      // Each goes on with what the other has made.
      await rename(asLin, old, `old ${n}, by the young`);
      await rename(lin.call, young, `young ${n}, by the old`);
      expect(await read(asLin, young.teamId)).toMatchObject({ managerId });
      expect(await read(lin.call, young.teamId)).toMatchObject({ managerId: "" });
    }),
  );
  await first.settled();
  const [teams, copies] = await Promise.all(
    ["teams", "team_copies"].map(async (table) => {
      const asked = `select team_id, display_name, version from ${table} where tenant_id = $1 order by 1`;
      return (await first.admin.query(asked, [lin.tenantId])).rows as { version: number }[];
    }),
  );
  expect(copies).toEqual(teams);
  const versions = teams!.reduce((sum, { version }) => sum + version, 0);
  expect(await first.events(lin.tenantId)).toHaveLength(versions);
  const greeted = await first.admin.query("select from greetings where tenant_id = $1", [lin.tenantId]);
  expect(greeted.rowCount).toBe(versions);
});

test("on the contracted schema old code is not ready and says why, and the code in between works on", async () => {
  expect(await runOnce("3", "migrate")).toEqual({ code: 0, out: "teams: ManagersNeeded1700000000013\n" });
  expect(await readiness(first.managementUrl())).toEqual({
    status: 503,
    schema: expect.stringMatching(
      /^ManagersNeeded1700000000013 took away what this code uses \(it knows \d+\): start a newer release$/,
    ) as string,
  });
  expect(await readiness(second.managementUrl)).toEqual(ok);
  const { teamId } = await create(asLin, { displayName: "still", managerId: lin.userId });
  expect(await read(asLin, teamId)).toMatchObject({ displayName: "still", managerId: lin.userId });
  const third = await serve("3");
  expect(await readiness(third.managementUrl)).toEqual(ok);
});
