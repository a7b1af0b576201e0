import type { State } from "@guanxi/kit/columns";
import { table } from "@guanxi/kit/table";
import { EntitySchema } from "typeorm";

interface UserState extends State {
  readonly userId: string;
  readonly displayName: string;
  /** The main one. */
  readonly teamId: string | null;
}

export const users = table({
  entity: new EntitySchema<UserState>({
    name: "user",
    tableName: "users",
    columns: {
      userId: { name: "user_id", type: "uuid", primary: true },
      displayName: { name: "display_name", type: "text" },
      teamId: { name: "team_id", type: "uuid", nullable: true },
      version: { type: "int" },
    },
  }),
});
