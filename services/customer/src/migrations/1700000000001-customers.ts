import { secure } from "@guanxi/kit/ground";
import type { MigrationInterface, QueryRunner } from "typeorm";

/** Categories, customers, and what stands in narrow tables beside a customer. */
export class Customers1700000000001 implements MigrationInterface {
  name = "Customers1700000000001";
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(categories + customers + values + tokens + keys + history);
  }
  async down(): Promise<void> {
    throw new Error("customers are not forgotten by a migration");
  }
}

const categories = `
create table categories (
  tenant_id uuid not null default tenant(),
  category_id uuid not null,
  display_name text collate "C" not null,
  parent_category_id uuid,
  create_time timestamptz(3) not null,
  update_time timestamptz(3) not null,
  version int not null,
  primary key (tenant_id, category_id),
  constraint categories_parent_fkey foreign key (tenant_id, parent_category_id) references categories
);
create index categories_by_name on categories (tenant_id, display_name, category_id); -- ListCategories
create index categories_by_create_time on categories (tenant_id, create_time, category_id); -- ListCategories by create_time
create index categories_by_parent on categories (tenant_id, parent_category_id); -- heightOf
${secure("categories", "customer")}
`;

const customers = `
create table customers (
  tenant_id uuid not null default tenant(),
  customer_id uuid not null,
  kind text collate "C" not null,
  display_name text collate "C" not null,
  legal_name text collate "C",
  credit_code text collate "C",
  contact_points jsonb not null,
  addresses jsonb not null,
  region_code text collate "C",
  city text collate "C",
  birth_date jsonb,
  birth_day date,
  industry text collate "C",
  party_roles jsonb not null,
  core bool not null,
  external_ids jsonb not null,
  source_channel text collate "C",
  source_detail text not null,
  source_campaign text collate "C",
  first_touch_time timestamptz(3) not null,
  preferences jsonb,
  consents jsonb not null,
  tags jsonb not null,
  category_id uuid,
  owner_id uuid,
  custom jsonb not null,
  custom_facts jsonb not null,
  completeness int not null,
  lifecycle_stage text collate "C" not null,
  lifecycle_stage_since_time timestamptz(3) not null,
  customer_class text collate "C" not null,
  customer_class_since_time timestamptz(3) not null,
  grade text collate "C",
  grade_since_time timestamptz(3),
  relationship_level text collate "C",
  relationship_level_since_time timestamptz(3),
  state text collate "C" not null,
  create_time timestamptz(3) not null,
  create_date date not null,
  update_time timestamptz(3) not null,
  version int not null,
  primary key (tenant_id, customer_id),
  constraint customers_category_fkey foreign key (tenant_id, category_id) references categories
);
-- ListCustomers in each of its orders
create index customers_by_create_time on customers (tenant_id, create_time, customer_id);
create index customers_by_update_time on customers (tenant_id, update_time, customer_id);
create index customers_by_name on customers (tenant_id, display_name, customer_id);
create index customers_by_completeness on customers (tenant_id, completeness, customer_id);
-- conditions of ListCustomers that leave few rows
create index customers_by_stage on customers (tenant_id, lifecycle_stage, grade);
create index customers_by_city on customers (tenant_id, region_code, city);
create index customers_by_birth_day on customers (tenant_id, birth_day) where birth_day is not null;
create index customers_by_campaign on customers (tenant_id, source_campaign) where source_campaign is not null;
create index customers_by_create_date on customers (tenant_id, create_date);
-- the check of customers_category_fkey when a category goes
create index customers_by_category on customers (tenant_id, category_id) where category_id is not null;
${secure("customers", "customer")}
`;

// Beside the customer only record writes, in the customer's own transaction: a foreign key would ask for each of some
// thirty rows what is known.
const values = `
create table customer_values (
  tenant_id uuid not null default tenant(),
  customer_id uuid not null,
  kind text collate "C" not null, -- tag, party_role, category_id, owner_id or custom.<key>
  text_value text collate "C",
  number_value bigint,
  bool_value bool,
  time_value timestamptz(3),
  date_value date,
  check (num_nonnulls(text_value, number_value, bool_value, time_value, date_value) = 1)
);
create index customer_values_of_customer on customer_values (tenant_id, customer_id); -- record
-- One value for each field: conditions rely on it where they merge two tests of one.
create unique index customer_values_single on customer_values (tenant_id, customer_id, kind)
  where kind not in ('tag', 'party_role');
-- conditions of ListCustomers: has(), and a test for each type
create index customer_values_by_kind on customer_values (tenant_id, kind, customer_id);
create index customer_values_by_text on customer_values (tenant_id, kind, text_value, customer_id)
  where text_value is not null;
create index customer_values_by_number on customer_values (tenant_id, kind, number_value, customer_id)
  where number_value is not null;
create index customer_values_by_bool on customer_values (tenant_id, kind, bool_value, customer_id)
  where bool_value is not null;
create index customer_values_by_time on customer_values (tenant_id, kind, time_value, customer_id)
  where time_value is not null;
create index customer_values_by_date on customer_values (tenant_id, kind, date_value, customer_id)
  where date_value is not null;
${secure("customer_values", "customer")}
`;

const tokens = `
create table customer_tokens (
  tenant_id uuid not null default tenant(),
  customer_id uuid not null,
  kind text collate "C" not null,
  token text collate "C" not null,
  primary key (tenant_id, kind, token, customer_id) -- SearchCustomers by ranges, duplicates by equality
);
create index customer_tokens_of_customer on customer_tokens (tenant_id, customer_id); -- record
${secure("customer_tokens", "customer")}
`;

const keys = `
create table customer_keys (
  tenant_id uuid not null default tenant(),
  kind text collate "C" not null, -- external_ids.<system>, credit_code or custom.<key>
  key text collate "C" not null,
  customer_id uuid not null,
  constraint customer_keys_pkey primary key (tenant_id, kind, key)
);
create index customer_keys_of_customer on customer_keys (tenant_id, customer_id); -- record
${secure("customer_keys", "customer")}
`;

const history = `
create table customer_history (
  tenant_id uuid not null default tenant(),
  history_id uuid not null default gen_random_uuid(),
  customer_id uuid not null,
  version int not null,
  field text collate "C" not null,
  old_value text not null,
  new_value text not null,
  reason text not null,
  time timestamptz(3) not null,
  actor_kind text not null,
  actor_id text not null,
  actor_name text not null,
  primary key (tenant_id, history_id)
);
create index customer_history_of_customer on customer_history (tenant_id, customer_id, version, history_id); -- ListCustomerHistory
${secure("customer_history", "customer", { append: true })}
`;
