import type { At } from "@guanxi/kit/at";
import { named } from "@guanxi/kit/store";

/** What these users are called. */
export async function usersNamed(at: At, userIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await named<{ userId: string; displayName: string }>(at, {
    name: "users named",
    text: `select user_id as "userId", display_name as "displayName" from users where user_id = any($1::uuid[])`,
    values: [userIds],
  });
  return new Map(rows.map(({ userId, displayName }) => [userId, displayName]));
}
