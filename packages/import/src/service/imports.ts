import type { At } from "@guanxi/kit/at";
import { catalogue } from "@guanxi/kit/filter/catalogue";
import { copy, named } from "@guanxi/kit/store";
import { table } from "@guanxi/kit/table";
import { EntitySchema } from "typeorm";
import { type ImportState, present } from "./state.ts";

const importTable = new EntitySchema<ImportState>({
  name: "import",
  tableName: "imports",
  columns: {
    tenantId: { name: "tenant_id", type: "uuid", primary: true, select: false },
    importId: { name: "import_id", type: "uuid", primary: true },
    kind: { type: "text" },
    sourceSystem: { name: "source_system", type: "text" },
    fileName: { name: "file_name", type: "text" },
    wish: { type: "jsonb" },
    format: { type: "jsonb", nullable: true },
    manners: { type: "jsonb", nullable: true },
    mapping: { type: "jsonb" },
    isGuessed: { name: "is_guessed", type: "bool" },
    columns: { type: "jsonb" },
    replacements: { type: "jsonb" },
    dryRun: { name: "dry_run", type: "bool" },
    afterSequence: { name: "after_sequence", type: "bigint" },
    state: { type: "text" },
    uploadId: { name: "upload_id", type: "uuid", nullable: true },
    sizeBytes: { name: "size_bytes", type: "bigint" },
    sha256: { type: "text" },
    run: { type: "int" },
    runDry: { name: "run_dry", type: "bool" },
    cursor: { type: "bigint" },
    readBytes: { name: "read_bytes", type: "bigint" },
    readRows: { name: "read_rows", type: "bigint" },
    createdRows: { name: "created_rows", type: "bigint" },
    updatedRows: { name: "updated_rows", type: "bigint" },
    unchangedRows: { name: "unchanged_rows", type: "bigint" },
    failedRows: { name: "failed_rows", type: "bigint" },
    createdRecords: { name: "created_records", type: "bigint" },
    updatedRecords: { name: "updated_records", type: "bigint" },
    similarRows: { name: "similar_rows", type: "bigint" },
    removedRecords: { name: "removed_records", type: "bigint" },
    restoredRecords: { name: "restored_records", type: "bigint" },
    keptRecords: { name: "kept_records", type: "bigint" },
    lastSequence: { name: "last_sequence", type: "bigint" },
    error: { type: "text" },
    creator: { type: "jsonb" },
    initiator: { type: "jsonb" },
    createTime: { name: "create_time", type: "timestamptz" },
    startTime: { name: "start_time", type: "timestamptz", nullable: true },
    endTime: { name: "end_time", type: "timestamptz", nullable: true },
    fileExpireTime: { name: "file_expire_time", type: "timestamptz", nullable: true },
    version: { type: "int" },
  } as never, // the tenant is the database's business, so no part of the state
});

/** No aggregate that others hear of: its steps are told by the records that come of it. */
export const imports = table({ entity: importTable });

export const importFields = catalogue<ImportState>({ id: "import_id", side: "none" }, [
  {
    name: "create_time",
    type: "time",
    stored: { column: "create_time" },
    read: ({ createTime }) => createTime,
  },
]);

/** What is written of it has been locked before, or is new. */
export function save(at: At, state: ImportState): ImportState {
  const after = { ...state, version: state.version + 1 };
  copy(at, imports, [after]);
  return after;
}

export const saved = (at: At, state: ImportState) => present(save(at, state));

/** What a step of a run takes for granted; raises where a command, or another process, was quicker. */
export interface Step {
  readonly importId: string;
  readonly run: number;
  readonly state: "RUNNING" | "UNDOING";
}

/** Somebody else goes on with this import, or nobody is to: nothing of this step is kept. */
export const SUPERSEDED = new Error("the import has moved on without this step");

/** `set` holds the columns with what they become; `expected` a column with what it must be. */
export function advance(
  at: At,
  step: Step,
  expected: readonly [column: string, value: bigint],
  set: Readonly<Record<string, unknown>>,
): void {
  const names = Object.keys(set);
  const assignments = names.map((name, index) => `${name} = $${index + 5}`).join(", ");
  at.tell({
    name: `imports advance ${step.state}`, // each state has columns of its own
    text: `with w as (
        update imports set ${assignments}
        where import_id = $1 and run = $2 and state = $3 and ${expected[0]} = $4 returning import_id)
      select refuse_stale(array(select $1::uuid except select import_id from w))`,
    values: [step.importId, step.run, step.state, expected[1], ...Object.values(set)],
    refusal: (error) => (error.code === "GX412" ? SUPERSEDED : error),
  });
}

/** A look before the work, so that most of what would be superseded is not even begun. */
export async function requireStep(at: At, step: Step, cursor?: bigint): Promise<void> {
  const rows = await named<{ cursor: bigint }>(at, {
    name: "imports step",
    text: "select cursor from imports where import_id = $1 and run = $2 and state = $3",
    values: [step.importId, step.run, step.state],
  });
  if (!rows[0] || (cursor !== undefined && rows[0].cursor !== cursor)) throw SUPERSEDED;
}
