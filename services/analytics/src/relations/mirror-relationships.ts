import { mirror } from "@guanxi/bus/reaction";
import { Relationship } from "@guanxi/contract/guanxi/customer/v1/relationship";
import { type RelationshipFact, relationshipFacts } from "./relationship-facts.ts";

export const mirrorRelationships = mirror(
  Relationship,
  relationshipFacts,
  ({ relationshipId, customerId, overInvested, overInvestedSinceTime }, { version }): RelationshipFact => ({
    relationshipId,
    customerId,
    overInvestedTime: overInvested ? (overInvestedSinceTime ?? null) : null,
    version,
  }),
);
