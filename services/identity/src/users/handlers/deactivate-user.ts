import { UserDeactivated } from "@guanxi/contract/guanxi/identity/v1/user_events";
import type { DeactivateUserRequest, User } from "@guanxi/contract/guanxi/identity/v1/user_service";
import { matchEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { lock, record } from "@guanxi/kit/store";
import { endSessionsOf } from "../../sessions/sessions.ts";
import { deactivate, requireHeld } from "../user.ts";
import { presentUser, users } from "../users.ts";

export const deactivateUser = command<DeactivateUserRequest, User>(async ({ userId, etag, reason }, at) => {
  const before = await lock(at, users, userId);
  matchEtag(before, etag);
  requireHeld([], before.grants, at.may); // to shut somebody out is to take all that they may do
  const after = deactivate(before, at.now);
  if (after === before) return presentUser(before);
  at.tell(endSessionsOf(userId));
  return presentUser(record(at, users, after, UserDeactivated, { reason }));
});
