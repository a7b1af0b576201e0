import { UserJoined } from "@guanxi/contract/guanxi/identity/v1/user_events";
import type { CreateUserRequest, User } from "@guanxi/contract/guanxi/identity/v1/user_service";
import { command } from "@guanxi/kit/handler";
import { find, get, record } from "@guanxi/kit/store";
import { teams } from "../../teams/teams.ts";
import { tenants } from "../../tenants/tenants.ts";
import { joinUser, requireHeld, requireTeams } from "../user.ts";
import { presentUser, users } from "../users.ts";

export const createUser = command<CreateUserRequest, User>(async (request, at) => {
  const user = joinUser(at.newId(), request.user!, at.now);
  // The tenant is read because what the caller may do is known after a read, and a user may well have no teams.
  const [found] = await Promise.all([find(at, teams, user.teamIds), get(at, tenants, at.tenantId)]);
  requireTeams(user, found);
  requireHeld(user.grants, [], at.may);
  return presentUser(record(at, users, user, UserJoined));
});
