import { mirror } from "@guanxi/bus/reaction";
import { User, User_State } from "@guanxi/contract/guanxi/identity/v1/user_service";
import { plainName } from "../customers/names.ts";
import { users } from "./users.ts";

export const followUsers = mirror(User, users, ({ displayName, email, state }, { aggregateId, version }) => ({
  userId: aggregateId,
  displayName,
  nameKey: plainName(displayName),
  emailKey: email.toLowerCase() || null,
  active: state === User_State.ACTIVE,
  version,
}));
