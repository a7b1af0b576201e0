import type { At } from "@guanxi/kit/at";
import { refuse } from "@guanxi/kit/refuse";
import { named } from "@guanxi/kit/store";

/** An owner is somebody who may sign in, as identity has told it. */
export async function requireUser(at: At, userId: string, field: string): Promise<void> {
  if (userId === "") return;
  const rows = await named(at, {
    name: "owner",
    text: "select 1 from principals where principal_id = $1 and active",
    values: [userId],
  });
  if (rows.length > 0) return;
  throw refuse("invalid", "UNKNOWN_OWNER", "Name a user of the company who may sign in.", [
    { field, description: "is no active user", reason: "UNKNOWN_OWNER" },
  ]);
}

/** Whoever acts, where it is a person. */
export const actingUser = ({ principal }: Pick<At, "principal">) =>
  principal.kind === "user" ? principal.id : "";
