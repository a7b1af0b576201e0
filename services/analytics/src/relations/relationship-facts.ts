import type { State } from "@guanxi/kit/columns";
import { table } from "@guanxi/kit/table";
import { EntitySchema } from "typeorm";

export interface RelationshipFact extends State {
  readonly relationshipId: string;
  readonly customerId: string;
  /** Null where it pays. */
  readonly overInvestedTime: Date | null;
}

export const relationshipFacts = table({
  entity: new EntitySchema<RelationshipFact>({
    name: "relationship_fact",
    tableName: "relationship_facts",
    columns: {
      relationshipId: { name: "relationship_id", type: "uuid", primary: true },
      customerId: { name: "customer_id", type: "uuid" },
      overInvestedTime: { name: "over_invested_time", type: "timestamptz", nullable: true },
      version: { type: "int" },
    },
  }),
});
