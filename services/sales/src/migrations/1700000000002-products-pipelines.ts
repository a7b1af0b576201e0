import { secure } from "@guanxi/kit/ground";
import type { MigrationInterface, QueryRunner } from "typeorm";

/** What is sold, and the ways of selling it. */
export class ProductsPipelines1700000000002 implements MigrationInterface {
  name = "ProductsPipelines1700000000002";
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(products + pipelines);
  }
  async down(): Promise<void> {
    throw new Error("products and pipelines are not forgotten by a migration");
  }
}

// Beside a product only record writes, in the product's own transaction: no foreign key asks for what is known.
const products = `
create table products (
  tenant_id uuid not null default tenant(),
  product_id uuid not null,
  product_code text collate "C" not null,
  display_name text collate "C" not null,
  name_key text collate "C" not null,
  category text collate "C",
  list_price bigint,
  unit_cost bigint,
  currency_code text collate "C",
  state text collate "C" not null,
  external_ids jsonb not null,
  create_time timestamptz(3) not null,
  update_time timestamptz(3) not null,
  version int not null,
  primary key (tenant_id, product_id)
);
-- ListProducts in each of its orders
create index products_by_code on products (tenant_id, product_code, product_id);
create index products_by_name on products (tenant_id, display_name, product_id); -- also references of imports
create index products_by_create_time on products (tenant_id, create_time, product_id);
-- a condition of ListProducts that leaves few rows
create index products_by_category on products (tenant_id, category) where category is not null;
create index products_by_name_key on products (tenant_id, name_key); -- what was meant by a name that nothing has
${secure("products", "sales")}

create table product_keys (
  tenant_id uuid not null default tenant(),
  kind text collate "C" not null, -- product_code or external_ids.<system>
  key text collate "C" not null,
  product_id uuid not null,
  constraint product_keys_pkey primary key (tenant_id, kind, key)
);
create index product_keys_of_product on product_keys (tenant_id, product_id); -- record
${secure("product_keys", "sales")}
`;

const pipelines = `
create table pipelines (
  tenant_id uuid not null default tenant(),
  pipeline_id uuid not null,
  display_name text collate "C" not null,
  stages jsonb not null,
  is_default bool not null,
  create_time timestamptz(3) not null,
  update_time timestamptz(3) not null,
  version int not null,
  primary key (tenant_id, pipeline_id)
);
create index pipelines_by_name on pipelines (tenant_id, display_name, pipeline_id); -- ListPipelines
create index pipelines_by_create_time on pipelines (tenant_id, create_time, pipeline_id); -- ListPipelines by create_time
create index pipelines_default on pipelines (tenant_id, pipeline_id) where is_default; -- where an opportunity names none
${secure("pipelines", "sales")}
`;
