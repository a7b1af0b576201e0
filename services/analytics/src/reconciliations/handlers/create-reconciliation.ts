import { enqueue } from "@guanxi/bus/enqueue";
import type {
  CreateReconciliationRequest,
  Reconciliation,
} from "@guanxi/contract/guanxi/analytics/v1/reconciliation_service";
import { command } from "@guanxi/kit/handler";
import { refuse } from "@guanxi/kit/refuse";
import { RECONCILE } from "../reconcile-job.ts";
import { begin, present } from "../reconciliation.ts";
import { put } from "../reconciliations.ts";

/** `areas` are those that we read of. */
export const createReconciliation = (areas: readonly string[]) =>
  command<CreateReconciliationRequest, Reconciliation>(async ({ reconciliation }, at) => {
    const { area = "", repair = false } = reconciliation ?? {};
    if (area && !areas.includes(area)) throw unknownArea(area, areas);
    const one = begin(at.newId(), at.now, { area, repair });
    put(at, one);
    enqueue(at, RECONCILE, one.reconciliationId);
    return present(one);
  });

function unknownArea(area: string, areas: readonly string[]) {
  const description = `we read of ${areas.join(", ")}`;
  const violation = { field: "reconciliation.area", description, reason: "UNKNOWN_AREA" };
  return refuse("invalid", "UNKNOWN_AREA", `Nothing is read here of "${area}": ${description}.`, [violation]);
}
