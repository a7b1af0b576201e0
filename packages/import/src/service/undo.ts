// Takes back what an import wrote, newest first, a few records at a time.
import type { DueJob } from "@guanxi/bus/app";
import type { At } from "@guanxi/kit/at";
import type { State } from "@guanxi/kit/columns";
import { discard, lock, lockFound, named, record } from "@guanxi/kit/store";
import type { RowFault } from "../fault.ts";
import { contentOf, ownColumns, writeFailures } from "./books.ts";
import { halving } from "./halving.ts";
import { advance, imports, requireStep, save, type Step, SUPERSEDED } from "./imports.ts";
import type { Kind } from "./kind.ts";
import { type Acts, end } from "./run.ts";
import type { ImportState } from "./state.ts";

const AT_ONCE = 500;

interface Write {
  readonly recordId: string;
  readonly version: number;
  readonly row: bigint;
  readonly isNew: boolean;
}

interface Undoing {
  readonly acts: Acts;
  readonly step: Step;
  readonly kind: Kind;
}

type Undone = Write & { readonly outcome: "REMOVED" | "RESTORED" | "KEPT"; readonly fault?: RowFault };

/** Answers whether it has come to an end. */
export async function undoTurn(
  { signal }: DueJob,
  acts: Acts,
  state: ImportState,
  kind: Kind,
): Promise<boolean> {
  const step: Step = { importId: state.importId, run: state.run, state: "UNDOING" };
  const keeper = counting({ acts, step, kind }, state);
  try {
    for (;;) {
      const writes = await acts((at) => newest(at, state.importId));
      if (writes.length === 0) break;
      await halving(writes, {
        write: (some) => {
          signal.throwIfAborted();
          return keeper.takeBack(some);
        },
        refuse: (one, fault) => keeper.keep(one, fault),
      });
    }
  } catch (error) {
    if (error === SUPERSEDED) return true;
    throw error;
  }
  await end(acts, step, (last) => ({
    ...last,
    state: "UNDONE",
    error: last.error === HELD_UP ? "" : last.error,
  }));
  return true;
}

const HELD_UP =
  "Something fails here, so not all is taken back yet: it is tried again each minute; tell whoever operates this.";

/** Says to whoever waits why it takes so long. */
export const holdUp = (acts: Acts, { importId, run }: Step): Promise<unknown> =>
  acts(async (at) => {
    const state = await lock(at, imports, importId);
    if (state.state === "UNDOING" && state.run === run && state.error !== HELD_UP)
      save(at, { ...state, error: HELD_UP });
  });

const newest = (at: At, importId: string): Promise<Write[]> =>
  named<Write>(at, {
    name: "import_writes newest",
    text: `select record_id as "recordId", version, row, before is null as "isNew" from import_writes
      where import_id = $1 and outcome is null order by place desc limit ${AT_ONCE}`,
    values: [importId],
  });

function counting({ acts, step, kind }: Undoing, state: ImportState) {
  let { removedRecords, restoredRecords, keptRecords } = state;

  function told(at: At, undone: readonly Undone[]) {
    tellOutcomes(at, step.importId, undone);
    const kept = undone.flatMap(({ row, fault }) => (fault ? [{ row, cells: [], faults: [fault] }] : []));
    writeFailures(at, step, kept);
    const count = (outcome: Undone["outcome"]) =>
      BigInt(undone.filter((each) => each.outcome === outcome).length);
    const after = {
      removed_records: removedRecords + count("REMOVED"),
      restored_records: restoredRecords + count("RESTORED"),
      kept_records: keptRecords + count("KEPT"),
    };
    advance(
      at,
      step,
      ["removed_records + restored_records + kept_records", removedRecords + restoredRecords + keptRecords],
      after,
    );
    return after;
  }
  function goOn(after: ReturnType<typeof told>) {
    removedRecords = after.removed_records;
    restoredRecords = after.restored_records;
    keptRecords = after.kept_records;
  }

  return {
    async takeBack(writes: readonly Write[]): Promise<number> {
      const after = await acts(async (at) => {
        const [, undone] = await Promise.all([requireStep(at, step), undo(at, step.importId, kind, writes)]);
        return told(at, undone);
      });
      goOn(after);
      return writes.length;
    },
    async keep(write: Write, { message }: RowFault): Promise<void> {
      const fault = { reason: "STILL_NEEDED", message: `The record ${write.recordId} stays: ${message}` };
      goOn(await acts(async (at) => told(at, [{ ...write, outcome: "KEPT", fault }])));
    },
  };
}

