import { secure } from "@guanxi/kit/ground";
import type { MigrationInterface, QueryRunner } from "typeorm";

/** Cases with what stands beside them, who works on them by which rules, and what they refer to in other services. */
export class Cases1700000000011 implements MigrationInterface {
  name = "Cases1700000000011";
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(cases + beside + course + work + mirrors);
  }
  async down(): Promise<void> {
    throw new Error("cases are not forgotten by a migration");
  }
}

const cases = `
create table cases (
  tenant_id uuid not null default tenant(),
  case_id uuid not null,
  number bigint not null,
  kind text collate "C" not null,
  phase text collate "C",
  origin text collate "C",
  subject text collate "C" not null,
  description text not null,
  topic text collate "C",
  priority text collate "C" not null,
  customer_id uuid,
  contact_id uuid,
  order_id uuid,
  product_id uuid,
  serial_number text collate "C",
  conversation_id uuid,
  status text collate "C" not null,
  status_since_time timestamptz(3) not null,
  queue_id uuid,
  assignee_id uuid,
  assign_time timestamptz(3),
  required_skills jsonb not null,
  routing jsonb,
  grade text collate "C",
  sla jsonb not null,
  due_time timestamptz(3),
  due_order timestamptz(3) not null,
  breached bool not null,
  escalation_level int not null,
  acknowledge_time timestamptz(3),
  first_response_time timestamptz(3),
  resolve_time timestamptz(3),
  close_time timestamptz(3),
  resolution text collate "C",
  resolution_note text not null,
  root_cause text collate "C",
  root_cause_note text not null,
  reopen_count int not null,
  reassignment_count int not null,
  customer_contact_count int not null,
  steps jsonb not null,
  process_version text not null,
  merged_into_case_id uuid,
  split_from_case_id uuid,
  corrective_action_id uuid,
  external_ids jsonb not null,
  tags jsonb not null,
  open_time timestamptz(3) not null,
  open_date date not null,
  create_time timestamptz(3) not null,
  update_time timestamptz(3) not null,
  version int not null,
  primary key (tenant_id, case_id)
);
create unique index cases_by_number on cases (tenant_id, number); -- a number is given once; ListCases by it
-- ListCases in each of its orders
create index cases_by_due on cases (tenant_id, due_order, case_id);
create index cases_by_open_time on cases (tenant_id, open_time, case_id);
create index cases_by_update_time on cases (tenant_id, update_time, case_id);
-- conditions of ListCases that leave few rows
create index cases_by_customer on cases (tenant_id, customer_id, open_time) where customer_id is not null;
create index cases_by_contact on cases (tenant_id, contact_id) where contact_id is not null;
create index cases_by_order on cases (tenant_id, order_id) where order_id is not null;
create index cases_by_product on cases (tenant_id, product_id, open_date) where product_id is not null;
create index cases_by_serial on cases (tenant_id, serial_number) where serial_number is not null;
create index cases_by_conversation on cases (tenant_id, conversation_id) where conversation_id is not null;
create index cases_by_status on cases (tenant_id, status, due_order);
create index cases_by_next_due on cases (tenant_id, due_time) where due_time is not null;
create index cases_by_queue on cases (tenant_id, queue_id, status, due_order) where queue_id is not null;
create index cases_by_topic on cases (tenant_id, topic, open_date) where topic is not null;
create index cases_by_open_date on cases (tenant_id, kind, open_date);
create index cases_by_root_cause on cases (tenant_id, root_cause, open_date) where root_cause is not null;
create index cases_by_corrective_action on cases (tenant_id, corrective_action_id) where corrective_action_id is not null;
-- memberLoads, and ListCases of somebody's
create index cases_by_assignee on cases (tenant_id, assignee_id, status, queue_id) where assignee_id is not null;
create index cases_by_assign_time on cases (tenant_id, assignee_id, queue_id, assign_time) where assignee_id is not null;
${secure("cases", "service_desk")}
`;

// Beside the case only record writes, in the case's own transaction: a foreign key would ask for what is known.
const beside = `
create table case_keys (
  tenant_id uuid not null default tenant(),
  system text collate "C" not null,
  external_id text collate "C" not null,
  case_id uuid not null,
  constraint case_keys_pkey primary key (tenant_id, system, external_id) -- what an import knows already
);
create index case_keys_of_case on case_keys (tenant_id, case_id); -- record
${secure("case_keys", "service_desk")}

create table case_values (
  tenant_id uuid not null default tenant(),
  case_id uuid not null,
  kind text collate "C" not null, -- tag
  text_value text collate "C" not null
);
create index case_values_of_case on case_values (tenant_id, case_id); -- record
create index case_values_by_text on case_values (tenant_id, kind, text_value, case_id); -- conditions of ListCases
${secure("case_values", "service_desk")}

create table case_numbers (
  tenant_id uuid not null default tenant() primary key,
  last_number bigint not null
);
${secure("case_numbers", "service_desk")}
`;

