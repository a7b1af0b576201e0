import type {
  ListOpportunitiesRequest,
  ListOpportunitiesResponse,
} from "@guanxi/contract/guanxi/sales/v1/opportunity_service";
import { query } from "@guanxi/kit/handler";
import { list } from "@guanxi/kit/list";
import { opportunities } from "../opportunities.ts";
import { opportunityFields } from "../opportunity-fields.ts";
import { present } from "../present.ts";

export const listOpportunities = query<ListOpportunitiesRequest, ListOpportunitiesResponse>(
  async (request, at) => {
    const { items, nextPageToken } = await list(at, opportunities, {
      request,
      catalogue: opportunityFields,
      orders: ["create_time", "update_time", "expected_close_date", "amount"],
    });
    return { opportunities: items.map(present), nextPageToken };
  },
);
