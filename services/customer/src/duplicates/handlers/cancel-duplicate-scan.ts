import type { DuplicateScan } from "@guanxi/contract/guanxi/customer/v1/duplicate";
import type { CancelDuplicateScanRequest } from "@guanxi/contract/guanxi/customer/v1/duplicate_service";
import { command } from "@guanxi/kit/handler";
import { copy, lock } from "@guanxi/kit/store";
import { endScan, presentScan } from "../duplicate-scan.ts";
import { duplicateScans } from "../duplicate-scans.ts";

export const cancelDuplicateScan = command<CancelDuplicateScanRequest, DuplicateScan>(
  async ({ duplicateScanId }, at) => {
    const before = await lock(at, duplicateScans, duplicateScanId);
    if (before.state !== "RUNNING") return presentScan(before);
    const after = endScan(before, { state: "CANCELLED" }, at.now);
    copy(at, duplicateScans, [after]);
    return presentScan(after);
  },
);
