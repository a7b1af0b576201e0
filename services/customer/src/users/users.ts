import type { At } from "@guanxi/kit/at";
import { named } from "@guanxi/kit/store";
import { table } from "@guanxi/kit/table";
import { EntitySchema } from "typeorm";

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

export interface NamedUser {
  readonly userId: string;
  readonly nameKey: string;
  readonly emailKey: string | null;
}

/** Those who may sign in, by name, e-mail address or id. */
export const usersNamed = (at: At, keys: readonly string[]) =>
  named<NamedUser>(at, {
    name: "users named",
    text: `
select user_id as "userId", name_key as "nameKey", email_key as "emailKey" from users
where active and (name_key = any($1::text[]) or email_key = any($1::text[]) or user_id = any($2::uuid[]))`,
    values: [keys, keys.filter((key) => UUID.test(key))],
  });

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Enough to find whom somebody has misspelt. */
export async function userNames(at: At): Promise<string[]> {
  const rows = await named<{ name: string }>(at, {
    name: "users names",
    text: "select display_name as name from users where active order by display_name limit 1000",
    values: [],
  });
  return rows.map(({ name }) => name);
}
