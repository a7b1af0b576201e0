import type { Lead } from "@guanxi/contract/guanxi/sales/v1/lead";
import { LeadAssigned } from "@guanxi/contract/guanxi/sales/v1/lead_events";
import type { AssignLeadRequest } from "@guanxi/contract/guanxi/sales/v1/lead_service";
import { matchEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { lock, record } from "@guanxi/kit/store";
import { requireUser } from "@guanxi/kit/users";
import { assign } from "../lead.ts";
import { leads } from "../leads.ts";
import { present } from "../present.ts";

export const assignLead = command<AssignLeadRequest, Lead>(async (request, at) => {
  const before = await lock(at, leads, request.leadId);
  matchEtag(before, request.etag);
  const after = assign(before, request.ownerId.toLowerCase() || null, at.now);
  if (after === before) return present(before);
  await requireUser(at, request.ownerId, "owner_id");
  return present(record(at, leads, after, LeadAssigned, { reason: request.reason }));
});
