import { secure } from "@guanxi/kit/ground";
import type { MigrationInterface, QueryRunner } from "typeorm";

/** What customers have bought, as sales tells it, and up to where in the stream that reaches. */
export class Purchases1700000000004 implements MigrationInterface {
  name = "Purchases1700000000004";
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
create table purchases (
  tenant_id uuid not null default tenant(),
  order_id uuid not null,
  customer_id uuid not null,
  order_number text collate "C" not null,
  credit_note bool not null,
  currency_code text collate "C" not null,
  order_date date not null,
  order_time timestamptz(3),
  net_micros bigint not null,
  cost_micros bigint not null,
  margin_micros bigint not null,
  lines_without_cost int not null,
  products jsonb not null,
  version int not null,
  primary key (tenant_id, order_id)
);
create index purchases_of_customer on purchases (tenant_id, customer_id, order_date, order_id); -- GetPurchaseHistory
${secure("purchases", "customer")}

create table purchase_marks (
  tenant_id uuid not null default tenant() primary key,
  event_time timestamptz(3) not null,
  stream_sequence bigint not null
);
${secure("purchase_marks", "customer")}
`);
  }
  async down(): Promise<void> {
    throw new Error("purchases are made anew by rebuild, not by a migration");
  }
}
