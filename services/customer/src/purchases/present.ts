import type {
  Purchase,
  PurchasedProduct,
  PurchaseSummary,
} from "@guanxi/contract/guanxi/customer/v1/purchase_history_service";
import { dateOf } from "@guanxi/kit/days";
import { decimalOf, moneyOf } from "@guanxi/kit/micros";
import type { PurchasedProductState, PurchaseState } from "./purchase.ts";
import type { ProductSum, Sums } from "./purchases.ts";

const MOST_PRODUCTS = 20;

export function presentPurchase(purchase: PurchaseState): Purchase {
  const { orderId, orderNumber, creditNote, currencyCode, linesWithoutCost, products } = purchase;
  return {
    orderId,
    orderNumber,
    creditNote,
    orderDate: dateOf(purchase.orderDate),
    orderTime: purchase.orderTime ?? undefined,
    netAmount: moneyOf(purchase.netMicros, currencyCode),
    costAmount: moneyOf(purchase.costMicros, currencyCode),
    marginAmount: moneyOf(purchase.marginMicros, currencyCode),
    linesWithoutCost,
    productCount: products.length,
    products: products.slice(0, MOST_PRODUCTS).map((product) => presentProduct(product, currencyCode)),
  };
}

export function presentSummary(sums: Sums, products: readonly ProductSum[]): PurchaseSummary {
  const { currencyCode } = sums;
  const money = (micros: string) => moneyOf(BigInt(micros), currencyCode);
  return {
    currencyCode,
    orderCount: sums.orders,
    returnCount: sums.returns,
    netAmount: money(sums.net),
    costAmount: money(sums.cost),
    marginAmount: money(sums.margin),
    linesWithoutCost: sums.linesWithoutCost,
    firstPurchaseDate: sums.firstDate === null ? undefined : dateOf(sums.firstDate),
    lastPurchaseDate: sums.lastDate === null ? undefined : dateOf(sums.lastDate),
    topProducts: products
      .filter((product) => product.currencyCode === currencyCode)
      .map((product) => presentProduct(product, currencyCode)),
  };
}

const presentProduct = (product: PurchasedProductState, currencyCode: string): PurchasedProduct => ({
  productId: product.productId,
  productCode: product.productCode,
  description: product.description,
  quantity: decimalOf(BigInt(product.quantity)),
  netAmount: moneyOf(BigInt(product.net), currencyCode),
});
