// Copies of the users, to find them by their names.
import type { State } from "@guanxi/kit/columns";
import { table } from "@guanxi/kit/table";
import { EntitySchema } from "typeorm";

interface UserCopy extends State {
  readonly userId: string;
  readonly displayName: string;
  readonly nameKey: string;
  /** In lower case. */
  readonly email: string;
  readonly active: boolean;
}

export const users = table({
  entity: new EntitySchema<UserCopy>({
    name: "user",
    tableName: "users",
    columns: {
      userId: { name: "user_id", type: "uuid", primary: true },
      displayName: { name: "display_name", type: "text" },
      nameKey: { name: "name_key", type: "text" },
      email: { type: "text" },
      active: { type: "bool" },
      version: { type: "int" },
    },
  }),
});
