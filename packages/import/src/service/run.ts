// One turn of a run: from the cursor to the end of the file, or until it is told to stop.
import { Origin } from "@guanxi/contract/guanxi/event/v1/event";
import type { DueJob, JobContext } from "@guanxi/bus/app";
import type { At } from "@guanxi/kit/at";
import { lock } from "@guanxi/kit/store";
import type { Right } from "@guanxi/kit/rights";
import { FileFault } from "../fault.ts";
import { readRows } from "../rows.ts";
import type { FileRow } from "../types.ts";
import { watchColumn } from "../values.ts";
import { type FileSource, readChunks } from "./chunks.ts";
import { compared, type Deciding, type Deed, decide, refused } from "./deeds.ts";
import { added, writeBooks, writeRecords } from "./books.ts";
import { halving } from "./halving.ts";
import { imports, requireStep, save, type Step, SUPERSEDED } from "./imports.ts";
import { sentenceOf } from "./inspect.ts";
import type { Kind } from "./kind.ts";
import { type Counts, countsOf, type ImportState } from "./state.ts";
import { asBeginner, rightsFor } from "./rights.ts";
import { type Typing, typingOf } from "./typing.ts";
import { type FileUnit, unitsOf } from "./units.ts";

/** A transaction in the name of the import; a dry one is taken back. */
export type Acts = <T>(work: (at: At) => Promise<T>, how?: { dry: boolean }) => Promise<T>;

export async function actsOf(
  { tenantId }: DueJob,
  { act, settingsOf }: JobContext,
  { importId, fileName, initiator }: Pick<ImportState, "importId" | "fileName" | "initiator">,
): Promise<Acts> {
  const { timeZone, currencyCode } = await settingsOf(tenantId);
  const as = {
    tenantId,
    actor: "import",
    timeZone,
    currencyCode,
    principal: { kind: "import", id: importId, name: fileName } as const,
    cause: { initiator, importId, origin: Origin.IMPORT, correlationId: importId, causationId: importId },
  };
  return (work, how) => act({ ...as, dry: how?.dry ?? false }, work);
}

/** A long import lets others have a turn, and goes on where it stopped. */
const TURN_MS = 60_000;

/** Answers whether it has come to an end, good or bad. */
export async function runTurn(
  { signal }: DueJob,
  acts: Acts,
  state: ImportState,
  kind: Kind,
): Promise<boolean> {
  const open = () => readChunks(state.uploadId!, acts);
  const until = performance.now() + TURN_MS;
  const step: Step = { importId: state.importId, run: state.run, state: "RUNNING" };
  try {
    const typing = await typingFor(acts, await withManners(acts, kind, state, open), kind);
    const isOver = () => performance.now() > until;
    const rights = await acts((at) => rightsFor(at, kind, state.mapping));
    const done = await writeAll({ acts, state, step, kind, typing, rights, signal }, open(), isOver);
    if (!done) return false;
  } catch (error) {
    if (error === SUPERSEDED) return true;
    if (!(error instanceof FileFault)) throw error;
    await end(acts, step, (last) => ({ ...last, state: "FAILED", error: sentenceOf(error) }));
    return true;
  }
  await end(acts, step, (last) => ({
    ...last,
    state: last.failedRows > 0n ? "COMPLETED_WITH_ERRORS" : "COMPLETED",
    readBytes: last.sizeBytes,
  }));
  return true;
}

/** Unless somebody has cancelled it just now. */
export function end(acts: Acts, step: Step, last: (state: ImportState) => ImportState): Promise<ImportState> {
  return acts(async (at) => {
    const state = await lock(at, imports, step.importId);
    if (state.state !== step.state || state.run !== step.run) return state;
    return save(at, { ...last(state), endTime: at.now });
  });
}

function typingFor(acts: Acts, state: ImportState, kind: Kind): Promise<Typing> {
  return acts(async (at) => {
    const { timeZone, currencyCode } = at;
    return typingOf({ state, kind, fields: await kind.fields(at), timeZone, currencyCode });
  });
}

