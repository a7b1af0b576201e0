import type {
  GetPurchaseHistoryRequest,
  PurchaseHistory,
} from "@guanxi/contract/guanxi/customer/v1/purchase_history_service";
import { query } from "@guanxi/kit/handler";
import { list } from "@guanxi/kit/list";
import { getLiving } from "../../customers/living.ts";
import { presentPurchase, presentSummary } from "../present.ts";
import { markOf, ofCustomer, purchaseFields, purchases, sumsOf, topProductsOf } from "../purchases.ts";

export const getPurchaseHistory = query<GetPurchaseHistoryRequest, PurchaseHistory>(
  async ({ customerId: asked, pageSize, pageToken }, at) => {
    const { customerId } = await getLiving(at, asked);
    // The mark first: what commits between the questions may be in the sums and not yet in it, never the reverse.
    const [mark, sums, products, { items, nextPageToken }] = await Promise.all([
      markOf(at),
      sumsOf(at, customerId),
      topProductsOf(at, customerId),
      list(at, purchases, {
        request: { pageSize, pageToken, orderBy: "order_date desc" },
        catalogue: purchaseFields,
        orders: ["order_date"],
        where: [ofCustomer(customerId)],
      }),
    ]);
    return {
      summaries: sums.map((each) => presentSummary(each, products)),
      purchases: items.map(presentPurchase),
      nextPageToken,
      asOfTime: mark?.eventTime,
      streamSequence: mark?.streamSequence ?? 0n,
    };
  },
);
