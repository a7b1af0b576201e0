import type {
  ReproduceValueRunRequest,
  ReproduceValueRunResponse,
} from "@guanxi/contract/guanxi/analytics/v1/value_service";
import type { Db } from "@guanxi/kit/db";
import { query } from "@guanxi/kit/handler";
import { refuse } from "@guanxi/kit/refuse";
import { get } from "@guanxi/kit/store";
import { computeRun } from "../compute-run.ts";
import { valueRuns } from "../value-runs.ts";

const LONGEST_MS = 60_000; // nobody waits longer for an answer

/** Reads in a transaction of its own, as the run did: one moment for a million customers. */
export function reproduceValueRun(db: Db) {
  // A thread and a book of all customers each: forty at once held up all other questions for seconds.
  let busy = false;
  return query<ReproduceValueRunRequest, ReproduceValueRunResponse>(async ({ valueRunId }, at) => {
    const run = await get(at, valueRuns, valueRunId);
    if (!run.findings || run.state !== "COMPLETED") throw notThrough();
    if (busy) throw oneAtATime();
    busy = true;
    const computing = computeRun(db, at.tenantId, run, AbortSignal.timeout(LONGEST_MS));
    const { findings } = await computing.finally(() => (busy = false));
    const { inputHash, outputHash } = findings;
    return {
      inputEqual: inputHash === run.findings.inputHash,
      outputEqual: outputHash === run.findings.outputHash,
      inputHash,
      outputHash,
    };
  });
}

const notThrough = () =>
  refuse("precondition", "RUN_NOT_COMPLETED", "Only a completed run can be held against the facts of today.");

const oneAtATime = () =>
  refuse("exhausted", "REPRODUCING", "Another run is being computed again just now: ask again in a minute.");
