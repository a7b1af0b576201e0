import { CreateTeamRequest, TeamServiceService } from "@guanxi/contract/guanxi/identity/v1/team_service";
import { startService, type TestUser } from "@guanxi/testkit/service";
import { randomUUID } from "node:crypto";
import { afterAll, afterEach, expect, test, vi } from "vitest";
import { app, type Context } from "../src/app.ts";
import { enqueue } from "../src/enqueue.ts";
import { stumblingBlocks, teamsApp } from "./teams-app.ts";

const LONG = { timeout: 30_000, interval: 100 };
const COPIES = 'consumer="teams-identity-projection-copies"';

let context: Context;
const chores = { works: true };
const watched = app({
  ...teamsApp,
  jobs: [{ name: "chore", run: async () => void (chores.works || fail("the chore")) }],
  open(given) {
    context = given;
    return teamsApp.open(given);
  },
});

const service = await startService(watched);
afterAll(() => service.stop());
afterEach(() => stumblingBlocks.clear());

function fail(what: string): never {
  throw new Error(`${what} has failed`);
}

const create = (user: TestUser, displayName: string) =>
  user.call(TeamServiceService.createTeam, CreateTeamRequest.fromPartial({ team: { displayName } }));

/** Each series of /metrics with its value. */
async function metrics(): Promise<Map<string, number>> {
  const answer = await fetch(`${service.managementUrl()}/metrics`);
  const lines = (await answer.text()).split("\n").filter((line) => line && !line.startsWith("#"));
  return new Map(
    lines.map((line) => [line.slice(0, line.lastIndexOf(" ")), Number(line.slice(line.lastIndexOf(" ")))]),
  );
}

const untilMetrics = (expected: (found: Map<string, number>) => void) =>
  vi.waitFor(async () => expected(await metrics()), LONG);

test("at rest nothing is behind, and what runs is told", async () => {
  const lin = await service.user();
  await create(lin, "quiet");
  await service.settled();
  const found = await metrics();
  expect(found.get('relay_unpublished_events{service="teams"}')).toBe(0);
  expect(found.get('relay_oldest_unpublished_seconds{service="teams"}')).toBe(0);
  expect(found.get('relay_published_events_total{service="teams"}')).toBe(1);
  expect(found.get(`reader_pending_events{${COPIES}}`)).toBe(0);
  expect(found.get(`reader_applied_events_total{${COPIES}}`)).toBe(1);
  expect(found.get(`reader_dead_letters{${COPIES}}`)).toBe(0);
  expect(found.get('jobs_failing{name="chore"}')).toBe(0);
  expect(found.get('db_pool_max_connections{service="teams"}')).toBe(10);
  expect(found.get('db_pool_waiting_requests{service="teams"}')).toBe(0);
  for (const check of ["database", "schema", "nats"])
    expect(found.get(`health_check_passing{check="${check}"}`)).toBe(1);
  const build = [...found.keys()].filter((series) => series.startsWith("guanxi_build_info"));
  expect(build).toEqual([expect.stringMatching(/service="teams".*schema="\d{13}",contract="[0-9a-f]{12}"/)]);
});

test("without the bus the backlog grows older, and no figure of the readers is left from before", async () => {
  const lin = await service.user();
  await service.nats.kill();
  await create(lin, "unheard");
  await untilMetrics((found) => {
    expect(found.get('relay_unpublished_events{service="teams"}')).toBe(1);
    expect(found.get('relay_oldest_unpublished_seconds{service="teams"}')).toBeGreaterThan(1);
    expect(found.get('health_check_passing{check="nats"}')).toBe(0);
    expect(found.has(`reader_pending_events{${COPIES}}`)).toBe(false);
  });
  await service.nats.start();
  await untilMetrics((found) => {
    expect(found.get('relay_unpublished_events{service="teams"}')).toBe(0);
    expect(found.get(`reader_pending_events{${COPIES}}`)).toBe(0);
  });
});

test("an event that cannot be applied is behind, and grows older", async () => {
  const lin = await service.user();
  stumblingBlocks.add("stumble");
  await create(lin, "stumble");
  await untilMetrics((found) => {
    expect(found.get(`reader_pending_events{${COPIES}}`)).toBe(1);
    expect(found.get(`reader_oldest_pending_seconds{${COPIES}}`)).toBeGreaterThan(1);
  });
  stumblingBlocks.clear();
  await untilMetrics((found) => expect(found.get(`reader_pending_events{${COPIES}}`)).toBe(0));
});

test("what stands aside is counted for all tenants, and what is only tried again is not", async () => {
  const putAside = (parked: boolean) =>
    service.admin.query(
      `insert into dead_letters select gen_random_uuid(), 'teams-identity-projection-copies', gen_random_uuid(),
         gen_random_uuid(), 1, 1, 'guanxi', '', 1, $1, 'stumbled'`,
      [parked],
    );
  for (const parked of [true, true, false]) await putAside(parked);
  expect((await metrics()).get(`reader_dead_letters{${COPIES}}`)).toBe(2);
  await service.admin.query("truncate dead_letters");
  expect((await metrics()).get(`reader_dead_letters{${COPIES}}`)).toBe(0);
});

test("a job that fails is told until it succeeds", async () => {
  chores.works = false;
  const as = { tenantId: randomUUID(), actor: "teams/test", timeZone: "UTC", currencyCode: "CNY" };
  await context.act(as, async (at) => enqueue(at, "chore", randomUUID()));
  await untilMetrics((found) => expect(found.get('jobs_failing{name="chore"}')).toBe(1));
  chores.works = true;
  await untilMetrics((found) => expect(found.get('jobs_failing{name="chore"}')).toBe(0));
});
