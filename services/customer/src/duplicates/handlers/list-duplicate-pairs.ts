import type {
  ListDuplicatePairsRequest,
  ListDuplicatePairsResponse,
} from "@guanxi/contract/guanxi/customer/v1/duplicate_service";
import { query } from "@guanxi/kit/handler";
import { list } from "@guanxi/kit/list";
import { presentPair } from "../duplicate-pair.ts";
import { bothActive, duplicatePairs, pairFields, staleAmong, undismissed } from "../duplicate-pairs.ts";

export const listDuplicatePairs = query<ListDuplicatePairsRequest, ListDuplicatePairsResponse>(
  async (request, at) => {
    const { items, nextPageToken } = await list(at, duplicatePairs, {
      request: { ...request, orderBy: request.orderBy || "score desc" },
      catalogue: pairFields,
      orders: ["score", "update_time"],
      where: request.includeDismissed ? [bothActive] : [bothActive, undismissed],
    });
    const stale = await staleAmong(at, items);
    return {
      duplicatePairs: items.map((pair) => presentPair(pair, stale.has(pair.duplicatePairId))),
      nextPageToken,
    };
  },
);
