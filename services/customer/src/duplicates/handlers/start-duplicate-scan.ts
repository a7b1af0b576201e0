import { enqueue } from "@guanxi/bus/enqueue";
import type { DuplicateScan } from "@guanxi/contract/guanxi/customer/v1/duplicate";
import type { StartDuplicateScanRequest } from "@guanxi/contract/guanxi/customer/v1/duplicate_service";
import { command } from "@guanxi/kit/handler";
import { beginScan, presentScan } from "../duplicate-scan.ts";
import { addScan } from "../duplicate-scans.ts";
import { DUPLICATE_SCAN } from "../scan-job.ts";

export const startDuplicateScan = command<StartDuplicateScanRequest, DuplicateScan>(async (_request, at) => {
  const scan = beginScan(at.newId(), at.principal, at.now);
  await addScan(at, scan);
  enqueue(at, DUPLICATE_SCAN, scan.duplicateScanId);
  return presentScan(scan);
});
