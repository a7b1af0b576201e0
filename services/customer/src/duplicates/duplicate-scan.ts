import {
  DuplicateScan,
  DuplicateScan_State as ScanState,
} from "@guanxi/contract/guanxi/customer/v1/duplicate";
import type { Principal } from "@guanxi/kit/at";
import { etagOf } from "@guanxi/kit/etag";

/** Persons and organisations together. */
export interface ScanFigures {
  readonly customerCount: number;
  readonly comparedCount: number;
  readonly keptCount: number;
  readonly newCount: number;
  readonly seenCount: number;
  readonly dismissedCount: number;
  readonly goneCount: number;
  readonly clusterCount: number;
  readonly splitCount: number;
  readonly leftOutCount: bigint;
}

export interface DuplicateScanState extends ScanFigures {
  readonly duplicateScanId: string;
  readonly state: "RUNNING" | "COMPLETED" | "FAILED" | "CANCELLED";
  readonly error: string;
  readonly initiator: Principal | null;
  readonly createTime: Date;
  readonly endTime: Date | null;
  readonly version: number;
}

const NOTHING_FOUND: ScanFigures = {
  customerCount: 0,
  comparedCount: 0,
  keptCount: 0,
  newCount: 0,
  seenCount: 0,
  dismissedCount: 0,
  goneCount: 0,
  clusterCount: 0,
  splitCount: 0,
  leftOutCount: 0n,
};

export const beginScan = (duplicateScanId: string, initiator: Principal, now: Date): DuplicateScanState => ({
  duplicateScanId,
  state: "RUNNING",
  error: "",
  initiator,
  ...NOTHING_FOUND,
  createTime: now,
  endTime: null,
  version: 1,
});

export const endScan = (
  scan: DuplicateScanState,
  end: Pick<DuplicateScanState, "state"> & Partial<DuplicateScanState>,
  now: Date,
): DuplicateScanState => ({ ...scan, ...end, endTime: now, version: scan.version + 1 });

export const presentScan = (scan: DuplicateScanState): DuplicateScan => {
  const { initiator: _, version: __, ...said } = scan;
  return DuplicateScan.fromPartial({
    ...said,
    state: ScanState[scan.state],
    endTime: scan.endTime ?? undefined,
    etag: etagOf(scan),
  });
};
