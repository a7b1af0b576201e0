// Two desks as processes of their own, one with its clock weeks ahead, killed again and again while promises are broken.
import { randomUUID } from "node:crypto";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Case } from "@guanxi/contract/guanxi/service_desk/v1/case";
import { chance } from "@guanxi/testkit/chance";
import { type Ground, openGround, until } from "@guanxi/testkit/ground";
import { killInTurn } from "@guanxi/testkit/kill-in-turn";
import { saidOnce } from "@guanxi/testkit/said-once";
import { serviceDesk } from "../src/app.ts";
import { openCase } from "../src/cases/open-case.ts";

const PROGRAM = path.join(import.meta.dirname, "watch-process.ts");
const DAY_MS = 86_400_000;
const MOST_MS = 500;
/** So far ahead is the clock of one of the two; a solution is promised within a week of work. */
const AHEAD_DAYS = 20;
/** Whatever was promised has been due since; of those of half a week ago only the first response. */
const LONG_AGO_DAYS = 20;
const LATELY_DAYS = 4;
/** What is said of a case: two promises broken, and each told above. */
const SAYINGS = 4;

interface Killing {
  readonly cases: number;
  readonly kills: number;
  readonly seed: number;
}

export async function killDesks(adminUrl: string, { cases, kills, seed }: Killing) {
  const ground = await openGround(adminUrl, serviceDesk);
  const { admin, env } = ground;
  const enough = new AbortController();
  try {
    await openCases(ground, cases);
    const looking = lookAgainAndAgain(admin, enough.signal);
    const { running, underWay, complaints } = await killInTurn({
      ...{ file: PROGRAM, kills, admin, service: serviceDesk.name, mostMs: MOST_MS, chance: chance(seed) },
      envs: [env, { ...env, CLOCK_AHEAD_MS: String(AHEAD_DAYS * DAY_MS) }],
    });
    await until(async () => (await admin.query("select from case_sla_told")).rowCount === SAYINGS * cases);
    enough.abort();
    await looking;
    await admin.query(MAKE_DUE);
    await until(async () => (await admin.query(UNFINISHED)).rowCount === 0);
    await Promise.all(running.map((one) => one.end("SIGTERM"))); // what they have under way they end
    const [said, telling] = [await saidOf(admin), await saidOnce(admin)];
    return { said, telling, underWay, complaints: complaints() };
  } finally {
    enough.abort();
    await ground.stop();
  }
}

async function openCases({ admin, act }: Ground, cases: number): Promise<void> {
  const tenantId = randomUUID();
  await admin.query("insert into tenant_settings values ($1, $1, 'Asia/Shanghai', 'CNY', 1)", [tenantId]);
  await act({ tenantId, actor: "test", timeZone: "Asia/Shanghai", currencyCode: "CNY" }, async (at) => {
    for (let number = 0; number < cases; number++) {
      const days = number % 3 === 0 ? LATELY_DAYS : LONG_AGO_DAYS;
      const sent = Case.fromPartial({ kind: 1, subject: `Case ${number}` });
      await openCase(at, sent, new Date(at.now.getTime() - days * DAY_MS));
    }
  });
}

const MAKE_DUE = "update jobs set due_time = now() where name = 'case watch' and due_time > now()";
const UNFINISHED = "select from jobs where due_time <= now() union all select from outbox";
const BETWEEN_LOOKS_MS = 500;

/** As if time went by in leaps: who looks finds what the other one is at, or has just left. */
async function lookAgainAndAgain(admin: Ground["admin"], enough: AbortSignal): Promise<void> {
  while (!enough.aborted) {
    await admin.query(MAKE_DUE);
    await pause(BETWEEN_LOOKS_MS);
  }
}

/** How many cases there are of which so much has been said. */
async function saidOf(admin: Ground["admin"]) {
  const { rows } = await admin.query<{ breaches: number; escalations: number; cases: number }>(`
    select breaches, escalations, count(*)::int as cases from (
      select (count(*) filter (where e.subject like '%.SlaBreached.%'))::int as breaches,
        (count(*) filter (where e.subject like '%.CaseEscalated.%'))::int as escalations
      from cases c join event_log e on e.aggregate_id = c.case_id group by c.case_id
    ) told group by breaches, escalations`);
  return rows;
}