async function undo(at: At, importId: string, kind: Kind, writes: readonly Write[]): Promise<Undone[]> {
  const { table, events } = kind;
  const ids = writes.map(({ recordId }) => recordId);
  const [locked, needed] = await Promise.all([
    lockFound(at, table, ids),
    kind.needed?.(
      at,
      writes.filter(({ isNew }) => isNew).map(({ recordId }) => recordId),
    ),
  ]);
  const now = new Map(locked.map((state) => [state[table.idField as never] as string, state]));
  const later = writes.filter(({ recordId, version }) => now.get(recordId)?.version !== version);
  const alike = await stillAlike(at, importId, kind, later);
  const undone = writes.map((write): Undone => {
    if (later.includes(write) && !alike.has(write.recordId))
      return { ...write, outcome: "KEPT", fault: changed(write) };
    if (!write.isNew) return { ...write, outcome: "RESTORED" };
    if (needed?.has(write.recordId)) return { ...write, outcome: "KEPT", fault: depended(write) };
    return { ...write, outcome: "REMOVED" };
  });
  const idsOf = (outcome: Undone["outcome"]) =>
    undone.filter((each) => each.outcome === outcome).map(({ recordId }) => recordId);
  record(at, table, await restored(at, importId, kind, now, idsOf("RESTORED")), events.changed);
  const removed = idsOf("REMOVED");
  const gone = removed.map((id) => now.get(id)!);
  discard(at, table, gone, events.removed);
  await kind.follow?.(at, { created: [], removed: gone });
  if (removed.length > 0)
    at.tell({
      name: "import_records forget",
      text: "delete from import_records where record_id = any($1::uuid[])",
      values: [removed],
    });
  return undone;
}

/** Of records with a later version, those in which nobody has changed anything but services what they derive. */
async function stillAlike(at: At, importId: string, kind: Kind, writes: readonly Write[]) {
  if (writes.length === 0) return new Set<string>();
  const { table } = kind;
  const rows = await named<{ recordId: string }>(at, {
    name: `${kind.name} alike`,
    text: `select w.record_id as "recordId" from import_writes w
      join ${table.name} t on t.${table.id.name} = w.record_id
      where w.import_id = $1 and w.record_id = any($2::uuid[]) and w.content = ${contentOf(kind)}`,
    values: [importId, writes.map(({ recordId }) => recordId)],
  });
  const alike = rows.map(({ recordId }) => recordId);
  const changed = alike.length > 0 ? await kind.changedSince?.(at, importId, alike) : undefined;
  return new Set(alike.filter((id) => !changed?.has(id)));
}

async function restored(
  at: At,
  importId: string,
  kind: Kind,
  now: ReadonlyMap<string, State>,
  ids: readonly string[],
): Promise<State[]> {
  const records = (await asBefore(at, importId, kind, ids)).map((state) => {
    const last = now.get(state[kind.table.idField as never])!;
    return { before: { ...state, version: last.version }, now: last };
  });
  return kind.restore
    ? [...(await kind.restore(at, records, importId))]
    : records.map(({ before }) => before);
}

/**
 * What the rows were. A column that has been added since keeps what is in it, and so does one that services derive, unless
 * the kind says what becomes of it.
 */
function asBefore(at: At, importId: string, kind: Kind, ids: readonly string[]): Promise<State[]> {
  if (ids.length === 0) return Promise.resolve([]);
  const { table } = kind;
  const columns = table.columns.map(({ name, field }) => `b.${name} as "${field}"`).join(", ");
  return named<State>(at, {
    name: `${kind.name} as before`,
    text: `select ${columns} from import_writes w
      join ${table.name} t on t.${table.id.name} = w.record_id,
      jsonb_populate_record(t, w.before - ${ownColumns(kind.restore ? [] : kind.derived)}) b
      where w.import_id = $1 and w.record_id = any($2::uuid[])`,
    values: [importId, ids],
  });
}

function tellOutcomes(at: At, importId: string, undone: readonly Undone[]): void {
  at.tell({
    name: "import_writes outcome",
    text: `update import_writes w set outcome = i.outcome, undo_version = i.version
      from unnest($2::uuid[], $3::text[], $4::int[]) as i (record_id, outcome, version)
      where w.import_id = $1 and w.record_id = i.record_id`,
    values: [
      importId,
      undone.map(({ recordId }) => recordId),
      undone.map(({ outcome }) => outcome),
      undone.map(({ outcome, version }) => (outcome === "KEPT" ? null : version + 1)),
    ],
  });
}

const changed = ({ recordId }: Write): RowFault => ({
  reason: "CHANGED_SINCE",
  message: `The record ${recordId} was changed after the import, so it stays as it is.`,
});

const depended = ({ recordId }: Write): RowFault => ({
  reason: "STILL_NEEDED",
  message: `Other records depend on the record ${recordId}, so it stays.`,
});
