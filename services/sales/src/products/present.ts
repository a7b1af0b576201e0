import { type Product, Product_State } from "@guanxi/contract/guanxi/sales/v1/product";
import { numberOf } from "@guanxi/kit/enum-names";
import { etagOf } from "@guanxi/kit/etag";
import { moneyOrNone } from "../amounts.ts";
import type { ProductState } from "./product.ts";

/** The whole public state, as events carry it. */
export const present = (product: ProductState): Product => ({
  productId: product.productId,
  productCode: product.productCode,
  displayName: product.displayName,
  category: product.category ?? "",
  listPrice: moneyOrNone(product.listPrice, product.currencyCode),
  unitCost: moneyOrNone(product.unitCost, product.currencyCode),
  state: numberOf(Product_State, product.state),
  externalIds: [...product.externalIds],
  createTime: product.createTime,
  updateTime: product.updateTime,
  etag: etagOf(product),
});
