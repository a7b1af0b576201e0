import {
  Difference_Kind,
  type ListDifferencesRequest,
  type ListDifferencesResponse,
} from "@guanxi/contract/guanxi/analytics/v1/reconciliation_service";
import { query } from "@guanxi/kit/handler";
import { list } from "@guanxi/kit/list";
import { get } from "@guanxi/kit/store";
import type { DifferenceState } from "../reconciliation.ts";
import { differenceFields, differences, ofReconciliation, reconciliations } from "../reconciliations.ts";

export const listDifferences = query<ListDifferencesRequest, ListDifferencesResponse>(async (request, at) => {
  const { reconciliationId } = request;
  await get(at, reconciliations, reconciliationId);
  const { items, nextPageToken } = await list(at, differences, {
    request,
    catalogue: differenceFields,
    orders: ["subject"],
    where: [ofReconciliation(reconciliationId)],
  });
  return { differences: items.map(present), nextPageToken };
});

const present = ({ area, aggregateType, table, subject, kind, afterRepair }: DifferenceState) => ({
  area,
  aggregateType,
  table,
  id: subject,
  kind: Difference_Kind[kind],
  afterRepair,
});
