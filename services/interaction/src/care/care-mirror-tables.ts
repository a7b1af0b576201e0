// Copies of customers and orders, as far as care goes by them.
import type { State } from "@guanxi/kit/columns";
import { table } from "@guanxi/kit/table";
import { EntitySchema } from "typeorm";

interface CareCustomer extends State {
  readonly customerId: string;
  readonly displayName: string;
  readonly ownerId: string | null;
  readonly grade: number;
  readonly birthDay: number | null;
  readonly registeredDate: string;
  readonly mark: number;
}

export const careCustomers = table({
  entity: new EntitySchema<CareCustomer>({
    name: "care_customer",
    tableName: "care_customers",
    columns: {
      customerId: { name: "customer_id", type: "uuid", primary: true },
      displayName: { name: "display_name", type: "text" },
      ownerId: { name: "owner_id", type: "uuid", nullable: true },
      grade: { type: "int" },
      birthDay: { name: "birth_day", type: "int", nullable: true },
      registeredDate: { name: "registered_date", type: "date" },
      mark: { type: "int" },
      version: { type: "int" },
    },
  }),
});

interface CareOrder extends State {
  readonly orderId: string;
  readonly customerId: string;
  readonly orderDate: string;
}

export const careOrders = table({
  entity: new EntitySchema<CareOrder>({
    name: "care_order",
    tableName: "care_orders",
    columns: {
      orderId: { name: "order_id", type: "uuid", primary: true },
      customerId: { name: "customer_id", type: "uuid" },
      orderDate: { name: "order_date", type: "date" },
      version: { type: "int" },
    },
  }),
});
