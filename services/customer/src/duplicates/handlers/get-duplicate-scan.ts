import type { DuplicateScan } from "@guanxi/contract/guanxi/customer/v1/duplicate";
import type { GetDuplicateScanRequest } from "@guanxi/contract/guanxi/customer/v1/duplicate_service";
import { query } from "@guanxi/kit/handler";
import { get } from "@guanxi/kit/store";
import { presentScan } from "../duplicate-scan.ts";
import { duplicateScans } from "../duplicate-scans.ts";

export const getDuplicateScan = query<GetDuplicateScanRequest, DuplicateScan>(
  async ({ duplicateScanId }, at) => presentScan(await get(at, duplicateScans, duplicateScanId)),
);
