import type { Relationship } from "@guanxi/contract/guanxi/customer/v1/relationship";
import type { GetRelationshipRequest } from "@guanxi/contract/guanxi/customer/v1/relationship_service";
import { query } from "@guanxi/kit/handler";
import { getLiving } from "../../customers/living.ts";
import { present } from "../relationship.ts";
import { relationshipOf } from "../relationships.ts";

export const getRelationship = query<GetRelationshipRequest, Relationship>(async (request, at) => {
  const { customerId } = await getLiving(at, request.customerId);
  return present(await relationshipOf(at, customerId));
});
