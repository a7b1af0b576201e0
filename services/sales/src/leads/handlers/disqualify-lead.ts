import type { Lead } from "@guanxi/contract/guanxi/sales/v1/lead";
import { LeadDisqualified } from "@guanxi/contract/guanxi/sales/v1/lead_events";
import type { DisqualifyLeadRequest } from "@guanxi/contract/guanxi/sales/v1/lead_service";
import { matchEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { lock, record } from "@guanxi/kit/store";
import { disqualify } from "../lead.ts";
import { leads } from "../leads.ts";
import { present } from "../present.ts";

export const disqualifyLead = command<DisqualifyLeadRequest, Lead>(async (request, at) => {
  const before = await lock(at, leads, request.leadId);
  matchEtag(before, request.etag);
  const after = disqualify(before, { reason: request.disqualifyReason, note: request.note }, at.now);
  if (after === before) return present(before);
  return present(record(at, leads, after, LeadDisqualified));
});
