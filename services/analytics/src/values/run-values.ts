import type { DueJob, Job, JobContext } from "@guanxi/bus/app";
import type { At } from "@guanxi/kit/at";
import { isPassing } from "@guanxi/kit/passing";
import { find } from "@guanxi/kit/store";
import { dayNumber } from "../models/day-number.ts";
import { type Computed, computeRun } from "./compute-run.ts";
import { isAlike, isForUse, type ValueRunState } from "./value-run.ts";
import { completeRun, failRun, keepFindings, lastForUse, valueRuns, waits } from "./value-runs.ts";
import { writeBatch, type Writing } from "./write-scores.ts";

/** The job of a run; its subject is the run's id. */
export const VALUE_RUN = "value run";

const LOOK_AGAIN_MS = 1_000;

/** What a stopped run has computed is computed again: the facts of then are those of now, or it begins anew with these. */
export const valueRunJob: Job = {
  name: VALUE_RUN,
  async run(due, context) {
    const act = await actingFor(due, context);
    const turn = await act((at) => turnOf(at, due.subjectId));
    if (turn === "over") return;
    if (turn === "waiting") return { afterMs: LOOK_AGAIN_MS };
    try {
      const computed = await computeRun(context.db, due.tenantId, turn, due.signal);
      await act((at) => keepFindings(at, due.subjectId, computed.findings));
      if (isForUse(turn)) await writeAll(act, due, computed);
      await act((at) => completeRun(at, due.subjectId));
    } catch (error) {
      if (due.signal.aborted || isPassing(error)) throw error;
      context.log.error({ err: error, valueRunId: due.subjectId }, "a value run has failed");
      await act((at) => failRun(at, due.subjectId, wordsOf(error)));
    }
  },
};

type Act = <T>(work: (at: At) => Promise<T>) => Promise<T>;

/** In the name of the service, for whoever asked for the run. */
async function actingFor({ tenantId, subjectId }: DueJob, { settingsOf, act }: JobContext): Promise<Act> {
  const { timeZone, currencyCode } = await settingsOf(tenantId);
  const as = { tenantId, timeZone, currencyCode, actor: "analytics/value-run" };
  const [run] = await act(as, (at) => find(at, valueRuns, [subjectId]));
  const initiator = run?.initiator ?? undefined;
  const cause = { correlationId: subjectId, causationId: subjectId, ...(initiator && { initiator }) };
  return (work) => act({ ...as, cause }, work);
}

/** The run, when it is its turn. */
async function turnOf(at: At, valueRunId: string): Promise<ValueRunState | "over" | "waiting"> {
  const [run] = await find(at, valueRuns, [valueRunId]);
  if (run?.state !== "RUNNING") return "over";
  return isForUse(run) && (await waits(at, valueRunId)) ? "waiting" : run;
}

async function writeAll(act: Act, { subjectId, signal }: DueJob, computed: Computed): Promise<void> {
  const { run, last } = await act(async (at) => {
    const [[run], last] = await Promise.all([find(at, valueRuns, [subjectId]), lastForUse(at)]);
    return { run: run!, last };
  });
  const { ids, outsiders, book, scores, findings } = computed;
  const { outputHash, modelVersion } = findings;
  const lastDay = dayNumber(run.cutOffDate) - 1;
  const common = { ids, outsiders, book, scores, outputHash, modelVersion, lastDay };
  const writing: Writing = { ...common, run, isAlike: isAlike(run, last) };
  let from = run.through;
  do {
    signal.throwIfAborted();
    from = await act((at) => writeBatch(at, writing, from));
  } while (from !== null);
}

const wordsOf = (error: unknown) =>
  `The values could not be computed: ${error instanceof Error ? error.message : String(error)}`;
