import { mirror } from "@guanxi/bus/reaction";
import { User, User_State } from "@guanxi/contract/guanxi/identity/v1/user_service";
import { nameKey } from "../names.ts";
import { users } from "./users.ts";

export const mirrorUsers = mirror(User, users, ({ displayName, email, state }, { aggregateId, version }) => ({
  userId: aggregateId,
  displayName,
  nameKey: nameKey(displayName),
  email: email.toLowerCase(),
  active: state === User_State.ACTIVE,
  version,
}));
