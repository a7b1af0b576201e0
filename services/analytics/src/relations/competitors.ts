import type { State } from "@guanxi/kit/columns";
import { table } from "@guanxi/kit/table";
import { EntitySchema } from "typeorm";

interface CompetitorState extends State {
  readonly competitorId: string;
  readonly displayName: string;
}

export const competitors = table({
  entity: new EntitySchema<CompetitorState>({
    name: "competitor",
    tableName: "competitors",
    columns: {
      competitorId: { name: "competitor_id", type: "uuid", primary: true },
      displayName: { name: "display_name", type: "text" },
      version: { type: "int" },
    },
  }),
});
