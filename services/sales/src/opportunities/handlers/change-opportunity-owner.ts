import type { Opportunity } from "@guanxi/contract/guanxi/sales/v1/opportunity";
import { OpportunityOwnerChanged } from "@guanxi/contract/guanxi/sales/v1/opportunity_events";
import type { ChangeOpportunityOwnerRequest } from "@guanxi/contract/guanxi/sales/v1/opportunity_service";
import { matchEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { lock, record } from "@guanxi/kit/store";
import { requireUser } from "@guanxi/kit/users";
import { reassign } from "../opportunity.ts";
import { opportunities } from "../opportunities.ts";
import { present } from "../present.ts";

export const changeOpportunityOwner = command<ChangeOpportunityOwnerRequest, Opportunity>(
  async ({ opportunityId, etag, ownerId, reason }, at) => {
    const [before] = await Promise.all([
      lock(at, opportunities, opportunityId),
      requireUser(at, ownerId, "owner_id"),
    ]);
    matchEtag(before, etag);
    const after = reassign(before, ownerId.toLowerCase(), at.now);
    if (after === before) return present(before);
    return present(record(at, opportunities, after, OpportunityOwnerChanged, { reason }));
  },
);
