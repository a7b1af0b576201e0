import type { At } from "@guanxi/kit/at";
import { catalogue } from "@guanxi/kit/filter/catalogue";
import { refuse } from "@guanxi/kit/refuse";
import { lock, named } from "@guanxi/kit/store";
import { table } from "@guanxi/kit/table";
import { EntitySchema } from "typeorm";
import type { DuplicateScanState } from "./duplicate-scan.ts";

const scanTable = new EntitySchema<DuplicateScanState>({
  name: "duplicate_scan",
  tableName: "duplicate_scans",
  columns: {
    tenantId: { name: "tenant_id", type: "uuid", primary: true, select: false },
    duplicateScanId: { name: "duplicate_scan_id", type: "uuid", primary: true },
    state: { type: "text" },
    error: { type: "text" },
    initiator: { type: "jsonb", nullable: true },
    customerCount: { name: "customer_count", type: "int" },
    comparedCount: { name: "compared_count", type: "int" },
    keptCount: { name: "kept_count", type: "int" },
    newCount: { name: "new_count", type: "int" },
    seenCount: { name: "seen_count", type: "int" },
    dismissedCount: { name: "dismissed_count", type: "int" },
    goneCount: { name: "gone_count", type: "int" },
    clusterCount: { name: "cluster_count", type: "int" },
    splitCount: { name: "split_count", type: "int" },
    leftOutCount: { name: "left_out_count", type: "bigint" },
    createTime: { name: "create_time", type: "timestamptz" },
    endTime: { name: "end_time", type: "timestamptz", nullable: true },
    version: { type: "int" },
  } as never, // the tenant is the database's business, so no part of the state
});

/** A scan is no aggregate: nothing is different because somebody has looked. So it is copied, and tells nobody. */
export const duplicateScans = table({ entity: scanTable });

export const scanFields = catalogue<DuplicateScanState>({ id: "duplicate_scan_id", side: "" }, [
  {
    name: "create_time",
    type: "time",
    stored: { column: "create_time" },
    read: ({ createTime }) => createTime,
  },
]);

/** Of two that are started at once one is told that the other is under way. */
export async function addScan(at: At, scan: DuplicateScanState): Promise<void> {
  const { duplicateScanId, initiator, createTime } = scan;
  const rows = await named(at, {
    name: "duplicate_scans add",
    text: ADD,
    values: [duplicateScanId, JSON.stringify(initiator), createTime.toISOString()],
  });
  if (rows.length > 0) return;
  throw refuse("precondition", "SCAN_RUNNING", "A scan is under way: wait for its end, or cancel it.");
}

const ADD = `
insert into duplicate_scans (duplicate_scan_id, state, error, initiator, customer_count, compared_count, kept_count,
  new_count, seen_count, dismissed_count, gone_count, cluster_count, split_count, left_out_count, create_time, version)
values ($1, 'RUNNING', '', $2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, $3, 1)
on conflict (tenant_id) where state = 'RUNNING' do nothing returning version`;

/** Locked until the end of the transaction, so that a scan writes nothing once it is cancelled. */
export async function lockRunning(at: At, duplicateScanId: string): Promise<DuplicateScanState | undefined> {
  const scan = await lock(at, duplicateScans, duplicateScanId);
  return scan.state === "RUNNING" ? scan : undefined;
}
