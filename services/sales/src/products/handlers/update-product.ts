import { isDeepStrictEqual } from "node:util";
import { Product } from "@guanxi/contract/guanxi/sales/v1/product";
import { ProductChanged } from "@guanxi/contract/guanxi/sales/v1/product_events";
import type { UpdateProductRequest } from "@guanxi/contract/guanxi/sales/v1/product_service";
import { requireEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { merge } from "@guanxi/kit/merge";
import { lock, record } from "@guanxi/kit/store";
import { present } from "../present.ts";
import { change } from "../product.ts";
import { products, requireFree } from "../products.ts";

export const updateProduct = command<UpdateProductRequest, Product>(async (request, at) => {
  const { product: sent, etag, updateMask } = request;
  const before = await lock(at, products, sent?.productId ?? "");
  requireEtag(before, etag);
  const merged = at.check(Product, merge(Product, present(before), sent, updateMask), "product");
  const after = change(before, merged, at.now);
  if (isDeepStrictEqual({ ...after, updateTime: before.updateTime }, before)) return present(before);
  await requireFree(at, after);
  return present(record(at, products, after, ProductChanged));
});