const course = `
create table case_changes (
  tenant_id uuid not null default tenant(),
  change_id uuid not null default gen_random_uuid(),
  case_id uuid not null,
  version int not null,
  time timestamptz(3) not null,
  status text collate "C" not null,
  priority text collate "C" not null,
  queue_id uuid,
  assignee_id uuid,
  escalation_level int not null,
  reason text not null,
  actor_kind text not null,
  actor_id text not null,
  actor_name text not null,
  primary key (tenant_id, change_id)
);
create unique index case_changes_of_case on case_changes (tenant_id, case_id, version, change_id); -- ListCaseChanges
${secure("case_changes", "service_desk", { append: true })}

create table case_marks (
  tenant_id uuid not null default tenant(),
  mark_id bigint generated always as identity, -- what was said in one moment keeps its order
  case_id uuid not null,
  time timestamptz(3) not null,
  kind text collate "C" not null,
  import_id uuid, -- that said it: its undo takes it back
  primary key (tenant_id, mark_id)
);
create index case_marks_of_case on case_marks (tenant_id, case_id, mark_id); -- marksOf
${secure("case_marks", "service_desk")}
`;

const work = `
create table queues (
  tenant_id uuid not null default tenant(),
  queue_id uuid not null,
  display_name text collate "C" not null,
  description text not null,
  lead_id uuid,
  members jsonb not null,
  create_time timestamptz(3) not null,
  update_time timestamptz(3) not null,
  version int not null,
  primary key (tenant_id, queue_id)
);
create unique index queues_by_name on queues (tenant_id, display_name); -- ListQueues; references of imports
create index queues_by_create_time on queues (tenant_id, create_time, queue_id); -- ListQueues
${secure("queues", "service_desk")}

create table routing_policies (
  tenant_id uuid not null default tenant(),
  routing_policy_id uuid not null,
  rules jsonb not null,
  fallback jsonb not null,
  create_time timestamptz(3) not null,
  update_time timestamptz(3) not null,
  version int not null,
  primary key (tenant_id, routing_policy_id)
);
${secure("routing_policies", "service_desk")}

create table case_processes (
  tenant_id uuid not null default tenant(),
  case_process_id uuid not null,
  display_name text collate "C" not null,
  kind text collate "C" not null,
  queue_id uuid,
  steps jsonb not null,
  steps_version int not null,
  create_time timestamptz(3) not null,
  update_time timestamptz(3) not null,
  version int not null,
  primary key (tenant_id, case_process_id)
);
create unique index case_processes_by_kind on case_processes (tenant_id, kind, queue_id) nulls not distinct; -- processFor
create index case_processes_by_create_time on case_processes (tenant_id, create_time, case_process_id); -- ListCaseProcesses
${secure("case_processes", "service_desk")}
`;

const mirrors = `
create table orders (
  tenant_id uuid not null default tenant(),
  order_id uuid not null,
  order_number text collate "C" not null,
  customer_id uuid,
  status text collate "C" not null,
  version int not null,
  primary key (tenant_id, order_id)
);
create index orders_by_number on orders (tenant_id, order_number); -- references of imports
create index orders_by_customer on orders (tenant_id, customer_id, status) where customer_id is not null; -- phase of a case
${secure("orders", "service_desk")}

create table products (
  tenant_id uuid not null default tenant(),
  product_id uuid not null,
  product_code text collate "C" not null,
  display_name text collate "C" not null,
  version int not null,
  primary key (tenant_id, product_id)
);
create index products_by_code on products (tenant_id, product_code); -- references of imports
${secure("products", "service_desk")}

create table addresses (
  tenant_id uuid not null default tenant(),
  holder_id uuid not null, -- the customer, or the contact
  kind text collate "C" not null, -- EMAIL or PHONE
  address text collate "C" not null, -- in its normal form; of a phone number the digits from the last to the first
  customer_id uuid not null,
  contact_id uuid,
  primary key (tenant_id, holder_id, customer_id, kind, address)
);
create index addresses_by_address on addresses (tenant_id, kind, address); -- whose address it is
${secure("addresses", "service_desk")}
`;
