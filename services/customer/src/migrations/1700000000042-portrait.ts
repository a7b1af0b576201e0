import { secure } from "@guanxi/kit/ground";
import type { MigrationInterface, QueryRunner } from "typeorm";

/**
 * What the other services say of customers. A table for each of them: a rebuild empties those of one reader and leaves the
 * others.
 */
export class Portrait1700000000042 implements MigrationInterface {
  name = "Portrait1700000000042";
  async up(runner: QueryRunner): Promise<void> {
    for (const area of ["sales", "service_desk", "interaction", "analytics", "marketing"])
      await runner.query(items(area));
    for (const area of ["customer", "sales", "service_desk", "interaction", "analytics", "marketing"])
      await runner.query(entries(area));
    await runner.query(`
create table portrait_marks (
  tenant_id uuid not null default tenant(),
  area text collate "C" not null,
  event_time timestamptz(3) not null,
  stream_sequence bigint not null,
  primary key (tenant_id, area)
);
${secure("portrait_marks", "customer")}
`);
  }
  async down(): Promise<void> {
    throw new Error("portraits are made anew by rebuild, not by a migration");
  }
}

/** One row for each thing of a customer, as it is now; `body` is what the portrait shows of it. */
const items = (area: string) => `
create table portrait_${area} (
  tenant_id uuid not null default tenant(),
  item_id uuid not null,
  customer_id uuid not null,
  kind text collate "C" not null,
  status text collate "C" not null,
  open bool not null,
  item_time timestamptz(3) not null,
  item_date date,
  amount_micros bigint,
  currency_code text collate "C",
  body jsonb not null,
  version int not null,
  primary key (tenant_id, item_id)
);
create index portrait_${area}_of_customer on portrait_${area} (tenant_id, customer_id, kind, item_time); -- GetPortrait
create index portrait_${area}_open on portrait_${area} (tenant_id, customer_id, kind) where open; -- GetPortrait, refreshFacts
${secure(`portrait_${area}`, "customer")}
`;

/** One row for each event that concerns a customer. */
const entries = (area: string) => `
create table timeline_${area} (
  tenant_id uuid not null default tenant(),
  entry_id uuid not null,
  customer_id uuid not null,
  time timestamptz(3) not null,
  told_time timestamptz(3) not null,
  area text collate "C" not null,
  kind text collate "C" not null,
  resource text collate "C" not null,
  minor bool not null,
  aggregate_type text collate "C" not null,
  aggregate_id uuid not null,
  version int not null,
  channel text collate "C",
  direction text collate "C",
  actor_kind text collate "C" not null,
  actor_id text collate "C" not null,
  actor_name text collate "C" not null,
  origin text collate "C" not null,
  title text collate "C" not null,
  number text collate "C" not null,
  amount_micros bigint,
  currency_code text collate "C",
  primary key (tenant_id, entry_id)
);
create index timeline_${area}_of_customer on timeline_${area} (tenant_id, customer_id, time, entry_id); -- ListTimeline
create index timeline_${area}_of_aggregate on timeline_${area} (tenant_id, aggregate_id); -- what goes to another customer
${secure(`timeline_${area}`, "customer")}
`;
