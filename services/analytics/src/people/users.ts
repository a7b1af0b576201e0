import { mirror } from "@guanxi/bus/reaction";
import { User } from "@guanxi/contract/guanxi/identity/v1/user_service";
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

export const mirrorUsers = mirror(User, users, ({ userId, displayName, teamIds }, { version }) => ({
  userId,
  displayName,
  teamId: teamIds[0] ?? null,
  version,
}));
