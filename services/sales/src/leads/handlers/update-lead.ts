import { isDeepStrictEqual } from "node:util";
import { Lead } from "@guanxi/contract/guanxi/sales/v1/lead";
import { LeadChanged } from "@guanxi/contract/guanxi/sales/v1/lead_events";
import type { UpdateLeadRequest } from "@guanxi/contract/guanxi/sales/v1/lead_service";
import { requireEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { merge } from "@guanxi/kit/merge";
import { lock, record } from "@guanxi/kit/store";
import { change } from "../lead.ts";
import { leads } from "../leads.ts";
import { present } from "../present.ts";

export const updateLead = command<UpdateLeadRequest, Lead>(async (request, at) => {
  const { lead: sent, etag, updateMask } = request;
  const before = await lock(at, leads, sent?.leadId ?? "");
  requireEtag(before, etag);
  const merged = at.check(Lead, merge(Lead, present(before), sent, updateMask), "lead");
  const after = change(before, merged, at.now);
  if (isDeepStrictEqual({ ...after, updateTime: before.updateTime }, before)) return present(before);
  return present(record(at, leads, after, LeadChanged));
});
