import type { GetUserRequest, User } from "@guanxi/contract/guanxi/identity/v1/user_service";
import { query } from "@guanxi/kit/handler";
import { get } from "@guanxi/kit/store";
import { presentUser, users } from "../users.ts";

export const getUser = query<GetUserRequest, User>(async ({ userId }, at) =>
  presentUser(await get(at, users, userId)),
);
