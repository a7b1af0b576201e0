import { Client, escapeIdentifier, escapeLiteral } from "pg";
import { setTimeout as pause } from "node:timers/promises";
import { DataSource, type MigrationInterface, type QueryRunner } from "typeorm";
import type { Db } from "./db.ts";
import { groundMigration, jobsMigration, lettersMigration } from "./ground.ts";
import { MigrationFault } from "./migration-fault.ts";
import { rolesSql } from "./roles.ts";
import { schemaFault, type Step } from "./schema-steps.ts";

/** A migration that contracts says by `needs` which schema code has to know at least, to work on the result. */
export type Migration = new () => MigrationInterface & Pick<Step, "needs">;

export interface MigrateOptions {
  readonly service: string;
  readonly migrations: readonly Migration[];
  /** As the database's admin; without it the roles must exist. */
  readonly adminUrl?: string | undefined;
  /** As <service>_owner. */
  readonly ownerUrl: string;
  /** Further URLs whose roles get the passwords that stand in them. */
  readonly urls: readonly string[];
  /** Told when others hold what a migration has to lock, or are migrating. */
  readonly onWait?: (sentence: string) => void;
  readonly pausesMs?: readonly number[];
  /** After how long another's migration is told of, and how often. */
  readonly tellMs?: { readonly first: number; readonly each: number };
}

/** So often, and after so long, a migration asks again for a lock that others did not give it within the owner's lock_timeout. */
const PAUSES_MS = [1_000, 2_000, 4_000, 8_000];
const TELL_MS = { first: 5_000, each: 60_000 };

/** The roles, then the schema. Doing it twice, or by two at once, changes nothing. Gives the names of what it did. */
export async function migrate(options: MigrateOptions): Promise<string[]> {
  const { service, migrations, adminUrl, ownerUrl, urls } = options;
  if (adminUrl) await makeRoles(service, adminUrl, [ownerUrl, ...urls]);
  const at = { migration: "" };
  const all = withGround(service, migrations);
  const lock = new Client({ connectionString: ownerUrl });
  await lock.connect();
  const source = new DataSource({
    type: "postgres",
    url: ownerUrl,
    schema: service,
    migrations: all.map((migration) => announced(migration, at)),
    migrationsTransactionMode: "each",
    logger: "debug", // the others print each failure as a bare line among those of the log
    poolSize: 1,
  });
  try {
    await alone(lock, options);
    await source.initialize();
    await source.query(MIGRATIONS);
    return await runAll(source, at, options);
  } finally {
    if (source.isInitialized) await source.destroy();
    await lock.end();
  }
}

/**
 * TypeORM writes timestamp and name; `needs` comes with the same row, of what the migration has announced. It is looked
 * for first, since even an `add column if not exists` would wait for a backup that reads the table.
 */
const MIGRATIONS = `
create table if not exists migrations (id serial primary key, timestamp bigint not null, name varchar not null);
do $$ begin
  if not exists (select from pg_attribute where attrelid = 'migrations'::regclass and attname = 'needs') then
    alter table migrations add column needs varchar default nullif(current_setting('guanxi.needs', true), '');
  end if;
end $$`;

function announced(Made: Migration, at: { migration: string }): Migration {
  return class extends Made {
    override async up(runner: QueryRunner): Promise<void> {
      at.migration = this.name!;
      // Of the session, since a migration may do without a transaction; the next one says its own.
      await runner.query("select set_config('guanxi.needs', $1, false)", [this.needs ?? ""]);
      await super.up(runner);
    }
  };
}

/** Asks from time to time: whoever waited inside a statement would hold up what an index made concurrently waits for. */
async function alone(lock: Client, { service, onWait, tellMs = TELL_MS }: MigrateOptions): Promise<void> {
  const ask = "select where pg_try_advisory_lock(hashtextextended($1, 0))";
  let tell = performance.now() + tellMs.first;
  while ((await lock.query(ask, [`${service} migrate`])).rowCount === 0) {
    if (performance.now() >= tell) {
      onWait?.(`another migrate of ${service} is at work: this one waits until it has ended`);
      tell += tellMs.each;
    }
    await pause(200);
  }
}

async function runAll(
  source: DataSource,
  at: { migration: string },
  options: MigrateOptions,
): Promise<string[]> {
  const { service, pausesMs = PAUSES_MS, onWait } = options;
  const names = async () =>
    (await source.query<Step[]>("select name from migrations order by id")).map(({ name }) => name);
  const before = new Set(await names());
  for (const pauseMs of [...pausesMs, undefined]) {
    try {
      await source.runMigrations();
      break;
    } catch (error) {
      if (!at.migration) throw error;
      const fault = new MigrationFault(service, at.migration, error);
      if (pauseMs === undefined || !BUSY.has(fault.code ?? "")) throw fault;
      onWait?.(
        `${fault.migration} did not get its locks (${fault.message}), and asks again in ${pauseMs} ms`,
      );
      await pause(pauseMs);
    }
  }
  return (await names()).filter((name) => !before.has(name));
}

const BUSY = new Set(["55P03", "40P01"]); // lock_not_available, deadlock_detected

/** The migrations of a service, with those that every service has. */
export const withGround = (service: string, migrations: readonly Migration[]): readonly Migration[] => [
  groundMigration(service),
  jobsMigration(service),
  lettersMigration(service),
  ...migrations,
];

async function makeRoles(service: string, adminUrl: string, urls: readonly string[]): Promise<void> {
  const admin = new Client({ connectionString: adminUrl });
  await admin.connect();
  try {
    // Roles belong to the whole cluster: services that begin together would trip over each other.
    await admin.query("begin; select pg_advisory_xact_lock(hashtextextended('guanxi roles', 0))");
    await admin.query(rolesSql(service));
    for (const { username, password } of urls.map((url) => new URL(url))) {
      const role = escapeIdentifier(decodeURIComponent(username));
      if (password)
        await admin.query(`alter role ${role} password ${escapeLiteral(decodeURIComponent(password))}`);
    }
    await admin.query("commit");
  } finally {
    await admin.end();
  }
}

/** All that the code of a service knows of its schema. */
export const stepsOf = (service: string, migrations: readonly Migration[]): Step[] =>
  withGround(service, migrations).map((Made) => {
    const { name, needs } = new Made();
    return { name: name!, needs };
  });

/** Whether the schema is one that this code can work on. */
export function schemaCheck(db: Db, service: string, migrations: readonly Migration[]): () => Promise<void> {
  const known = stepsOf(service, migrations);
  return async () => {
    const fault = schemaFault(known, await applied(db.pool));
    if (fault) throw new Error(fault);
  };
}

/** What was done to a schema. An older migrate has left no `needs`, and before the first there is no table. */
async function applied(pool: Db["pool"]): Promise<Step[]> {
  const { rowCount } = await pool.query("select where to_regclass('migrations') is not null");
  if (!rowCount) return [];
  const { rows } = await pool.query("select name, to_jsonb(m) ->> 'needs' as needs from migrations m");
  return (rows as { name: string; needs: string | null }[]).map(({ name, needs }) => ({
    name,
    needs: needs ?? undefined,
  }));
}
