// What a product is and how it changes.
import type { ExternalId } from "@guanxi/contract/guanxi/customer/v1/customer";
import type { Product } from "@guanxi/contract/guanxi/sales/v1/product";
import { nameKey } from "@guanxi/kit/filter/name-key";
import { refuse } from "@guanxi/kit/refuse";
import { amountViolations, sentMicros } from "../amounts.ts";
import { externalIdViolations } from "../external-ids.ts";

/** The row. Absent is null, so that has() of a condition is true of what is there. */
export interface ProductState {
  readonly productId: string;
  readonly productCode: string;
  readonly displayName: string;
  readonly nameKey: string;
  readonly category: string | null;
  readonly listPrice: bigint | null;
  readonly unitCost: bigint | null;
  /** Of both. */
  readonly currencyCode: string | null;
  readonly state: "ACTIVE" | "ARCHIVED";
  readonly externalIds: readonly ExternalId[];
  readonly createTime: Date;
  readonly updateTime: Date;
  readonly version: number;
}

export const add = (sent: Product, productId: string, now: Date): ProductState => ({
  ...particulars(sent),
  productId,
  state: "ACTIVE",
  createTime: now,
  updateTime: now,
  version: 0,
});

export const change = (product: ProductState, sent: Product, now: Date): ProductState => ({
  ...product,
  ...particulars(sent),
  updateTime: now,
});

function particulars(sent: Product) {
  const { listPrice, unitCost } = sent;
  const violations = [
    ...amountViolations("product.list_price", listPrice),
    ...amountViolations("product.unit_cost", unitCost, listPrice?.currencyCode),
    ...externalIdViolations("product.external_ids", sent.externalIds),
  ];
  if (violations.length > 0)
    throw refuse("invalid", "INVALID_REQUEST", "The request does not keep the rules.", violations);
  return {
    productCode: sent.productCode,
    displayName: sent.displayName,
    nameKey: nameKey(sent.displayName),
    category: sent.category || null,
    listPrice: sentMicros(listPrice),
    unitCost: sentMicros(unitCost),
    currencyCode: listPrice?.currencyCode ?? unitCost?.currencyCode ?? null,
    externalIds: sent.externalIds,
  };
}

export const archive = (product: ProductState, now: Date): ProductState =>
  product.state === "ARCHIVED" ? product : { ...product, state: "ARCHIVED", updateTime: now };

export const restore = (product: ProductState, now: Date): ProductState =>
  product.state === "ACTIVE" ? product : { ...product, state: "ACTIVE", updateTime: now };
