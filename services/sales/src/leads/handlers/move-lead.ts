import { type Lead, Lead_Status } from "@guanxi/contract/guanxi/sales/v1/lead";
import { LeadMoved } from "@guanxi/contract/guanxi/sales/v1/lead_events";
import type { MoveLeadRequest } from "@guanxi/contract/guanxi/sales/v1/lead_service";
import { matchEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { lock, record } from "@guanxi/kit/store";
import { nameOf } from "@guanxi/kit/enum-names";
import { move } from "../lead.ts";
import { leads } from "../leads.ts";
import { present } from "../present.ts";

export const moveLead = command<MoveLeadRequest, Lead>(async (request, at) => {
  const before = await lock(at, leads, request.leadId);
  matchEtag(before, request.etag);
  const after = move(before, nameOf(Lead_Status, request.status)!, at.now);
  if (after === before) return present(before);
  return present(record(at, leads, after, LeadMoved, { reason: request.reason }));
});
