// What becomes of each unit: decided with what the database knows, in one question for all.
import { isDeepStrictEqual } from "node:util";
import type { At } from "@guanxi/kit/at";
import type { State } from "@guanxi/kit/columns";
import { lockFound, named } from "@guanxi/kit/store";
import type { RowFault } from "../fault.ts";
import type { Fault, ImportRun, Kind, Planned } from "./kind.ts";
import type { ReadRow, Typing } from "./typing.ts";
import type { FileUnit } from "./units.ts";

type Fate = "created" | "updated" | "unchanged" | "failed";

export interface Deed {
  readonly unit: FileUnit;
  readonly fate: Fate;
  /** As it is to be, where it is created or updated. */
  readonly state?: State;
  readonly recordId?: string;
  readonly faults?: FileUnit["faults"];
  /** Of one that is created, what makes it look like a record that is here. */
  readonly similar?: RowFault;
  /** This key as the run has met it before. */
  readonly met?: Met;
}

/** A key that this run has met in rows before. */
interface Met {
  readonly key: string;
  readonly recordId: string | null;
  readonly row: bigint;
  readonly rows: number;
  readonly content: string;
  readonly fate: Fate;
}

export interface Deciding {
  readonly kind: Kind;
  readonly typing: Typing;
  readonly run: ImportRun & { readonly number: number };
}

/** For the first of the units at least; fewer than all where one depends on what becomes of another. */
export async function decide(at: At, on: Deciding, units: readonly FileUnit[]): Promise<Deed[]> {
  const sound = units.filter(({ faults }) => faults.size === 0);
  const { met, ids } = await known(at, on, sound);
  const first = new Map<string, FileUnit>();
  const settled = new Map<FileUnit, Deed>();
  for (const unit of units) {
    const deed =
      unit.faults.size > 0
        ? { unit, fate: "failed" as const, faults: unit.faults }
        : byMeeting(on, unit, met.get(unit.key));
    if (deed) settled.set(unit, deed);
    else if (!first.has(unit.key)) first.set(unit.key, unit);
  }
  for (const deed of await plan(at, on, [...first.values()], met, ids)) settled.set(deed.unit, deed);
  const deeds: Deed[] = [];
  for (const unit of units) {
    const deed = settled.get(unit) ?? twin(unit, settled.get(first.get(unit.key)!)!);
    if (!deed) break;
    deeds.push(deed);
  }
  return deeds;
}

async function known(at: At, { kind, run }: Deciding, units: readonly FileUnit[]) {
  const { true: hashed = [], false: named_ = [] } = Object.groupBy(
    units,
    (unit) => `${unit.hashed}` as const,
  );
  const keysOf = (some: readonly FileUnit[]) => [...new Set(some.map(({ key }) => key))];
  const [met, byKey, byContent] = await Promise.all([
    metBefore(at, run, keysOf(units)),
    kind.known(at, run.sourceSystem, keysOf(named_)),
    recordsBy(at, kind, run.sourceSystem, keysOf(hashed)),
  ]);
  const ids = new Map([...byKey, ...byContent]);
  return { met: new Map(met.map((each) => [each.key, each])), ids };
}

const metBefore = (at: At, { importId, number }: Deciding["run"], keys: readonly string[]): Promise<Met[]> =>
  named<Met>(at, {
    name: "import_keys met",
    text: `select key, record_id as "recordId", row, rows, content, fate from import_keys
      where import_id = $1 and run = $2 and key = any($3::text[])`,
    values: [importId, number, keys],
  });

async function recordsBy(at: At, kind: Kind, sourceSystem: string, keys: readonly string[]) {
  if (keys.length === 0) return [];
  const rows = await named<{ key: string; recordId: string }>(at, {
    name: "import_records by key",
    text: `select key, record_id as "recordId" from import_records
      where kind = $1 and source_system = $2 and key = any($3::text[])`,
    values: [kind.name, sourceSystem, keys],
  });
  return rows.map(({ key, recordId }) => [key, recordId] as const);
}

