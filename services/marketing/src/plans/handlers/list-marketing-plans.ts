import type {
  ListMarketingPlansRequest,
  ListMarketingPlansResponse,
} from "@guanxi/contract/guanxi/marketing/v1/marketing_plan_service";
import { query } from "@guanxi/kit/handler";
import { list } from "@guanxi/kit/list";
import { presentPlan } from "../present.ts";
import { planFields, plans } from "../plans.ts";

export const listMarketingPlans = query<ListMarketingPlansRequest, ListMarketingPlansResponse>(
  async (request, at) => {
    const { items, nextPageToken } = await list(at, plans, {
      request,
      catalogue: planFields,
      orders: ["create_time", "update_time", "name"],
    });
    return { marketingPlans: items.map(presentPlan), nextPageToken };
  },
);
