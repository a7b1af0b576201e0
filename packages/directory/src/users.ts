// Copies of the users, to find them by their names.
import { mirror } from "@guanxi/bus/reaction";
import { User, User_State } from "@guanxi/contract/guanxi/identity/v1/user_service";
import type { State } from "@guanxi/kit/columns";
import { nameKey } from "@guanxi/kit/filter/name-key";
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

const users = table({
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

export const mirrorUsers = mirror(User, users, ({ displayName, email, state }, { aggregateId, version }) => ({
  userId: aggregateId,
  displayName,
  nameKey: nameKey(displayName),
  email: email.toLowerCase(),
  active: state === User_State.ACTIVE,
  version,
}));
