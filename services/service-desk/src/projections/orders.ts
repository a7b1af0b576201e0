// Copies of the orders, to know that they are there and whose they are.
import { mirror } from "@guanxi/bus/reaction";
import { Order, Order_Status } from "@guanxi/contract/guanxi/sales/v1/order";
import type { At } from "@guanxi/kit/at";
import type { State } from "@guanxi/kit/columns";
import { nameOf } from "@guanxi/kit/enum-names";
import { named } from "@guanxi/kit/store";
import { table } from "@guanxi/kit/table";
import { EntitySchema } from "typeorm";

interface OrderCopy extends State {
  readonly orderId: string;
  readonly orderNumber: string;
  readonly customerId: string | null;
  /** Empty where this contract does not know it. */
  readonly status: string;
}

export const orders = table({
  entity: new EntitySchema<OrderCopy>({
    name: "order",
    tableName: "orders",
    columns: {
      orderId: { name: "order_id", type: "uuid", primary: true },
      orderNumber: { name: "order_number", type: "text" },
      customerId: { name: "customer_id", type: "uuid", nullable: true },
      status: { type: "text" },
      version: { type: "int" },
    },
  }),
});

export const mirrorOrders = mirror(
  Order,
  orders,
  ({ orderNumber, customerId, status }, { aggregateId, version }) => ({
    orderId: aggregateId,
    orderNumber,
    customerId: customerId || null,
    status: nameOf(Order_Status, status) ?? "",
    version,
  }),
);

/** In which statuses a customer has orders; nobody has none. */
export async function orderStatusesOf(at: At, customerId: string): Promise<string[]> {
  if (customerId === "") return [];
  const rows = await named<{ status: string }>(at, {
    name: "order statuses of customer",
    text: "select distinct status from orders where customer_id = $1",
    values: [customerId],
  });
  return rows.map(({ status }) => status);
}
