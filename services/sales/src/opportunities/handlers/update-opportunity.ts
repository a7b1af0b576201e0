import { isDeepStrictEqual } from "node:util";
import { Opportunity } from "@guanxi/contract/guanxi/sales/v1/opportunity";
import { OpportunityChanged } from "@guanxi/contract/guanxi/sales/v1/opportunity_events";
import type { UpdateOpportunityRequest } from "@guanxi/contract/guanxi/sales/v1/opportunity_service";
import { requireEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { merge } from "@guanxi/kit/merge";
import { lock, record } from "@guanxi/kit/store";
import { change } from "../opportunity.ts";
import { opportunities, requireFree, requireKnown } from "../opportunities.ts";
import { present } from "../present.ts";

export const updateOpportunity = command<UpdateOpportunityRequest, Opportunity>(async (request, at) => {
  const { opportunity: sent, etag, updateMask } = request;
  const before = await lock(at, opportunities, sent?.opportunityId ?? "");
  requireEtag(before, etag);
  const merged = at.check(Opportunity, merge(Opportunity, present(before), sent, updateMask), "opportunity");
  const after = change(before, merged, at.now);
  if (isDeepStrictEqual({ ...after, updateTime: before.updateTime }, before)) return present(before);
  await Promise.all([requireKnown(at, after, before), requireFree(at, after)]);
  return present(record(at, opportunities, after, OpportunityChanged));
});
