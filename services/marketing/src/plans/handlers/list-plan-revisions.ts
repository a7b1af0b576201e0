import { MarketingPlan } from "@guanxi/contract/guanxi/marketing/v1/marketing_plan";
import type {
  ListPlanRevisionsRequest,
  ListPlanRevisionsResponse,
} from "@guanxi/contract/guanxi/marketing/v1/marketing_plan_service";
import { query } from "@guanxi/kit/handler";
import { list } from "@guanxi/kit/list";
import { get } from "@guanxi/kit/store";
import { ofPlan, planVersions, versionFields } from "../plan-versions.ts";
import { plans } from "../plans.ts";

export const listPlanRevisions = query<ListPlanRevisionsRequest, ListPlanRevisionsResponse>(
  async ({ planId, pageSize, pageToken }, at) => {
    const [{ items, nextPageToken }] = await Promise.all([
      list(at, planVersions, {
        request: { pageSize, pageToken, orderBy: "version desc" },
        catalogue: versionFields,
        orders: ["version"],
        where: [ofPlan(planId)],
      }),
      get(at, plans, planId), // another tenant's plan is not there
    ]);
    const revisions = items.map(({ version, time, actorName, state }) => ({
      version,
      time,
      actorName,
      plan: MarketingPlan.decode(state),
    }));
    return { revisions, nextPageToken };
  },
);
