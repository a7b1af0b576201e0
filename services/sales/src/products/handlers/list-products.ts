import type {
  ListProductsRequest,
  ListProductsResponse,
} from "@guanxi/contract/guanxi/sales/v1/product_service";
import { query } from "@guanxi/kit/handler";
import { list } from "@guanxi/kit/list";
import { present } from "../present.ts";
import { productFields, products } from "../products.ts";

export const listProducts = query<ListProductsRequest, ListProductsResponse>(async (request, at) => {
  const { items, nextPageToken } = await list(at, products, {
    request,
    catalogue: productFields,
    orders: ["product_code", "display_name", "create_time"],
  });
  return { products: items.map(present), nextPageToken };
});
