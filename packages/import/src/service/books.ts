// What an import keeps of its rows: the records with what they were, the keys it has met, the rows that were refused.
import type { At } from "@guanxi/kit/at";
import { wire } from "@guanxi/kit/columns";
import type { State } from "@guanxi/kit/columns";
import { record } from "@guanxi/kit/store";
import type { RowFault } from "../fault.ts";
import type { Deciding, Deed } from "./deeds.ts";
import { advance, type Step } from "./imports.ts";
import type { Kind } from "./kind.ts";
import type { Counts } from "./state.ts";

/** The records with their events, and what undo needs. */
export function writeRecords(at: At, { kind, run }: Deciding, deeds: readonly Deed[], place: bigint): void {
  const written = deeds.flatMap(({ state, recordId, unit }, index) =>
    state ? [{ state, recordId: recordId!, place: place + BigInt(index), row: unit.rows[0]!.number }] : [],
  );
  const created = written.filter(({ state }) => state.version === 0);
  const changed = written.filter(({ state }) => state.version > 0);
  if (changed.length > 0) tellChanged(at, run.importId, kind, changed); // before they are other than they were
  const states = (some: readonly Written[]) => some.map(({ state }) => state);
  record(at, kind.table, states(created), kind.events.created);
  record(at, kind.table, states(changed), kind.events.changed);
  if (changed.length > 0) tellContents(at, run.importId, kind, changed);
  if (created.length > 0) tellCreated(at, run.importId, kind, created);
  const hashed = deeds.filter(({ unit, state }) => unit.hashed && state?.version === 0);
  if (hashed.length > 0) tellHashed(at, kind.name, run.sourceSystem, hashed);
}

interface Written {
  readonly state: State;
  readonly recordId: string;
  readonly place: bigint;
  readonly row: number;
}

const FROM =
  "unnest($2::uuid[], $3::bigint[], $4::bigint[], $5::int[]) as i (record_id, place, row, version)";

/** Row by row, for as long as there are no statistics of a table that fills, a join would read all of it. */
function tellCreated(at: At, importId: string, kind: Kind, created: readonly Written[]): void {
  const { name, id } = kind.table;
  at.tell({
    name: `import_writes created ${kind.name}`, // kinds of one table may differ in what they derive
    text: `insert into import_writes (import_id, record_id, place, row, version, content)
      select $1, i.*, c.content from ${FROM} cross join lateral (
        select ${contentOf(kind)} as content from ${name} t where t.${id.name} = i.record_id limit 1) c
      on conflict (tenant_id, import_id, record_id) do update
        set version = excluded.version, content = excluded.content`,
    values: [importId, ...columnsOf(created)],
  });
}

/** Of a record that it writes twice, undo needs what was before the first time. */
function tellChanged(at: At, importId: string, { table: { name, id } }: Kind, changed: readonly Written[]) {
  at.tell({
    name: `import_writes changed ${name}`,
    text: `insert into import_writes (import_id, record_id, place, row, version, before)
      select $1, i.*, to_jsonb(t) from ${FROM} join ${name} t on t.${id.name} = i.record_id
      on conflict (tenant_id, import_id, record_id) do update set version = excluded.version`,
    values: [importId, ...columnsOf(changed)],
  });
}

const columnsOf = (written: readonly Written[]) => [
  written.map(({ recordId }) => recordId),
  written.map(({ place }) => place),
  written.map(({ row }) => BigInt(row)),
  written.map(({ state }) => state.version + 1),
];

function tellContents(at: At, importId: string, kind: Kind, written: readonly Written[]): void {
  const { table } = kind;
  at.tell({
    name: `import_writes content ${kind.name}`,
    text: `update import_writes w set content = ${contentOf(kind)} from ${table.name} t
      where w.import_id = $1 and w.record_id = any($2::uuid[]) and t.${table.id.name} = w.record_id`,
    values: [importId, written.map(({ recordId }) => recordId)],
  });
}

/**
 * Of a row t: the same as long as nobody but services has changed it, also when a later import has been undone. By the
 * hash that the database has for rows, at a quarter of what it costs to write the row as JSON and to take the MD5 of that.
 */
export function contentOf({ table, derived = [], said = [] }: Kind): string {
  const names = table.columns.map(({ name }) => name).filter((name) => ![...OWN, ...derived].includes(name));
  return `lpad(to_hex(hash_record_extended(row(${[...names.map((name) => `t.${name}`), ...said].join(", ")}), 0)), 32, '0')::uuid`;
}

const OWN = ["version", "update_time"];

/** Columns in which a row differs though nobody has changed it. */
export const ownColumns = (derived: Kind["derived"] = []) =>
  `array[${[...OWN, ...derived].map((name) => `'${name}'`).join(", ")}]::text[]`;

