import type {
  ListCarePlansRequest,
  ListCarePlansResponse,
} from "@guanxi/contract/guanxi/interaction/v1/care_plan_service";
import { query } from "@guanxi/kit/handler";
import { list } from "@guanxi/kit/list";
import { presentPlan } from "../care-plan.ts";
import { carePlanFields, carePlans } from "../care-plans.ts";

export const listCarePlans = query<ListCarePlansRequest, ListCarePlansResponse>(async (request, at) => {
  const { items, nextPageToken } = await list(at, carePlans, {
    request,
    catalogue: carePlanFields,
    orders: ["display_name", "create_time", "update_time"],
  });
  return { carePlans: items.map(presentPlan), nextPageToken };
});
