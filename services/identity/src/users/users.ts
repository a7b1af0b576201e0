import { User, User_State } from "@guanxi/contract/guanxi/identity/v1/user_service";
import { etagOf } from "@guanxi/kit/etag";
import { catalogue } from "@guanxi/kit/filter/catalogue";
import { refuse } from "@guanxi/kit/refuse";
import { side } from "@guanxi/kit/side";
import { table } from "@guanxi/kit/table";
import { EntitySchema } from "typeorm";
import type { UserState } from "./user.ts";

const userTable = new EntitySchema<UserState>({
  name: "user",
  tableName: "users",
  columns: {
    tenantId: { name: "tenant_id", type: "uuid", primary: true, select: false },
    userId: { name: "user_id", type: "uuid", primary: true },
    displayName: { name: "display_name", type: "text" },
    email: { type: "text" },
    issuer: { type: "text" },
    subject: { type: "text" },
    state: { type: "text" },
    job: { type: "text" },
    grants: { type: "jsonb" },
    teamIds: { name: "team_ids", type: "jsonb" },
    language: { type: "text" },
    createTime: { name: "create_time", type: "timestamptz" },
    updateTime: { name: "update_time", type: "timestamptz" },
    version: { type: "int" },
  } as never, // the tenant is the database's business, so no part of the state
});

export const presentUser = ({ version, ...user }: UserState): User => ({
  ...user,
  state: User_State[user.state],
  grants: [...user.grants],
  teamIds: [...user.teamIds],
  etag: etagOf({ version }),
});

export const users = table({
  entity: userTable,
  message: User,
  present: presentUser,
  sides: [
    side<UserState>("user_values", { kind: "text", text_value: "text" }, ({ teamIds }) =>
      teamIds.map((teamId) => ({ kind: "team_ids", text_value: teamId })),
    ),
  ],
  violations: {
    users_account_key: () =>
      refuse("exists", "USER_EXISTS", "Somebody signs in with this account already.", [
        { field: "user.subject", description: "is a user of this tenant already", reason: "USER_EXISTS" },
      ]),
  },
});

export const userFields = catalogue<UserState>({ id: "user_id", side: "user_values" }, [
  {
    name: "display_name",
    type: "text",
    stored: { column: "display_name" },
    read: (user) => user.displayName,
  },
  { name: "email", type: "text", stored: { column: "email" }, read: (user) => user.email, personal: true },
  { name: "job", type: "text", stored: { column: "job" }, read: (user) => user.job },
  {
    name: "state",
    type: "enum",
    values: ["ACTIVE", "DEACTIVATED"],
    stored: { column: "state" },
    read: (user) => user.state,
  },
  { name: "team_ids", type: "tags", stored: { kind: "team_ids" }, read: (user) => user.teamIds },
  { name: "create_time", type: "time", stored: { column: "create_time" }, read: (user) => user.createTime },
]);
