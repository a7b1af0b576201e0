import type {
  ListRelationshipHistoryRequest,
  ListRelationshipHistoryResponse,
} from "@guanxi/contract/guanxi/customer/v1/relationship_service";
import { query } from "@guanxi/kit/handler";
import { list } from "@guanxi/kit/list";
import { historyFields, presentHistory } from "../../customers/customer-history.ts";
import { getLiving } from "../../customers/living.ts";
import { relationshipIdOf } from "../relationship.ts";
import { ofRelationship, relationshipHistory } from "../relationship-history.ts";

export const listRelationshipHistory = query<ListRelationshipHistoryRequest, ListRelationshipHistoryResponse>(
  async (request, at) => {
    const { customerId } = await getLiving(at, request.customerId);
    const { items, nextPageToken } = await list(at, relationshipHistory, {
      request: { ...request, orderBy: "version desc" },
      catalogue: historyFields,
      orders: ["version"],
      where: [ofRelationship(relationshipIdOf(at.tenantId, customerId))],
    });
    return { entries: items.map(presentHistory), nextPageToken };
  },
);
