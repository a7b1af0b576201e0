import type {
  GetReconciliationRequest,
  Reconciliation,
} from "@guanxi/contract/guanxi/analytics/v1/reconciliation_service";
import { query } from "@guanxi/kit/handler";
import { get } from "@guanxi/kit/store";
import { present } from "../reconciliation.ts";
import { reconciliations } from "../reconciliations.ts";

export const getReconciliation = query<GetReconciliationRequest, Reconciliation>(
  async ({ reconciliationId }, at) => present(await get(at, reconciliations, reconciliationId)),
);
