import { mirror } from "@guanxi/bus/reaction";
import { Product } from "@guanxi/contract/guanxi/sales/v1/product";
import { products } from "./products.ts";

export const mirrorProducts = mirror(
  Product,
  products,
  ({ productId, productCode, displayName }, { version }) => ({
    productId,
    productCode,
    displayName,
    version,
  }),
);
