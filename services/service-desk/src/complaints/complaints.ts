// The complaints of one customer, from the table of cases.
import { Case_RootCause } from "@guanxi/contract/guanxi/service_desk/v1/case";
import type {
  Complaint,
  ComplaintTotals,
} from "@guanxi/contract/guanxi/service_desk/v1/complaint_history_service";
import type { At } from "@guanxi/kit/at";
import { numberOf } from "@guanxi/kit/enum-names";
import { where } from "@guanxi/kit/list";
import { named } from "@guanxi/kit/store";
import type { CaseRootCause, CaseState } from "../cases/case-state.ts";
import { present } from "../cases/present.ts";

export const complaintsOf = (customerId: string) =>
  where("customer_id = ?::uuid and kind = 'COMPLAINT'", customerId);

/** The sums of one cause. */
interface CauseSums {
  readonly rootCause: CaseRootCause | null;
  readonly complaintCount: number;
  readonly openCount: number;
  readonly refusedCount: number;
  readonly unansweredCount: number;
  readonly acknowledgedCount: number;
  readonly answeredCount: number;
  readonly reopenedCount: number;
  readonly resolvedCount: number;
  readonly resolutionSeconds: number;
}

export async function complaintTotals(at: At, customerId: string): Promise<ComplaintTotals> {
  const causes = await named<CauseSums>(at, {
    name: "complaints of customer sum",
    text: `
select root_cause as "rootCause", count(*)::int as "complaintCount",
  (count(*) filter (where is_open))::int as "openCount",
  (count(*) filter (where is_unanswered))::int as "unansweredCount",
  (count(*) filter (where not is_open and not is_unanswered and is_refused))::int as "refusedCount",
  count(acknowledge_time)::int as "acknowledgedCount",
  count(first_response_time)::int as "answeredCount",
  (count(*) filter (where reopen_count > 0))::int as "reopenedCount",
  count(resolve_time)::int as "resolvedCount",
  coalesce(sum(extract(epoch from resolve_time - open_time)), 0)::float8 as "resolutionSeconds"
from (
  select *, status not in ('RESOLVED', 'CLOSED', 'CANCELLED', 'MERGED') as is_open,
    status = 'MERGED' or status in ('RESOLVED', 'CLOSED', 'CANCELLED') and resolution is not distinct from 'NO_RESPONSE'
      as is_unanswered,
    coalesce(resolution in ('REJECTED', 'BY_DESIGN', 'DUPLICATE', 'INVALID'), false) as is_refused
  from cases where customer_id = $1 and kind = 'COMPLAINT') c
group by root_cause order by "complaintCount" desc, root_cause`,
    values: [customerId],
  });
  const sum = (field: Exclude<keyof CauseSums, "rootCause">) =>
    causes.reduce((total, cause) => total + cause[field], 0);
  const over = sum("openCount") + sum("refusedCount") + sum("unansweredCount");
  const resolved = sum("resolvedCount");
  return {
    complaintCount: sum("complaintCount"),
    openCount: sum("openCount"),
    grantedCount: sum("complaintCount") - over,
    refusedCount: sum("refusedCount"),
    unansweredCount: sum("unansweredCount"),
    acknowledgedCount: sum("acknowledgedCount"),
    answeredCount: sum("answeredCount"),
    reopenedCount: sum("reopenedCount"),
    meanResolutionSeconds: BigInt(resolved === 0 ? 0 : Math.round(sum("resolutionSeconds") / resolved)),
    rootCauses: causes.map(({ rootCause, complaintCount }) => ({
      rootCause: numberOf(Case_RootCause, rootCause),
      complaintCount,
    })),
  };
}

/** What the history tells of a case. */
export function complaintOf(state: CaseState): Complaint {
  const it = present(state);
  return {
    caseId: it.caseId,
    number: it.number,
    subject: it.subject,
    topic: it.topic,
    status: it.status,
    resolution: it.resolution,
    resolutionNote: it.resolutionNote,
    rootCause: it.rootCause,
    correctiveActionId: it.correctiveActionId,
    productId: it.productId,
    openTime: it.openTime,
    acknowledgeTime: it.acknowledgeTime,
    firstResponseTime: it.firstResponseTime,
    resolveTime: it.resolveTime,
    closeTime: it.closeTime,
    reopenCount: it.reopenCount,
  };
}
