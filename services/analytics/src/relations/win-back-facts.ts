import type { State } from "@guanxi/kit/columns";
import { table } from "@guanxi/kit/table";
import { EntitySchema } from "typeorm";

export interface WinBackFact extends State {
  readonly winBackId: string;
  readonly customerId: string;
  readonly churnReason: string | null;
  readonly ownerId: string | null;
  /** Null while it goes on. */
  readonly outcome: string | null;
  readonly startDate: string;
  readonly endDate: string | null;
}

export const winBackFacts = table({
  entity: new EntitySchema<WinBackFact>({
    name: "win_back_fact",
    tableName: "win_back_facts",
    columns: {
      winBackId: { name: "win_back_id", type: "uuid", primary: true },
      customerId: { name: "customer_id", type: "uuid" },
      churnReason: { name: "churn_reason", type: "text", nullable: true },
      ownerId: { name: "owner_id", type: "uuid", nullable: true },
      outcome: { type: "text", nullable: true },
      startDate: { name: "start_date", type: "date" },
      endDate: { name: "end_date", type: "date", nullable: true },
      version: { type: "int" },
    },
  }),
});
