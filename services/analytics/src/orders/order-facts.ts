import { table } from "@guanxi/kit/table";
import { EntitySchema } from "typeorm";
import type { OrderFact } from "./order-fact.ts";

const orderFactTable = new EntitySchema<OrderFact>({
  name: "order_fact",
  tableName: "order_facts",
  columns: {
    orderId: { name: "order_id", type: "uuid", primary: true },
    orderNumber: { name: "order_number", type: "text" },
    customerId: { name: "customer_id", type: "uuid", nullable: true },
    ownerId: { name: "owner_id", type: "uuid", nullable: true },
    kind: { type: "text" },
    status: { type: "text" },
    currencyCode: { name: "currency_code", type: "text" },
    orderDate: { name: "order_date", type: "date" },
    orderMonth: { name: "order_month", type: "text" },
    region: { type: "text" },
    lineCount: { name: "line_count", type: "int" },
    quantityMicros: { name: "quantity_micros", type: "bigint" },
    listMicros: { name: "list_micros", type: "bigint" },
    discountMicros: { name: "discount_micros", type: "bigint" },
    netMicros: { name: "net_micros", type: "bigint" },
    costMicros: { name: "cost_micros", type: "bigint" },
    marginMicros: { name: "margin_micros", type: "bigint" },
    linesWithoutCost: { name: "lines_without_cost", type: "int" },
    products: { type: "jsonb" },
    version: { type: "int" },
  },
});

export const orderFacts = table({ entity: orderFactTable });
