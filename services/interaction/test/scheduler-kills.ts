// Two schedulers as processes of their own, one with its clock days ahead, killed again and again while they make tasks of
// care and invitations; then what they have made is held against what there was to be made.
import { randomUUID } from "node:crypto";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { chance } from "@guanxi/testkit/chance";
import { openGround, until } from "@guanxi/testkit/ground";
import { killInTurn } from "@guanxi/testkit/kill-in-turn";
import { saidOnce } from "@guanxi/testkit/said-once";
import type { Pool } from "pg";
import { interaction } from "../src/app.ts";
import { AHEAD_DAYS, CARE, COMPANIES, foundCompany } from "./scheduler-work.ts";

const PROGRAM = path.join(import.meta.dirname, "scheduler-process.ts");
const DAY_MS = 86_400_000;
const MOST_MS = 700;

interface Killing {
  readonly kills: number;
  readonly seed: number;
}

export async function killSchedulers(adminUrl: string, { kills, seed }: Killing) {
  const ground = await openGround(adminUrl, interaction);
  const { admin } = ground;
  const env = { ...ground.env, SURVEY_URL: "http://127.0.0.1:8080/v1/surveyAnswers" };
  const enough = new AbortController();
  try {
    const companies = Array.from({ length: COMPANIES }, () => randomUUID());
    for (const tenantId of companies) await foundCompany(ground, tenantId);
    const looking = lookAgainAndAgain(admin, enough.signal);
    const { running, underWay, complaints } = await killInTurn({
      ...{ file: PROGRAM, kills, admin, service: interaction.name, mostMs: MOST_MS, chance: chance(seed) },
      envs: [env, { ...env, CLOCK_AHEAD_MS: String(AHEAD_DAYS * DAY_MS) }],
      release: (kill) => release(admin, companies.slice(0, Math.ceil(((kill + 1) * COMPANIES) / kills))),
    });
    await until(async () => JSON.stringify(await careOf(admin)) === JSON.stringify(CARE));
    enough.abort();
    await looking;
    await admin.query(MAKE_DUE);
    await until(async () => (await admin.query(UNFINISHED)).rowCount === 0);
    await Promise.all(running.map((one) => one.end("SIGTERM"))); // what they have under way they end
    const [care, runs, telling] = [await careOf(admin), await runsOf(admin), await saidOnce(admin)];
    return { care, runs, telling, underWay, complaints: complaints() };
  } finally {
    enough.abort();
    await ground.stop();
  }
}

const NAMES = "('care day', 'survey schedule', 'survey run', 'task clock')";

async function release(admin: Pool, companies: readonly string[]): Promise<void> {
  await admin.query("update jobs set due_time = now() where tenant_id = any($1) and due_time = 'infinity'", [
    companies,
  ]);
  await admin.query("select pg_notify('interaction_outbox', '')");
}

// Of the clocks of tasks those that one of the two schedulers takes to be due.
const MAKE_DUE = `update jobs set due_time = now() where due_time > now() and due_time < 'infinity'
  and (name in ('care day', 'survey schedule') or name = 'task clock' and due_time < now() + interval '${AHEAD_DAYS} days')`;

const BETWEEN_LOOKS_MS = 200;

/** As if mornings came one upon the other: who looks finds what the other one is at, or has just left. */
async function lookAgainAndAgain(admin: Pool, enough: AbortSignal): Promise<void> {
  while (!enough.aborted) {
    await admin.query(MAKE_DUE);
    await pause(BETWEEN_LOOKS_MS);
  }
}

const UNFINISHED = `
select from jobs where name in ${NAMES} and due_time <= now()
union all select from survey_runs where state = 'RUNNING'
union all select from outbox`;

async function careOf(admin: Pool) {
  const { rows } = await admin.query<(typeof CARE)[number]>(`
    with made as (
      select t.tenant_id, (t.origin->>'carePlanId')::uuid as care_plan_id, t.customer_id, t.kind as made,
        (select count(*) from event_log e where e.aggregate_id = t.task_id and e.subject like '%.TaskDue.%') as due
      from tasks t
      union all
      select i.tenant_id, k.care_plan_id, i.customer_id, 'MAIL', 0
      from interactions i join care_clocks k on k.care_clock_id = substring(i.cause_key from 'care_plan (.*)/')::uuid
    )
    select occasion, made, count(*)::int as things, count(distinct (m.tenant_id, care_plan_id, customer_id))::int as occasions,
      sum(due)::int as due
    from made m join care_plans p using (care_plan_id) group by occasion, made order by occasion, made`);
  return rows;
}

/** Of each run what it has counted, and what there is. */
async function runsOf(admin: Pool) {
  const { rows } = await admin.query<{ readonly counted: object; readonly found: object }>(`
    select
      json_build_object('state', r.state, 'visited', r.visited, 'asked', r.asked, 'fatigued', r.fatigued,
        'noConsent', r.no_consent, 'unreachable', r.unreachable,
        'all', r.asked + r.sampled_out + r.fatigued + r.no_consent + r.unreachable,
        'mails', r.asked, 'customers', r.asked + r.fatigued + r.no_consent + r.unreachable) as counted,
      json_build_object('state', 'COMPLETED', 'visited', c.customers, 'asked', i.asked, 'fatigued', i.fatigued,
        'noConsent', i.no_consent, 'unreachable', i.unreachable, 'all', c.customers,
        'mails', i.mails, 'customers', i.customers) as found
    from survey_runs r
    cross join lateral (select count(*) as customers from customers c where c.tenant_id = r.tenant_id) c
    cross join lateral (
      select count(*) filter (where v.state <> 'SUPPRESSED') as asked,
        count(*) filter (where suppress_reason = 'FATIGUE') as fatigued,
        count(*) filter (where suppress_reason = 'NO_CONSENT') as no_consent,
        count(*) filter (where suppress_reason = 'UNREACHABLE') as unreachable,
        count(distinct m.interaction_id) as mails, count(distinct v.customer_id) as customers
      from survey_invitations v
      left join interactions m on m.cause_key = 'survey/' || v.survey_invitation_id
      where v.survey_id = r.survey_id and v.occasion_key like 'run/' || r.run_date || '/%'
    ) i`);
  return rows;
}
