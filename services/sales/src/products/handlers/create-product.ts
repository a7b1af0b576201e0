import { Product } from "@guanxi/contract/guanxi/sales/v1/product";
import { ProductAdded } from "@guanxi/contract/guanxi/sales/v1/product_events";
import type { CreateProductRequest } from "@guanxi/contract/guanxi/sales/v1/product_service";
import { command } from "@guanxi/kit/handler";
import { record } from "@guanxi/kit/store";
import { present } from "../present.ts";
import { add } from "../product.ts";
import { products, requireFree } from "../products.ts";

export const createProduct = command<CreateProductRequest, Product>(async (request, at) => {
  const product = add(Product.fromPartial(request.product ?? {}), at.newId(), at.now);
  await requireFree(at, product);
  return present(record(at, products, product, ProductAdded));
});
