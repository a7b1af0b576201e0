// What a condition over orders may name, as published at ListOrderFactsRequest.filter.
import { Order_Kind, Order_Status } from "@guanxi/contract/guanxi/sales/v1/order";
import { namesOf } from "@guanxi/kit/enum-names";
import { catalogue, type Field } from "@guanxi/kit/filter/catalogue";
import type { OrderFact } from "./order-fact.ts";

const field = (
  name: string,
  type: Field["type"],
  key: keyof OrderFact,
  more: Partial<Field<OrderFact>> = {},
): Field<OrderFact> => ({ name, type, stored: { column: name }, read: (fact) => fact[key], ...more });

export const orderFields = catalogue<OrderFact>({ id: "order_id", side: "" }, [
  field("order_id", "id", "orderId"),
  field("order_number", "text", "orderNumber"),
  field("customer_id", "id", "customerId"),
  field("owner_id", "id", "ownerId"),
  field("kind", "enum", "kind", { values: namesOf(Order_Kind) }),
  field("status", "enum", "status", { values: namesOf(Order_Status) }),
  field("currency_code", "text", "currencyCode"),
  field("net_amount", "decimal", "netMicros", { stored: { column: "net_micros" } }),
  field("order_date", "date", "orderDate"),
  field("order_month", "text", "orderMonth"),
  field("region", "text", "region"),
]);
