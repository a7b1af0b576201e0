import type { Lead_Status } from "@guanxi/contract/guanxi/sales/v1/lead";
import type { State } from "@guanxi/kit/columns";
import type { NameOf } from "@guanxi/kit/enum-names";
import { table } from "@guanxi/kit/table";
import { EntitySchema } from "typeorm";

export interface LeadFact extends State {
  readonly leadId: string;
  readonly createDate: string;
  readonly status: NameOf<typeof Lead_Status> | "";
}

export const leadFacts = table({
  entity: new EntitySchema<LeadFact>({
    name: "lead_fact",
    tableName: "lead_facts",
    columns: {
      leadId: { name: "lead_id", type: "uuid", primary: true },
      createDate: { name: "create_date", type: "date" },
      status: { type: "text" },
      version: { type: "int" },
    },
  }),
});
