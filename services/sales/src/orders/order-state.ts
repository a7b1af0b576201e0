// The row of an order, and what its rules need to know besides.
import type { ExternalId } from "@guanxi/contract/guanxi/customer/v1/customer";
import type { Order_Kind, Order_Status } from "@guanxi/contract/guanxi/sales/v1/order";
import type { NameOf } from "@guanxi/kit/enum-names";
import type { ProductState } from "../products/product.ts";
import type { StoredLine, Totals } from "./order-lines.ts";

export type OrderStatus = NameOf<typeof Order_Status>;
export type OrderKind = NameOf<typeof Order_Kind>;

/** The row. Absent is null, so that has() of a condition is true of what is there. */
export interface OrderState extends Totals {
  readonly orderId: string;
  readonly orderNumber: string;
  readonly customerId: string | null;
  readonly ownerId: string | null;
  readonly opportunityId: string | null;
  readonly kind: OrderKind;
  readonly status: OrderStatus;
  readonly currencyCode: string;
  readonly orderDate: string;
  readonly orderTime: Date | null;
  readonly lines: readonly StoredLine[];
  readonly regionCode: string | null;
  readonly regionName: string;
  readonly cancelReason: string;
  readonly externalIds: readonly ExternalId[];
  readonly createTime: Date;
  readonly updateTime: Date;
  readonly version: number;
}

/** Of a product, what a line takes from it. */
export type LineProduct = Pick<
  ProductState,
  "productCode" | "displayName" | "currencyCode" | "listPrice" | "unitCost"
>;

export interface OrderSetting {
  readonly now: Date;
  readonly today: string;
  /** The tenant's. */
  readonly currencyCode: string;
  /** The day of a moment in the tenant's time zone. */
  dayOf(time: Date): string;
  /** By id in lower case; what is not in it is no product. */
  readonly products: ReadonlyMap<string, LineProduct>;
  /** Who sells where the order does not say; empty where no person acts. */
  readonly userId: string;
}
