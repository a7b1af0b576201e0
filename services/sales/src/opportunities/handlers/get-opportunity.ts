import type { Opportunity } from "@guanxi/contract/guanxi/sales/v1/opportunity";
import type { GetOpportunityRequest } from "@guanxi/contract/guanxi/sales/v1/opportunity_service";
import { query } from "@guanxi/kit/handler";
import { refuse } from "@guanxi/kit/refuse";
import { get } from "@guanxi/kit/store";
import { opportunities } from "../opportunities.ts";
import { versionAt } from "../opportunity-versions.ts";
import { present } from "../present.ts";

export const getOpportunity = query<GetOpportunityRequest, Opportunity>(
  async ({ opportunityId, readTime }, at) => {
    const [now, then] = await Promise.all([
      get(at, opportunities, opportunityId),
      readTime && versionAt(at, opportunityId, readTime),
    ]);
    if (!readTime) return present(now);
    if (then) return then;
    throw refuse("notFound", "NOT_FOUND", `${opportunityId} was not there yet.`);
  },
);
