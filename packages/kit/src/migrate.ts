import { Client, escapeIdentifier, escapeLiteral } from "pg";
import { DataSource, type MigrationInterface } from "typeorm";
import type { Db } from "./db.ts";
import { groundMigration, jobsMigration } from "./ground.ts";
import { rolesSql } from "./roles.ts";

export type Migration = new () => MigrationInterface;

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

const grounds = (service: string) => [groundMigration(service), jobsMigration(service)];

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

/** Whether the schema is the one that this code was written for. */
export function schemaCheck(db: Db, service: string, migrations: readonly Migration[]): () => Promise<void> {
  const wanted = [...grounds(service), ...migrations].map((migration) => new migration().name!);
  const last = wanted.map(stampOf).sort().at(-1)!;
  return async () => {
    const { rows } = await db.pool.query("select name from migrations");
    const names = (rows as { name: string }[]).map(({ name }) => name);
    const missing = wanted.filter((name) => !names.includes(name));
    if (missing.length > 0) throw new Error(`the schema lacks ${missing.join(", ")}: run migrate`);
    const newer = names.filter((name) => stampOf(name) > last);
    if (newer.length > 0) throw new Error(`the schema is newer than this code: ${newer.join(", ")}`);
  };
}

const stampOf = (name: string) => name.replace(/\D/g, "");
