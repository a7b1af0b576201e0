import type { Product } from "@guanxi/contract/guanxi/sales/v1/product";
import { ProductRestored } from "@guanxi/contract/guanxi/sales/v1/product_events";
import type { RestoreProductRequest } from "@guanxi/contract/guanxi/sales/v1/product_service";
import { matchEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { lock, record } from "@guanxi/kit/store";
import { present } from "../present.ts";
import { restore } from "../product.ts";
import { products } from "../products.ts";

export const restoreProduct = command<RestoreProductRequest, Product>(async (request, at) => {
  const before = await lock(at, products, request.productId);
  matchEtag(before, request.etag);
  const after = restore(before, at.now);
  if (after === before) return present(before);
  return present(record(at, products, after, ProductRestored, { reason: request.reason }));
});
