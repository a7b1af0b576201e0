import type {
  ListSuppressionsRequest,
  ListSuppressionsResponse,
} from "@guanxi/contract/guanxi/marketing/v1/suppression_service";
import { query } from "@guanxi/kit/handler";
import { list } from "@guanxi/kit/list";
import { presentSuppression, suppressionFields, suppressions } from "../suppressions.ts";

export const listSuppressions = query<ListSuppressionsRequest, ListSuppressionsResponse>(
  async (request, at) => {
    const { items, nextPageToken } = await list(at, suppressions, {
      request,
      catalogue: suppressionFields,
      orders: ["create_time"],
    });
    return { suppressions: items.map(presentSuppression), nextPageToken };
  },
);