/** What only the whole of a column shows, such as the order of day and month; found once, before the first row. */
async function withManners(
  acts: Acts,
  kind: Kind,
  state: ImportState,
  open: () => FileSource,
): Promise<ImportState> {
  if (state.manners) return state;
  const { steps } = await typingFor(acts, state, kind);
  const watches = steps
    .filter(({ field }) => SHOWN.has(field.kind))
    .map(({ column, index, field }) => ({ column, index, watch: watchColumn(field.kind) }));
  const see = ({ values }: FileRow) => {
    for (const { index, watch } of watches) watch.see(values[index] ?? "");
  };
  if (watches.length > 0) await eachRow(open(), state, see);
  const manners = Object.fromEntries(watches.map(({ column, watch }) => [column, watch.manner()]));
  return acts(async (at) => {
    const last = await lock(at, imports, state.importId);
    if (last.run !== state.run || last.state !== "RUNNING") throw SUPERSEDED;
    return save(at, { ...last, manners });
  });
}

/** As far as the file can be read: the rows before its fault are still to be written. */
async function eachRow(
  file: FileSource,
  { format }: ImportState,
  see: (row: FileRow) => void,
): Promise<void> {
  try {
    for await (const { rows } of readRows(file.bytes, format!)) rows.forEach(see);
  } catch (error) {
    if (!(error instanceof FileFault)) throw error;
  }
}

const SHOWN = new Set(["date", "time", "number", "money"]);

interface Writing {
  readonly acts: Acts;
  readonly state: ImportState;
  readonly step: Step;
  readonly kind: Kind;
  readonly typing: Typing;
  /** Of whoever began it, asked for in each transaction. */
  readonly rights: readonly Right[];
  readonly signal: AbortSignal;
}

/** While the database writes a batch, the next one is read. */
async function writeAll(on: Writing, file: FileSource, isOver: () => boolean): Promise<boolean> {
  const { state, kind, typing } = on;
  const { grouped = false, repeats = false } = kind;
  const how = { grouped, repeats, done: state.cursor };
  const batches = unitsOf(readRows(file.bytes, state.format!), typing, how);
  const write = writer(on);
  const next = () => {
    const promise = batches.next().then((result) => ({ ...result, read: file.given() }));
    promise.catch(() => undefined); // looked at when the batch before it is written
    return promise;
  };
  let ahead = next();
  try {
    for (;;) {
      const { value: units, done, read } = await ahead;
      if (done) return true;
      if (isOver()) return false;
      ahead = next();
      await write(units, read);
    }
  } finally {
    await ahead.catch(() => undefined);
    await batches.return(undefined);
  }
}

/** Keeps count from batch to batch. */
function writer({ acts, state, step, kind, typing, rights, signal }: Writing) {
  const { importId, sourceSystem, run, runDry: dry, initiator } = state;
  const deciding: Deciding = {
    kind,
    typing,
    run: { importId, sourceSystem, mapped: typing.mapped, number: run },
  };
  let counts: Counts = countsOf(state);
  let { cursor } = state;

  const keep = async (deeds: readonly Deed[], readBytes: bigint, at: At) =>
    writeBooks(at, deciding, step, { deeds, counts, cursor, readBytes });

  function goOn(deeds: readonly Deed[]): number {
    counts = added(counts, deeds);
    cursor += BigInt(deeds.length);
    return deeds.length;
  }

  return (units: readonly FileUnit[], readBytes: bigint) =>
    halving(units, {
      async write(some) {
        signal.throwIfAborted();
        const deeds = await acts(
          async (at) => {
            await requireStep(at, step, cursor);
            const as = await asBeginner(at, initiator, rights);
            const sound = await decide(as, deciding, some);
            const decided = dry ? await compared(as, deciding, sound) : sound;
            writeRecords(at, deciding, decided, cursor);
            const created = decided.flatMap(({ fate, state }) =>
              fate === "created" && state ? [state] : [],
            );
            await kind.follow?.(at, { created, removed: [] });
            if (!dry) await keep(decided, readBytes, at);
            return decided;
          },
          { dry },
        );
        if (dry) await acts((at) => keep(deeds, readBytes, at));
        return goOn(deeds);
      },
      async refuse(unit, fault) {
        const deeds = [refused(unit, fault)];
        await acts((at) => keep(deeds, readBytes, at));
        goOn(deeds);
      },
    });
}
