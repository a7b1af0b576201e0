import type { DueJob, Job, JobContext } from "@guanxi/bus/app";
import { find, named } from "@guanxi/kit/store";
import { failuresBook, forgetRuns, keysBook, locateLast } from "./finish.ts";
import { imports, type Step } from "./imports.ts";
import type { Kind } from "./kind.ts";
import { type Acts, actsOf, end, runTurn } from "./run.ts";
import type { ImportState, Stand } from "./state.ts";
import { holdUp, undoTurn } from "./undo.ts";

export const RUN = "import_run";
export const FORGET = "import_forget";

/** A fault of ours, not of the file: after so many tries the import is given up, and can be run again. */
const MOST_ATTEMPTS = 8;
const WAIT_MS = 2_000;
const LOOK_AGAIN_MS = 200;

/** Runs, undoes, and sees to what is left to do afterwards. */
export const runJob = (kinds: ReadonlyMap<string, Kind>): Job => ({
  name: RUN,
  async run(job, context) {
    const state = await load(job, context);
    if (!state) return;
    const acts = await actsOf(job, context, state);
    const kind = kinds.get(state.kind);
    if (!kind) throw new Error(`there is no kind ${state.kind} any more`);
    const isOver = await takeTurn(job, context, acts, state, kind);
    if (!isOver) return soon(0);
    const last = (await load(job, context))!;
    if (BUSY.has(last.state)) return soon(0); // begun again meanwhile
    await forgetRuns(acts, last.importId, last.run, [
      keysBook(RESUMES.has(last.state) ? "<" : "<="),
      failuresBook("<"),
    ]);
    if (last.lastSequence > 0n || last.runDry) return;
    if (!(await locateLast(job.tenantId, acts, context, last))) return soon(LOOK_AGAIN_MS);
  },
});

const BUSY = new Set<Stand>(["RUNNING", "UNDOING"]);
const RESUMES = new Set<Stand>(["RUNNING", "FAILED", "CANCELLED"]);

const soon = (ms: number) => ({ again: new Date(Date.now() + ms) });

async function takeTurn(
  job: DueJob,
  context: JobContext,
  acts: Acts,
  state: ImportState,
  kind: Kind,
): Promise<boolean> {
  try {
    if (!BUSY.has(state.state)) return true;
    if (!(await hasHeard(job, context, state))) return false;
    if (state.state === "UNDOING") return await undoTurn(job, acts, state, kind);
    return await runTurn(job, acts, state, kind);
  } catch (error) {
    if (job.signal.aborted || job.attempts + 1 < MOST_ATTEMPTS) throw error;
    const { importId, run } = state;
    if (state.state === "UNDOING") {
      await holdUp(acts, { importId, run, state: "UNDOING" });
      throw error; // tried again each minute: half taken back it cannot stay
    }
    context.log.error({ err: error, importId }, "an import is given up");
    const step: Step = { importId, run, state: "RUNNING" };
    await end(acts, step, (last) => ({ ...last, state: "FAILED", error: GIVEN_UP }));
    return true;
  }
}

const GIVEN_UP =
  "Something failed here that the file cannot help: run it again, and tell whoever operates this.";

/** What other imports made is known here. Not waited for long, for others have work too. */
async function hasHeard({ signal }: DueJob, { passed }: JobContext, state: ImportState): Promise<boolean> {
  const hasBegun = state.state === "RUNNING" && state.cursor > 0n;
  if (state.afterSequence === 0n || hasBegun) return true;
  const patience = AbortSignal.timeout(WAIT_MS);
  try {
    await passed(state.afterSequence, AbortSignal.any([signal, patience]));
    return true;
  } catch (error) {
    if (patience.aborted && !signal.aborted) return false;
    throw error;
  }
}

async function load({ tenantId, subjectId }: DueJob, { act, settingsOf }: JobContext) {
  const { timeZone, currencyCode } = await settingsOf(tenantId);
  const [state] = await act({ tenantId, actor: "import", timeZone, currencyCode }, (at) =>
    find(at, imports, [subjectId]),
  );
  return state;
}

const HOUR_MS = 3_600_000;
const FEW = 64; // sixteen megabytes

/** Deletes the file in its time, and before that what uploads have left that were not finished. */
export const forgetJob: Job = {
  name: FORGET,
  async run(job, context) {
    const state = await load(job, context);
    if (!state) return;
    const acts = await actsOf(job, context, state);
    const now = Date.now();
    const isExpired = state.fileExpireTime !== null && state.fileExpireTime.getTime() <= now;
    if (isExpired && BUSY.has(state.state)) return soon(HOUR_MS);
    const left = isExpired ? null : state.uploadId;
    const rest = await deleteChunks(acts, state.importId, left, new Date(isExpired ? now : now - HOUR_MS));
    if (isExpired) {
      await forgetRuns(acts, state.importId, state.run, [keysBook("<="), failuresBook("<=")]);
      return;
    }
    if (rest) return soon(HOUR_MS);
    return state.fileExpireTime ? { again: state.fileExpireTime } : undefined;
  },
};

/** All but those of the upload that counts; answers whether younger ones are left. */
async function deleteChunks(
  acts: Acts,
  importId: string,
  except: string | null,
  before: Date,
): Promise<boolean> {
  for (let gone = FEW; gone >= FEW; ) {
    const rows = await acts((at) =>
      named(at, {
        name: "import_chunks forget",
        text: `delete from import_chunks where (tenant_id, upload_id, number) in (
            select tenant_id, upload_id, number from import_chunks
            where import_id = $1 and upload_id is distinct from $2::uuid and create_time <= $3 limit ${FEW})
          returning number`,
        values: [importId, except, before.toISOString()],
      }),
    );
    gone = rows.length;
  }
  const [left] = await acts((at) =>
    named(at, {
      name: "import_chunks left",
      text: "select 1 from import_chunks where import_id = $1 and upload_id is distinct from $2::uuid limit 1",
      values: [importId, except],
    }),
  );
  return left !== undefined;
}