/** What follows from the rows before it alone; undefined where it has to be planned. */
function byMeeting({ kind }: Deciding, unit: FileUnit, met: Met | undefined): Deed | undefined {
  if (!met) return undefined;
  if (kind.grouped) return met.fate === "failed" ? refused(unit, partRefused(met.row)) : undefined;
  return met.content === unit.content ? { unit, fate: "unchanged" } : refused(unit, duplicate(met.row));
}

/** The same key once more among these units. Undefined where the first was refused, so that this one is to be tried. */
function twin(unit: FileUnit, first: Deed): Deed | undefined {
  const same = unit.content === first.unit.content;
  if (first.fate !== "failed")
    return same ? { unit, fate: "unchanged" } : refused(unit, duplicate(first.unit.rows[0]!.number));
  return same ? refused(unit, first.faults!.get(first.unit.rows[0]!)![0]!) : undefined;
}

async function plan(
  at: At,
  { kind, typing, run }: Deciding,
  units: readonly FileUnit[],
  met: ReadonlyMap<string, Met>,
  ids: ReadonlyMap<string, string>,
): Promise<Deed[]> {
  if (units.length === 0) return [];
  const idOf = ({ key }: FileUnit) => met.get(key)?.recordId ?? ids.get(key);
  const wanted = [...new Set(units.flatMap((unit) => idOf(unit) ?? []))];
  const locked = await lockFound(at, kind.table, wanted);
  const before = new Map(locked.map((state) => [state[kind.table.idField as never] as string, state]));
  const asked = units.map((unit) => ({
    key: unit.key,
    rows: unit.rows,
    before: before.get(idOf(unit) ?? ""),
    continues: met.get(unit.key)?.rows ?? 0,
    isMade: met.get(unit.key)?.fate === "created",
  }));
  const planned = await kind.plan(at, asked, run);
  return units.map((unit, index) => {
    const deed = deedOf(kind, typing, unit, asked[index]!.before, planned[index]!);
    const seen = met.get(unit.key);
    return seen ? { ...deed, met: seen } : deed;
  });
}

function deedOf(
  { table }: Kind,
  typing: Typing,
  unit: FileUnit,
  before: State | undefined,
  planned: Planned<State>,
): Deed {
  if ("fault" in planned) return refused(unit, rowFault(typing, planned.fault));
  const { state } = planned;
  const recordId = state[table.idField as never] as string;
  if (!before) return { unit, fate: "created", state, recordId };
  if (isDeepStrictEqual(shown(table, state), shown(table, before)))
    return { unit, fate: "unchanged", recordId };
  return { unit, fate: "updated", state, recordId };
}

function rowFault(typing: Typing, { field, ...fault }: Fault): RowFault {
  const column = typing.columnOf(field);
  return { ...fault, ...(column && { column }) };
}

/** With what is to be looked at before they are made for good. */
export async function compared(at: At, { kind, typing }: Deciding, deeds: readonly Deed[]): Promise<Deed[]> {
  const created = deeds.flatMap(({ fate, state }) => (fate === "created" && state ? [state] : []));
  const found = await kind.alike?.(at, created);
  return deeds.map((deed) => {
    const fault = deed.fate === "created" && found?.get(deed.recordId!);
    return fault ? { ...deed, similar: rowFault(typing, fault) } : deed;
  });
}

/** What changes by itself is no change. */
function shown({ present }: Kind["table"], state: State): object {
  const { etag: _etag, updateTime: _time, ...rest } = present!(state) as Record<string, unknown>;
  return rest;
}

export const refused = (unit: FileUnit, fault: RowFault): Deed => ({
  unit,
  fate: "failed",
  faults: new Map(unit.rows.map((row: ReadRow) => [row, [fault]])),
});

const duplicate = (row: bigint | number): RowFault => ({
  reason: "DUPLICATE_KEY",
  message: `Row ${row} has the same id and other contents: keep the one that is right.`,
});

const partRefused = (row: bigint): RowFault => ({
  reason: "PART_REFUSED",
  message: `The rows of the same record from row ${row} on were refused, and these are not taken without them.`,
});
