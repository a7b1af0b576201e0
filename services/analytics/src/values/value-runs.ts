import type { At } from "@guanxi/kit/at";
import { catalogue } from "@guanxi/kit/filter/catalogue";
import { refuse } from "@guanxi/kit/refuse";
import { copy, named } from "@guanxi/kit/store";
import { table } from "@guanxi/kit/table";
import { EntitySchema } from "typeorm";
import type { Findings, ValueRunState } from "./value-run.ts";

const valueRunTable = new EntitySchema<ValueRunState>({
  name: "value_run",
  tableName: "value_runs",
  columns: {
    tenantId: { name: "tenant_id", type: "uuid", primary: true, select: false },
    valueRunId: { name: "value_run_id", type: "uuid", primary: true },
    cutOffDate: { name: "cut_off_date", type: "date" },
    holdOutStartDate: { name: "hold_out_start_date", type: "date", nullable: true },
    cohortEndDate: { name: "cohort_end_date", type: "date", nullable: true },
    plan: { type: "jsonb" },
    currencyCode: { name: "currency_code", type: "text" },
    initiator: { type: "jsonb", nullable: true },
    state: { type: "text" },
    error: { type: "text", nullable: true },
    findings: { type: "jsonb", nullable: true },
    through: { type: "uuid", nullable: true },
    scoredCount: { name: "scored_count", type: "int" },
    droppedCount: { name: "dropped_count", type: "int" },
    clearedCount: { name: "cleared_count", type: "int" },
    unchangedCount: { name: "unchanged_count", type: "int" },
    createTime: { name: "create_time", type: "timestamptz" },
    endTime: { name: "end_time", type: "timestamptz", nullable: true },
    version: { type: "int" },
  } as never, // the tenant is the database's business, so no part of the state
});

/** A run is no aggregate: what it does is told by the events of the values, and who asked for it stands in them. */
export const valueRuns = table({ entity: valueRunTable });

export const valueRunFields = catalogue<ValueRunState>({ id: "value_run_id", side: "value_run_values" }, [
  {
    name: "create_time",
    type: "time",
    stored: { column: "create_time" },
    read: ({ createTime }) => createTime,
  },
]);

export const addRun = (at: At, run: ValueRunState): void => copy(at, valueRuns, [run]);

/** The one before, whose scores these may follow: of all for use the last that came to its end. */
export async function lastForUse(at: At): Promise<ValueRunState | undefined> {
  const text = `${valueRuns.select} where state = 'COMPLETED' and hold_out_start_date is null
    order by end_time desc, value_run_id desc limit 1`;
  return (await named<ValueRunState>(at, { name: "value run last", text, values: [] }))[0];
}

/** Whether one that changes scores was asked for earlier and is not through: scores are changed by one run at a time. */
export async function waits(at: At, valueRunId: string): Promise<boolean> {
  const text = `select from value_runs where state = 'RUNNING' and hold_out_start_date is null and value_run_id < $1 limit 1`;
  return (await named(at, { name: "value run waits", text, values: [valueRunId] })).length > 0;
}

/** How often each happened to the customers of a batch. */
export interface Counts {
  readonly scoredCount: number;
  readonly droppedCount: number;
  readonly clearedCount: number;
  readonly unchangedCount: number;
}

const moved = () =>
  refuse("unavailable", "RUN_MOVED", "The run is not where it was left: another process goes on with it.");

async function changed(at: At, name: string, text: string, values: readonly unknown[]): Promise<void> {
  const rows = await named(at, { name, text: `${text} returning version`, values });
  if (rows.length === 0) throw moved();
}

/** Scores of the same facts go on behind the last one that was written; of others they begin anew. */
export const keepFindings = (at: At, valueRunId: string, findings: Findings): Promise<void> =>
  changed(at, "value run findings", FOUND, [valueRunId, JSON.stringify(findings)]);

const FOUND = `
update value_runs set findings = $2::jsonb, version = version + 1,
  through = case when same then through end,
  scored_count = case when same then scored_count else 0 end,
  dropped_count = case when same then dropped_count else 0 end,
  cleared_count = case when same then cleared_count else 0 end,
  unchanged_count = case when same then unchanged_count else 0 end
from (select coalesce(findings->>'outputHash' = $2::jsonb->>'outputHash', false) as same
  from value_runs where value_run_id = $1) s
where value_run_id = $1 and state = 'RUNNING'`;

export interface Step {
  readonly valueRunId: string;
  readonly outputHash: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly counts: Counts;
}

/** Compared and set: of two processes that hold the job, since a lock was lost unnoticed, one goes on. */
export const advance = (at: At, { valueRunId, outputHash, from, to, counts }: Step): Promise<void> => {
  const { scoredCount, droppedCount, clearedCount, unchangedCount } = counts;
  return changed(at, "value run advance", ADVANCE, [
    valueRunId,
    outputHash,
    from,
    to,
    scoredCount,
    droppedCount,
    clearedCount,
    unchangedCount,
  ]);
};

const ADVANCE = `
update value_runs set through = $4, version = version + 1, scored_count = scored_count + $5,
  dropped_count = dropped_count + $6, cleared_count = cleared_count + $7, unchanged_count = unchanged_count + $8
where value_run_id = $1 and state = 'RUNNING' and findings->>'outputHash' = $2 and through is not distinct from $3::uuid`;

export const completeRun = (at: At, valueRunId: string): Promise<void> =>
  changed(at, "value run complete", END, [valueRunId, "COMPLETED", null, at.now.toISOString()]);

export const failRun = (at: At, valueRunId: string, error: string): Promise<void> =>
  changed(at, "value run fail", END, [valueRunId, "FAILED", error, at.now.toISOString()]);

const END = `
update value_runs set state = $2, error = $3, end_time = $4, version = version + 1
where value_run_id = $1 and state = 'RUNNING'`;
