import type {
  ListHandOversRequest,
  ListHandOversResponse,
} from "@guanxi/contract/guanxi/customer/v1/hand_over_service";
import { query } from "@guanxi/kit/handler";
import { list } from "@guanxi/kit/list";
import { present } from "../hand-over.ts";
import { counted, handOverFields, handOvers } from "../hand-overs.ts";

export const listHandOvers = query<ListHandOversRequest, ListHandOversResponse>(async (request, at) => {
  const { items, nextPageToken } = await list(at, handOvers, {
    request: { ...request, orderBy: request.orderBy || "create_time desc" },
    catalogue: handOverFields,
    orders: ["create_time"],
  });
  return { handOvers: (await counted(at, items)).map(present), nextPageToken };
});
