import type {
  ListMergesRequest,
  ListMergesResponse,
} from "@guanxi/contract/guanxi/customer/v1/merge_service";
import { query } from "@guanxi/kit/handler";
import { list } from "@guanxi/kit/list";
import { get } from "@guanxi/kit/store";
import { customers } from "../../customers/customers.ts";
import { mergeFields, merges, withPart } from "../merges.ts";
import { present } from "../present.ts";

export const listMerges = query<ListMergesRequest, ListMergesResponse>(
  async ({ customerId, pageSize, pageToken }, at) => {
    const [{ items, nextPageToken }] = await Promise.all([
      list(at, merges, {
        request: { pageSize, pageToken, orderBy: "create_time desc" },
        catalogue: mergeFields,
        orders: ["create_time"],
        where: [withPart(customerId)],
      }),
      get(at, customers, customerId), // another tenant's customer is not there
    ]);
    return { merges: items.map((merge) => present(merge)), nextPageToken };
  },
);
