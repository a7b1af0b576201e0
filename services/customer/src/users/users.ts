import { mirror } from "@guanxi/bus/reaction";
import { User, User_State } from "@guanxi/contract/guanxi/identity/v1/user_service";
import { table } from "@guanxi/kit/table";
import { EntitySchema } from "typeorm";
import { plainName } from "../customers/names.ts";

interface UserState {
  readonly userId: string;
  readonly displayName: string;
  readonly nameKey: string;
  readonly emailKey: string | null;
  readonly active: boolean;
  readonly version: number;
}

const userTable = new EntitySchema<UserState>({
  name: "user",
  tableName: "users",
  columns: {
    tenantId: { name: "tenant_id", type: "uuid", primary: true, select: false },
    userId: { name: "user_id", type: "uuid", primary: true },
    displayName: { name: "display_name", type: "text" },
    nameKey: { name: "name_key", type: "text" },
    emailKey: { name: "email_key", type: "text", nullable: true },
    active: { type: "bool" },
    version: { type: "int" },
  } as never, // the tenant is the database's business, so no part of the state
});

export const users = table({ entity: userTable });

export const followUsers = mirror(User, users, ({ displayName, email, state }, { aggregateId, version }) => ({
  userId: aggregateId,
  displayName,
  nameKey: plainName(displayName),
  emailKey: email.toLowerCase() || null,
  active: state === User_State.ACTIVE,
  version,
}));
