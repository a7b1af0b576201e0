import type { Product } from "@guanxi/contract/guanxi/sales/v1/product";
import type { GetProductRequest } from "@guanxi/contract/guanxi/sales/v1/product_service";
import { query } from "@guanxi/kit/handler";
import { get } from "@guanxi/kit/store";
import { present } from "../present.ts";
import { products } from "../products.ts";

export const getProduct = query<GetProductRequest, Product>(async ({ productId }, at) =>
  present(await get(at, products, productId)),
);