function tellHashed(at: At, kind: string, sourceSystem: string, deeds: readonly Deed[]): void {
  at.tell({
    name: "import_records insert",
    text: `insert into import_records (kind, source_system, key, record_id)
      select $1, $2, * from unnest($3::text[], $4::uuid[])
      on conflict (tenant_id, kind, source_system, key) do update set record_id = excluded.record_id`,
    values: [kind, sourceSystem, deeds.map(({ unit }) => unit.key), deeds.map(({ recordId }) => recordId)],
  });
}

/** How far the run has come, with all that it has to remember of these units. */
export function writeBooks(
  at: At,
  { kind, run }: Deciding,
  step: Step,
  { deeds, counts, cursor, readBytes }: Progress,
): void {
  tellKeys(
    at,
    run,
    deeds.filter(({ fate, met, unit }) => isKept(fate, kind.grouped, met) && unit.key !== ""),
  );
  writeFailures(at, step, deeds.flatMap(toBeLookedAt));
  const after = added(counts, deeds);
  advance(at, step, ["cursor", cursor], {
    cursor: cursor + BigInt(deeds.length),
    read_bytes: readBytes,
    read_rows: after.readRows,
    created_rows: after.createdRows,
    updated_rows: after.updatedRows,
    unchanged_rows: after.unchangedRows,
    failed_rows: after.failedRows,
    created_records: after.createdRecords,
    updated_records: after.updatedRecords,
    similar_rows: after.similarRows,
  });
}

/** The rows that were refused, and those that look like what is here. */
function toBeLookedAt({ unit, faults, similar }: Deed): Failure[] {
  const rows = faults ? [...faults] : similar ? unit.rows.map((row) => [row, [similar]] as const) : [];
  return rows.map(([row, found]) => ({ cells: row.cells, row: row.number, faults: found }));
}

export interface Progress {
  readonly deeds: readonly Deed[];
  /** Before these. */
  readonly counts: Counts;
  readonly cursor: bigint;
  readonly readBytes: bigint;
}

/** A row that was refused leaves its key to another; of a record in parts none is taken any more. */
const isKept = (fate: Deed["fate"], grouped: true | undefined, met: Deed["met"]) =>
  grouped ? true : fate !== "failed" && !met;

function tellKeys(at: At, { importId, number }: Deciding["run"], deeds: readonly Deed[]): void {
  const firsts = new Map(deeds.toReversed().map((deed) => [deed.unit.key, deed]));
  const keys = [...firsts.values()];
  if (keys.length === 0) return;
  at.tell({
    name: "import_keys insert",
    text: `insert into import_keys (import_id, run, key, record_id, row, rows, content, fate)
      select $1, $2, * from unnest($3::text[], $4::uuid[], $5::bigint[], $6::int[], $7::uuid[], $8::text[])
      on conflict (tenant_id, import_id, run, key) do update
        set rows = import_keys.rows + excluded.rows, fate = excluded.fate`,
    values: [
      importId,
      number,
      keys.map(({ unit }) => unit.key),
      keys.map(({ recordId }) => recordId ?? null),
      keys.map(({ unit }) => unit.rows[0]!.number),
      keys.map(({ unit }) => unit.rows.length),
      keys.map(({ unit }) => unit.content),
      keys.map(fateAfter),
    ],
  });
}

const fateAfter = ({ fate, met }: Deed) =>
  met && met.fate !== "unchanged" && fate !== "failed" ? met.fate : fate;

export interface Failure {
  readonly row: number | bigint;
  readonly cells: readonly string[];
  readonly faults: readonly RowFault[];
}

export function writeFailures(at: At, { importId, run }: Step, failures: readonly Failure[]): void {
  if (failures.length === 0) return;
  at.tell({
    name: "import_failures insert",
    text: `insert into import_failures (import_id, run, row, cells, faults)
      select $1, $2, * from unnest($3::bigint[], $4::jsonb[], $5::jsonb[])`,
    values: [
      importId,
      run,
      failures.map(({ row }) => row),
      failures.map(({ cells }) => storable(cells)),
      failures.map(({ faults }) => storable(faults)),
    ],
  });
}

/** Postgres stores no NUL, and why the row was refused is told besides. */
const storable = (value: unknown) => String(wire("jsonb", value)).replaceAll("\\u0000", "");

type Counting = { -readonly [Name in keyof Counts]: bigint };

export function added(before: Counts, deeds: readonly Deed[]): Counts {
  const counts: Counting = { ...before };
  for (const deed of deeds) {
    const { fate, again } = countedAs(deed);
    const rows = BigInt(deed.unit.rows.length);
    counts.readRows += rows;
    counts[`${fate}Rows`] += rows;
    if (deed.similar) counts.similarRows += rows;
    if (!again && fate === "created") counts.createdRecords += 1n;
    if (!again && fate === "updated") counts.updatedRecords += 1n;
  }
  return counts;
}

/** More of a record that this run has written is a part of the same deed. */
function countedAs({ fate, met }: Deed): { fate: Deed["fate"]; again: boolean } {
  const again = met?.fate === "created" || met?.fate === "updated";
  const writes = fate === "created" || fate === "updated";
  return { fate: again && writes ? met.fate : fate, again };
}
