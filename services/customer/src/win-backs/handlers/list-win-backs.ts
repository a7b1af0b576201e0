import type {
  ListWinBacksRequest,
  ListWinBacksResponse,
} from "@guanxi/contract/guanxi/customer/v1/win_back_service";
import { query } from "@guanxi/kit/handler";
import { list } from "@guanxi/kit/list";
import { present } from "../win-back.ts";
import { winBackFields, winBacks } from "../win-backs.ts";

export const listWinBacks = query<ListWinBacksRequest, ListWinBacksResponse>(async (request, at) => {
  const { items, nextPageToken } = await list(at, winBacks, {
    request,
    catalogue: winBackFields,
    orders: ["due_date", "start_time"],
  });
  return { winBacks: items.map(present), nextPageToken };
});
