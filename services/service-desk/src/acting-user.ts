import type { At } from "@guanxi/kit/at";
import { refuse } from "@guanxi/kit/refuse";
import { actingUser } from "@guanxi/kit/users";

/** For what only a person can do in their own name. */
export function requireActingUser(at: Pick<At, "principal">): string {
  const userId = actingUser(at);
  if (userId === "")
    throw refuse("precondition", "NOT_A_PERSON", "Only a person can do this: sign in as one.");
  return userId;
}
