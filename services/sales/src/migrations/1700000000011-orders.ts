import { secure } from "@guanxi/kit/ground";
import type { MigrationInterface, QueryRunner } from "typeorm";

/** Orders with their lines, what other systems call them, and how far their numbers have come. */
export class Orders1700000000011 implements MigrationInterface {
  name = "Orders1700000000011";
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(orders + keys + numbers);
  }
  async down(): Promise<void> {
    throw new Error("orders are not forgotten by a migration");
  }
}

const orders = `
create table orders (
  tenant_id uuid not null default tenant(),
  order_id uuid not null,
  order_number text collate "C" not null,
  customer_id uuid,
  owner_id uuid,
  opportunity_id uuid,
  kind text collate "C" not null,
  status text collate "C" not null,
  currency_code text collate "C" not null,
  order_date date not null,
  order_time timestamptz(3),
  lines jsonb not null,
  list_micros bigint not null,
  discount_micros bigint not null,
  net_micros bigint not null,
  cost_micros bigint not null,
  margin_micros bigint not null,
  lines_without_cost int not null,
  region_code text collate "C",
  region_name text not null,
  cancel_reason text not null,
  external_ids jsonb not null,
  create_time timestamptz(3) not null,
  update_time timestamptz(3) not null,
  version int not null,
  primary key (tenant_id, order_id)
);
create unique index orders_by_number on orders (tenant_id, order_number); -- a number is given once; ListOrders by it
-- ListOrders in each of its other orders
create index orders_by_create_time on orders (tenant_id, create_time, order_id);
create index orders_by_date on orders (tenant_id, order_date, order_id);
create index orders_by_net on orders (tenant_id, net_micros, order_id);
-- conditions of ListOrders that leave few rows
create index orders_by_customer on orders (tenant_id, customer_id, order_date) where customer_id is not null;
create index orders_by_owner on orders (tenant_id, owner_id, order_date) where owner_id is not null;
create index orders_by_opportunity on orders (tenant_id, opportunity_id) where opportunity_id is not null;
create index orders_by_status on orders (tenant_id, status, order_date);
create index orders_by_update_time on orders (tenant_id, update_time);
${secure("orders", "sales")}
`;

// Beside the order only record writes, in the order's own transaction: a foreign key would ask for what is known.
const keys = `
create table order_keys (
  tenant_id uuid not null default tenant(),
  system text collate "C" not null,
  external_id text collate "C" not null,
  order_id uuid not null,
  constraint order_keys_pkey primary key (tenant_id, system, external_id) -- ordersByExternalId
);
create index order_keys_of_order on order_keys (tenant_id, order_id); -- record
${secure("order_keys", "sales")}
`;

const numbers = `
create table order_numbers (
  tenant_id uuid not null default tenant() primary key,
  last_number bigint not null
);
${secure("order_numbers", "sales")}
`;
