import type {
  ListReconciliationsRequest,
  ListReconciliationsResponse,
} from "@guanxi/contract/guanxi/analytics/v1/reconciliation_service";
import { query } from "@guanxi/kit/handler";
import { list } from "@guanxi/kit/list";
import { present } from "../reconciliation.ts";
import { reconciliationFields, reconciliations } from "../reconciliations.ts";

export const listReconciliations = query<ListReconciliationsRequest, ListReconciliationsResponse>(
  async (request, at) => {
    const { items, nextPageToken } = await list(at, reconciliations, {
      request: { ...request, orderBy: "create_time desc" },
      catalogue: reconciliationFields,
      orders: ["create_time"],
    });
    return { reconciliations: items.map(present), nextPageToken };
  },
);
