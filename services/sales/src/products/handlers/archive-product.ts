import type { Product } from "@guanxi/contract/guanxi/sales/v1/product";
import { ProductArchived } from "@guanxi/contract/guanxi/sales/v1/product_events";
import type { ArchiveProductRequest } from "@guanxi/contract/guanxi/sales/v1/product_service";
import { matchEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { lock, record } from "@guanxi/kit/store";
import { present } from "../present.ts";
import { archive } from "../product.ts";
import { products } from "../products.ts";

export const archiveProduct = command<ArchiveProductRequest, Product>(async (request, at) => {
  const before = await lock(at, products, request.productId);
  matchEtag(before, request.etag);
  const after = archive(before, at.now);
  if (after === before) return present(before);
  return present(record(at, products, after, ProductArchived, { reason: request.reason }));
});
