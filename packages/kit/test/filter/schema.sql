-- Only types whose comparison is leakproof are filtered, so that indexes work under row-level security.
create table customers (
  tenant_id uuid not null,
  customer_id uuid primary key,
  name text collate "C" not null,
  owner_id uuid,
  email_key text collate "C",
  stage text collate "C" not null,
  grade text collate "C",
  score bigint,
  lifetime_value_micros bigint,
  subscribed boolean,
  create_time timestamptz(3) not null, -- milliseconds, as many as a Date holds
  last_order_time timestamptz(3),
  birth_date date,
  credit_limit_micros bigint
);

-- Tags and filterable custom fields: one row for each value, in the column of its type.
create table customer_values (
  tenant_id uuid not null,
  kind text collate "C" not null,
  customer_id uuid not null references customers on delete cascade,
  text_value text collate "C",
  number_value bigint,
  bool_value boolean,
  time_value timestamptz(3),
  date_value date,
  check (num_nonnulls(text_value, number_value, bool_value, time_value, date_value) = 1)
);
-- One value for each field that is not a list: sql.ts relies on it when it merges two tests of one field.
create unique index customer_values_single on customer_values (customer_id, kind)
  where kind not in ('tag', 'email', 'role');

alter table customers enable row level security, force row level security;
alter table customer_values enable row level security, force row level security;
create policy tenant on customers using (tenant_id = current_setting('app.tenant')::uuid);
create policy tenant on customer_values using (tenant_id = current_setting('app.tenant')::uuid);
