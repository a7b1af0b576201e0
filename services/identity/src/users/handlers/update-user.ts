import { UserChanged } from "@guanxi/contract/guanxi/identity/v1/user_events";
import { type UpdateUserRequest, User } from "@guanxi/contract/guanxi/identity/v1/user_service";
import { requireEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { merge } from "@guanxi/kit/merge";
import { find, lock, record } from "@guanxi/kit/store";
import { teams } from "../../teams/teams.ts";
import { changeUser, requireHeld, requireTeams } from "../user.ts";
import { presentUser, users } from "../users.ts";

export const updateUser = command<UpdateUserRequest, User>(async (request, at) => {
  const before = await lock(at, users, request.user?.userId ?? "");
  requireEtag(before, request.etag);
  const merged = merge(User, presentUser(before), request.user, request.updateMask);
  const after = changeUser(before, at.check(User, merged, "user"), at.now);
  requireTeams(after, await find(at, teams, after.teamIds));
  requireHeld(after.grants, before.grants, at.may);
  return presentUser(record(at, users, after, UserChanged));
});
