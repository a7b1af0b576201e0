import { Client, escapeIdentifier, escapeLiteral } from "pg";
import { DataSource, type MigrationInterface } from "typeorm";
import type { Db } from "./db.ts";
import { groundMigration, jobsMigration, lettersMigration } from "./ground.ts";
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
}

/** The roles, then the schema. Doing it twice, or by two at once, changes nothing. */
export async function migrate({
  service,
  migrations,
  adminUrl,
  ownerUrl,
  urls,
}: MigrateOptions): Promise<string[]> {
  if (adminUrl) await makeRoles(service, adminUrl, [ownerUrl, ...urls]);
  const lock = new Client({ connectionString: ownerUrl });
  await lock.connect();
  const source = new DataSource({
    type: "postgres",
    url: ownerUrl,
    schema: service,
    migrations: [...grounds(service), ...migrations],
    migrationsTransactionMode: "each",
    poolSize: 1,
  });
  try {
    await lock.query("set lock_timeout = 0"); // another one may take its time
    await lock.query("select pg_advisory_lock(hashtextextended($1, 0))", [`${service} migrate`]);
    await source.initialize();
    await source.query(
      "create table if not exists migrations (id serial primary key, timestamp bigint not null, name varchar not null)",
    );
    return (await source.runMigrations()).map(({ name }) => name);
  } finally {
    if (source.isInitialized) await source.destroy();
    await lock.end();
  }
}

const grounds = (service: string) => [
  groundMigration(service),
  jobsMigration(service),
  lettersMigration(service),
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

/** All that the code of a service knows of its schema, in order. */
export function stepsOf(service: string, migrations: readonly Migration[]): Step[] {
  const all: readonly Migration[] = [...grounds(service), ...migrations];
  return all.map((Made) => {
    const { name, needs } = new Made();
    return { name: name!, needs };
  });
}

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
