import { secure } from "@guanxi/kit/ground";
import type { MigrationInterface, QueryRunner } from "typeorm";

/** Scans of the whole book, and the pairs that may be one customer. */
export class Duplicates1700000000046 implements MigrationInterface {
  name = "Duplicates1700000000046";
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
create table duplicate_scans (
  tenant_id uuid not null default tenant(),
  duplicate_scan_id uuid not null,
  state text collate "C" not null,
  error text collate "C" not null,
  initiator jsonb,
  customer_count int not null,
  compared_count int not null,
  kept_count int not null,
  new_count int not null,
  seen_count int not null,
  dismissed_count int not null,
  gone_count int not null,
  cluster_count int not null,
  split_count int not null,
  left_out_count bigint not null,
  create_time timestamptz(3) not null,
  end_time timestamptz(3),
  version int not null,
  primary key (tenant_id, duplicate_scan_id)
);
create unique index duplicate_scans_running on duplicate_scans (tenant_id) where state = 'RUNNING'; -- one at a time
create index duplicate_scans_by_time on duplicate_scans (tenant_id, create_time, duplicate_scan_id); -- ListDuplicateScans
${secure("duplicate_scans", "customer")}

create table duplicate_pairs (
  tenant_id uuid not null default tenant(),
  duplicate_pair_id uuid not null,
  customer_id uuid not null,
  other_customer_id uuid not null,
  fingerprint text collate "C" not null,
  other_fingerprint text collate "C" not null,
  score int not null,
  bits double precision not null,
  prior_bits double precision not null,
  evidence jsonb not null,
  cluster_customer_id uuid,
  state text collate "C" not null,
  dismiss_reason text collate "C" not null,
  dismissed_by text collate "C" not null,
  dismiss_time timestamptz(3),
  duplicate_scan_id uuid not null,
  opening_scan_id uuid not null,
  update_time timestamptz(3) not null,
  version int not null,
  primary key (tenant_id, duplicate_pair_id)
);
create index duplicate_pairs_by_score on duplicate_pairs (tenant_id, score, duplicate_pair_id); -- ListDuplicatePairs
create index duplicate_pairs_by_time on duplicate_pairs (tenant_id, update_time, duplicate_pair_id); -- ListDuplicatePairs
create index duplicate_pairs_by_customer on duplicate_pairs (tenant_id, customer_id); -- the pairs of a customer
create index duplicate_pairs_by_other on duplicate_pairs (tenant_id, other_customer_id);
create index duplicate_pairs_by_scan on duplicate_pairs (tenant_id, duplicate_scan_id, duplicate_pair_id); -- what a scan did not find again
${secure("duplicate_pairs", "customer")}
`);
  }
  async down(): Promise<void> {
    throw new Error("duplicates are not forgotten by a migration");
  }
}
