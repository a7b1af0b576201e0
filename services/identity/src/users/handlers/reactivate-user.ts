import { UserReactivated } from "@guanxi/contract/guanxi/identity/v1/user_events";
import type { ReactivateUserRequest, User } from "@guanxi/contract/guanxi/identity/v1/user_service";
import { matchEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { lock, record } from "@guanxi/kit/store";
import { reactivate } from "../user.ts";
import { presentUser, users } from "../users.ts";

export const reactivateUser = command<ReactivateUserRequest, User>(async ({ userId, etag }, at) => {
  const before = await lock(at, users, userId);
  matchEtag(before, etag);
  const after = reactivate(before, at.now);
  return presentUser(after === before ? before : record(at, users, after, UserReactivated));
});
