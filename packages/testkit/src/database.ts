import { migrate, type Migration } from "@guanxi/kit/migrate";
import { randomBytes } from "node:crypto";
import { crc32 } from "node:zlib";
import { Client, escapeIdentifier } from "pg";

export interface Migrated {
  readonly name: string;
  readonly migrations: readonly Migration[];
}

export interface TestDatabase {
  readonly name: string;
  readonly adminUrl: string;
  /** As one of the service's roles: app, relay, owner. */
  urlOf(role: "app" | "relay" | "owner"): string;
}

/** A fresh database with the service's schema: a copy of a template that the first test with these migrations has made. */
export async function testDatabase(adminUrl: string, app: Migrated): Promise<TestDatabase> {
  const admin = new Client({ connectionString: adminUrl });
  await admin.connect();
  try {
    const template = `template_${app.name}_${crc32(app.migrations.map(textOf).join())}`;
    const name = `test_${app.name}_${randomBytes(6).toString("hex")}`;
    // One after the other: whoever copies a template must be alone with it.
    await admin.query("select pg_advisory_lock(hashtextextended($1, 0))", [template]);
    const { rowCount } = await admin.query("select from pg_database where datname = $1 and datistemplate", [
      template,
    ]);
    if (!rowCount) await makeTemplate(admin, adminUrl, template, app);
    await admin.query(`create database ${name} template ${escapeIdentifier(template)} strategy file_copy`);
    return {
      name,
      adminUrl: inDatabase(adminUrl, name),
      urlOf: (role) => roleUrl(adminUrl, name, app.name, role),
    };
  } finally {
    await admin.end();
  }
}

/** Tests of several services have migrations of one name that make other tables. */
const textOf = (Made: Migration) => `${new Made().name ?? Made.name} ${Made.toString()}`;

async function makeTemplate(
  admin: Client,
  adminUrl: string,
  template: string,
  { name, migrations }: Migrated,
) {
  await admin.query(`drop database if exists ${template}`);
  await admin.query(`create database ${template}`);
  await migrate({
    service: name,
    migrations,
    adminUrl: inDatabase(adminUrl, template),
    ownerUrl: roleUrl(adminUrl, template, name, "owner"),
    urls: [roleUrl(adminUrl, template, name, "app"), roleUrl(adminUrl, template, name, "relay")],
  });
  await admin.query(`alter database ${template} is_template true`);
}

function inDatabase(url: string, database: string): string {
  const it = new URL(url);
  it.pathname = `/${database}`;
  return it.href;
}

function roleUrl(adminUrl: string, database: string, service: string, role: string): string {
  const it = new URL(inDatabase(adminUrl, database));
  it.username = `${service}_${role}`;
  it.password = "test";
  return it.href;
}
