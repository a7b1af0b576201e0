import { secure } from "@guanxi/kit/ground";
import type { Migration } from "@guanxi/kit/migrate";
import { sharedMigration } from "@guanxi/kit/shared-migration";

/** The tables of a service that takes files. */
export const importMigration = (service: string, stamp: number): Migration =>
  sharedMigration({
    title: "Imports",
    stamp,
    sql: tables + TABLES.map((table) => secure(table, service)).join(""),
    lost: "what was imported could not be undone without these tables",
  });

/** What a dry run counts besides, since 0.5.0. */
export const similarRowsMigration = (stamp: number): Migration =>
  sharedMigration({
    title: "SimilarRows",
    stamp,
    sql: "alter table imports add column similar_rows bigint not null default 0",
    lost: "what dry runs found would be lost",
  });

const TABLES = [
  "imports",
  "import_chunks",
  "import_keys",
  "import_records",
  "import_failures",
  "import_writes",
];

const tables = `
create table imports (
  tenant_id uuid not null default tenant(),
  import_id uuid not null,
  kind text collate "C" not null,
  source_system text collate "C" not null,
  file_name text not null,
  wish jsonb not null, -- what was said of the format; format is what came of it
  format jsonb,
  manners jsonb, -- how columns write days and numbers
  mapping jsonb not null,
  is_guessed bool not null,
  columns jsonb not null,
  replacements jsonb not null,
  dry_run bool not null,
  after_sequence bigint not null,
  state text collate "C" not null,
  upload_id uuid,
  size_bytes bigint not null,
  sha256 text not null,
  run int not null, -- each beginning from the first row counts one more
  run_dry bool not null,
  cursor bigint not null, -- units of the file that this run has done
  read_bytes bigint not null,
  read_rows bigint not null,
  created_rows bigint not null,
  updated_rows bigint not null,
  unchanged_rows bigint not null,
  failed_rows bigint not null,
  created_records bigint not null,
  updated_records bigint not null,
  removed_records bigint not null,
  restored_records bigint not null,
  kept_records bigint not null,
  last_sequence bigint not null,
  error text not null,
  creator jsonb not null,
  initiator jsonb not null, -- who began what it is doing
  create_time timestamptz(3) not null,
  start_time timestamptz(3),
  end_time timestamptz(3),
  file_expire_time timestamptz(3),
  version int not null,
  primary key (tenant_id, import_id)
);
create index imports_by_time on imports (tenant_id, create_time, import_id); -- ListImports

create table import_chunks (
  tenant_id uuid not null default tenant(),
  upload_id uuid not null,
  number int not null,
  import_id uuid not null,
  bytes bytea not null,
  create_time timestamptz(3) not null default now(),
  primary key (tenant_id, upload_id, number)
);
alter table import_chunks alter column bytes set storage external; -- what is worth it comes compressed
create index import_chunks_by_import on import_chunks (tenant_id, import_id); -- forgetting them

-- What a run has met: a key that comes again is a duplicate, or more of the same record.
create table import_keys (
  tenant_id uuid not null default tenant(),
  import_id uuid not null,
  run int not null,
  key text collate "C" not null,
  record_id uuid, -- none where it was refused
  row bigint not null,
  rows int not null,
  content uuid not null, -- of the first row
  fate text not null,
  primary key (tenant_id, import_id, run, key)
);
-- Records whose rows have no id: what their cells were, by which the next file finds them again.
create table import_records (
  tenant_id uuid not null default tenant(),
  kind text collate "C" not null,
  source_system text collate "C" not null,
  key text collate "C" not null,
  record_id uuid not null,
  primary key (tenant_id, kind, source_system, key)
);
create index import_records_by_record on import_records (tenant_id, record_id); -- undo

create table import_failures (
  tenant_id uuid not null default tenant(),
  import_id uuid not null,
  run int not null,
  row bigint not null,
  failure_id bigint generated always as identity,
  cells jsonb not null,
  faults jsonb not null,
  primary key (tenant_id, import_id, run, row, failure_id)
);

-- What undo takes back.
create table import_writes (
  tenant_id uuid not null default tenant(),
  import_id uuid not null,
  record_id uuid not null,
  place bigint not null,
  row bigint not null,
  version int not null,
  before jsonb, -- none where the import has made it
  content uuid, -- what it wrote, less what services derive: by it undo knows whether somebody changed the record since
  outcome text, -- of the undo
  undo_version int,
  primary key (tenant_id, import_id, record_id)
);
create index import_writes_by_place on import_writes (tenant_id, import_id, place); -- undo goes backwards
`;
