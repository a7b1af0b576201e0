import type { Finding } from "@guanxi/bus/hold-against";
import type { At } from "@guanxi/kit/at";
import { catalogue } from "@guanxi/kit/filter/catalogue";
import { where } from "@guanxi/kit/list";
import { copy, named } from "@guanxi/kit/store";
import { table } from "@guanxi/kit/table";
import { EntitySchema } from "typeorm";
import { madeId } from "@guanxi/kit/made-id";
import { counted, type DifferenceState, type ReconciliationState } from "./reconciliation.ts";

const reconciliationTable = new EntitySchema<ReconciliationState>({
  name: "reconciliation",
  tableName: "reconciliations",
  columns: {
    reconciliationId: { name: "reconciliation_id", type: "uuid", primary: true },
    area: { type: "text" },
    repair: { type: "bool" },
    state: { type: "text" },
    error: { type: "text" },
    found: { type: "jsonb" },
    mended: { type: "jsonb" },
    createTime: { name: "create_time", type: "timestamptz" },
    endTime: { name: "end_time", type: "timestamptz", nullable: true },
    version: { type: "int" },
  },
});

const differenceTable = new EntitySchema<DifferenceState>({
  name: "reconciliation_difference",
  tableName: "reconciliation_differences",
  columns: {
    differenceId: { name: "difference_id", type: "uuid", primary: true },
    reconciliationId: { name: "reconciliation_id", type: "uuid" },
    area: { type: "text" },
    aggregateType: { name: "aggregate_type", type: "text" },
    table: { name: "table_name", type: "text" },
    subject: { type: "text" },
    kind: { type: "text" },
    afterRepair: { name: "after_repair", type: "bool" },
    version: { type: "int" },
  },
});

/** No aggregate: nobody follows what was compared. */
export const reconciliations = table({ entity: reconciliationTable });
export const differences = table({ entity: differenceTable });

export const reconciliationFields = catalogue<ReconciliationState>({ id: "reconciliation_id", side: "" }, [
  {
    name: "create_time",
    type: "time",
    stored: { column: "create_time" },
    read: ({ createTime }) => createTime,
  },
]);

export const differenceFields = catalogue<DifferenceState>({ id: "difference_id", side: "" }, [
  { name: "subject", type: "text", stored: { column: "subject" }, read: ({ subject }) => subject },
]);

export const ofReconciliation = (id: string) => where("reconciliation_id = ?::uuid", id);

export const put = (at: At, one: ReconciliationState): void => copy(at, reconciliations, [one]);

const BATCH = 10_000;

/** What was found before, by a run that was stopped, is not found again. */
export async function putFindings(
  at: At,
  before: ReconciliationState,
  findings: readonly Finding[],
  afterRepair: boolean,
): Promise<ReconciliationState> {
  const { reconciliationId } = before;
  const text = "delete from reconciliation_differences where reconciliation_id = $1 and after_repair = $2";
  await named(at, { name: "differences forget", text, values: [reconciliationId, afterRepair] });
  const rows = findings.flatMap(({ area, aggregateType, tables: [table = ""], differences }) =>
    differences.map(({ id: subject, kind }) => ({
      differenceId: madeId(reconciliationId, String(afterRepair), table, subject),
      reconciliationId,
      area,
      aggregateType,
      table,
      subject,
      kind,
      afterRepair,
      version: 1,
    })),
  );
  for (let from = 0; from < rows.length; from += BATCH) copy(at, differences, rows.slice(from, from + BATCH));
  const after = { ...before, [afterRepair ? "mended" : "found"]: findings.map(counted) };
  put(at, after);
  return after;
}
