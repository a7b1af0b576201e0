import type { ListUsersRequest, ListUsersResponse } from "@guanxi/contract/guanxi/identity/v1/user_service";
import { query } from "@guanxi/kit/handler";
import { list } from "@guanxi/kit/list";
import { presentUser, userFields, users } from "../users.ts";

export const listUsers = query<ListUsersRequest, ListUsersResponse>(async (request, at) => {
  const orders = ["display_name", "create_time"];
  const { items, nextPageToken } = await list(at, users, { request, catalogue: userFields, orders });
  return { users: items.map(presentUser), nextPageToken };
});
