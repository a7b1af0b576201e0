import { secure } from "@guanxi/kit/ground";
import type { MigrationInterface, QueryRunner } from "typeorm";

/** Amounts and quantities are millionths. Of a day stands here what was sold on it: orders that count, returns with their minus. */
const SUMS = `
  order_count int not null,
  line_count int not null,
  quantity_micros bigint not null,
  list_micros bigint not null,
  discount_micros bigint not null,
  net_micros bigint not null,
  cost_micros bigint not null, -- of the lines whose cost is known
  margin_micros bigint not null, -- over the same lines
  lines_without_cost int not null,`;

/** Each order as it is, and what was sold on each day, so that no figure reads all lines. */
export class OrderFacts1700000000011 implements MigrationInterface {
  name = "OrderFacts1700000000011";
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
create table order_facts (
  tenant_id uuid not null default tenant(),
  order_id uuid not null,
  order_number text collate "C" not null,
  customer_id uuid,
  owner_id uuid,
  kind text collate "C" not null,
  status text collate "C" not null,
  currency_code text collate "C" not null,
  order_date date not null,
  order_month text collate "C" not null,
  region text collate "C" not null,
  line_count int not null,
  quantity_micros bigint not null,
  list_micros bigint not null,
  discount_micros bigint not null,
  net_micros bigint not null,
  cost_micros bigint not null,
  margin_micros bigint not null,
  lines_without_cost int not null,
  products jsonb not null, -- the same sums for each product of the order
  version int not null,
  primary key (tenant_id, order_id)
);
create index order_facts_by_date on order_facts (tenant_id, order_date, order_id); -- ListOrderFacts, a span of days
create index order_facts_of_customer on order_facts (tenant_id, customer_id, order_id); -- ListOrderFacts of one
create index order_facts_by_number on order_facts (tenant_id, order_number, order_id); -- ListOrderFacts
create index order_facts_by_amount on order_facts (tenant_id, net_micros, order_id); -- ListOrderFacts
${secure("order_facts", "analytics")}

create table customer_days (
  tenant_id uuid not null default tenant(),
  customer_id uuid not null,
  day date not null,
  currency_code text collate "C" not null,${SUMS}
  primary key (tenant_id, customer_id, day, currency_code) -- what customers are worth
);
create index customer_days_by_day on customer_days (tenant_id, day); -- QuerySalesFigures by customer, QueryKpis
${secure("customer_days", "analytics")}

create table sales_days (
  tenant_id uuid not null default tenant(),
  day date not null,
  currency_code text collate "C" not null,
  region text collate "C" not null,
  owner_id text collate "C" not null, -- empty where nobody is known to have sold
  kind text collate "C" not null,
  with_customer bool not null,${SUMS}
  primary key (tenant_id, day, currency_code, region, owner_id, kind, with_customer) -- QuerySalesFigures
);
${secure("sales_days", "analytics")}

create table product_days (
  tenant_id uuid not null default tenant(),
  day date not null,
  currency_code text collate "C" not null,
  product_id text collate "C" not null, -- empty where the product is not in our range
  product_code text collate "C" not null, -- of those alone
  with_customer bool not null,${SUMS}
  primary key (tenant_id, day, currency_code, product_id, product_code, with_customer) -- QuerySalesFigures by product
);
${secure("product_days", "analytics")}

create table sales_marks (
  tenant_id uuid not null default tenant() primary key,
  event_time timestamptz(3) not null,
  stream_sequence bigint not null
);
${secure("sales_marks", "analytics")}
`);
  }
  async down(): Promise<void> {
    throw new Error("the facts are made anew by rebuild, not by a migration");
  }
}
