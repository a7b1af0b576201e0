import type {
  ListRelationshipCostsRequest,
  ListRelationshipCostsResponse,
} from "@guanxi/contract/guanxi/customer/v1/relationship_service";
import { query } from "@guanxi/kit/handler";
import { list } from "@guanxi/kit/list";
import { getLiving } from "../../customers/living.ts";
import { costFields, presentCost, relationshipCosts } from "../costs.ts";
import { relationshipIdOf } from "../relationship.ts";
import { ofRelationship } from "../relationship-history.ts";

export const listRelationshipCosts = query<ListRelationshipCostsRequest, ListRelationshipCostsResponse>(
  async (request, at) => {
    const { customerId } = await getLiving(at, request.customerId);
    const { items, nextPageToken } = await list(at, relationshipCosts, {
      request: { ...request, orderBy: "date desc" },
      catalogue: costFields,
      orders: ["date"],
      where: [ofRelationship(relationshipIdOf(at.tenantId, customerId))],
    });
    return { costs: items.map(presentCost), nextPageToken };
  },
);
