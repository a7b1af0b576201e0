import type { Difference } from "@guanxi/bus/compare";
import type { Finding } from "@guanxi/bus/hold-against";
import {
  type Comparison,
  Comparison_SourceCheck as SourceCheck,
  type Reconciliation,
  Reconciliation as ReconciliationMessage,
  Reconciliation_State as MessageState,
} from "@guanxi/contract/guanxi/analytics/v1/reconciliation_service";
import type { State } from "@guanxi/kit/columns";

export interface ReconciliationState extends State {
  readonly reconciliationId: string;
  /** Empty for all. */
  readonly area: string;
  readonly repair: boolean;
  readonly state: "RUNNING" | "COMPLETED" | "FAILED";
  readonly error: string;
  readonly found: readonly Counted[];
  readonly mended: readonly Counted[];
  readonly createTime: Date;
  readonly endTime: Date | null;
}

/** A finding whose differences stand in a table of their own, since there may be a million of them. */
type Counted = Omit<Finding, "differences"> & { readonly differenceCount: number };

export interface DifferenceState extends State {
  readonly differenceId: string;
  readonly reconciliationId: string;
  readonly area: string;
  readonly aggregateType: string;
  readonly table: string;
  readonly subject: string;
  readonly kind: Difference["kind"];
  readonly afterRepair: boolean;
}

export const counted = ({ differences, ...finding }: Finding): Counted => ({
  ...finding,
  differenceCount: differences.length,
});

export const differs = ({ differenceCount }: Counted): boolean => differenceCount > 0;

export function begin(
  reconciliationId: string,
  now: Date,
  asked: { area: string; repair: boolean },
): ReconciliationState {
  return {
    ...asked,
    reconciliationId,
    state: "RUNNING",
    error: "",
    found: [],
    mended: [],
    createTime: now,
    endTime: null,
    version: 1,
  };
}

export function present(one: ReconciliationState): Reconciliation {
  const last = one.mended.length > 0 ? one.mended : one.found;
  return ReconciliationMessage.fromPartial({
    reconciliationId: one.reconciliationId,
    area: one.area,
    repair: one.repair,
    state: MessageState[one.state],
    error: one.error,
    createTime: one.createTime,
    endTime: one.endTime ?? undefined,
    comparisons: one.found.map(presentCounted),
    comparisonsAfterRepair: one.mended.map(presentCounted),
    differenceCount: last.reduce((sum, { differenceCount }) => sum + differenceCount, 0),
  });
}

const presentCounted = (each: Counted): Comparison => ({
  area: each.area,
  aggregateType: each.aggregateType,
  tables: [...each.tables],
  sourceCount: BigInt(each.source?.count ?? 0),
  sourceChecksum: each.source?.checksum ?? "",
  hereVersionsChecksum: each.versionsHere?.checksum ?? "",
  toldCount: BigInt(each.told.count),
  toldChecksum: each.told.checksum,
  hereCount: BigInt(each.here.count),
  hereChecksum: each.here.checksum,
  streamSequence: BigInt(each.streamSequence),
  differenceCount: each.differenceCount,
  sourceCheck: SourceCheck[each.sourceCheck ?? "UNSPECIFIED"],
});
