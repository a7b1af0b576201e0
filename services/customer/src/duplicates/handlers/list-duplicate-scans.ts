import type {
  ListDuplicateScansRequest,
  ListDuplicateScansResponse,
} from "@guanxi/contract/guanxi/customer/v1/duplicate_service";
import { query } from "@guanxi/kit/handler";
import { list } from "@guanxi/kit/list";
import { presentScan } from "../duplicate-scan.ts";
import { duplicateScans, scanFields } from "../duplicate-scans.ts";

export const listDuplicateScans = query<ListDuplicateScansRequest, ListDuplicateScansResponse>(
  async (request, at) => {
    const { items, nextPageToken } = await list(at, duplicateScans, {
      request: { ...request, orderBy: "create_time desc" },
      catalogue: scanFields,
      orders: ["create_time"],
    });
    return { duplicateScans: items.map(presentScan), nextPageToken };
  },
);
