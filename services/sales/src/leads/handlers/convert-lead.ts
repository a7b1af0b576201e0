import type { Lead } from "@guanxi/contract/guanxi/sales/v1/lead";
import { LeadConverted } from "@guanxi/contract/guanxi/sales/v1/lead_events";
import type { ConvertLeadRequest } from "@guanxi/contract/guanxi/sales/v1/lead_service";
import { requireCustomer } from "@guanxi/directory/require-customer";
import { matchEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { lock, record } from "@guanxi/kit/store";
import { pipelineFor } from "../../pipelines/pipelines.ts";
import { convert, requireQualified } from "../conversion.ts";
import { leads } from "../leads.ts";
import { present } from "../present.ts";

export const convertLead = command<ConvertLeadRequest, Lead>(async (request, at) => {
  const before = await lock(at, leads, request.leadId);
  matchEtag(before, request.etag);
  if (before.status === "CONVERTED") return present(before);
  requireQualified(before);
  await requireCustomer(at, request.customerId, "customer_id");
  const pipeline = request.withoutOpportunity ? undefined : await pipelineFor(at, request.pipelineId);
  const after = convert(before, request, {
    now: at.now,
    newId: at.newId,
    pipelineId: pipeline?.pipelineId ?? "",
  });
  return present(record(at, leads, after, LeadConverted));
});
