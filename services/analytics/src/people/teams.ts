import type { State } from "@guanxi/kit/columns";
import { table } from "@guanxi/kit/table";
import { EntitySchema } from "typeorm";

interface TeamState extends State {
  readonly teamId: string;
  readonly displayName: string;
  readonly parentTeamId: string | null;
  readonly managerId: string | null;
}

export const teams = table({
  entity: new EntitySchema<TeamState>({
    name: "team",
    tableName: "teams",
    columns: {
      teamId: { name: "team_id", type: "uuid", primary: true },
      displayName: { name: "display_name", type: "text" },
      parentTeamId: { name: "parent_team_id", type: "uuid", nullable: true },
      managerId: { name: "manager_id", type: "uuid", nullable: true },
      version: { type: "int" },
    },
  }),
});
