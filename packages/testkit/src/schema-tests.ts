import { globSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Table } from "@guanxi/kit/table";
import { Client } from "pg";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { type Migrated, testDatabase } from "./database.ts";
import { dumpSchema } from "./schema-dump.ts";

type AnyTable = Table<never>;

export interface SchemaTests {
  readonly app: Migrated;
  /** Of the service: there lie schema.sql and src. */
  readonly folder: string;
  /** Columns that a table has and its EntitySchema does not need: `customer_history.customer_id`. */
  readonly unread?: readonly string[];
}

/** The schema that the migrations make is the one that was reviewed, and the one that the code means. */
export function schemaTests({ app, folder, unread = [] }: SchemaTests): void {
  let client: Client;
  beforeAll(async () => {
    const { adminUrl } = await testDatabase(inject("adminUrl"), app);
    client = new Client({ connectionString: adminUrl });
    await client.connect();
  });
  afterAll(() => client.end());

  test("the migrations make schema.sql (UPDATE=1 writes it anew)", async () => {
    const file = join(folder, "schema.sql");
    const made = await dumpSchema(client, app.name);
    if (process.env.UPDATE) writeFileSync(file, made);
    expect(made).toBe(readFileSync(file, "utf8"));
  });

  test("each EntitySchema has the columns of its table", async () => {
    const tables = await tablesOf(folder);
    expect(tables.length).toBeGreaterThan(0);
    for (const { name, columns } of tables) {
      const all = await columnsOf(client, app.name, name);
      const there = all.filter((column) => !unread.includes(`${name}.${column.name}`));
      const ours = columns.filter((column) => column.name !== "tenant_id"); // a tenant has it as its own id
      expect(sorted(ours.map(meant)), name).toEqual(sorted(there.map(plain)));
    }
  });

  test("what is written beside an aggregate has a column, and each column that needs a value has one", async () => {
    for (const { id, sides = [] } of await tablesOf(folder))
      for (const { name, columns } of sides) {
        const there = await columnsOf(client, app.name, name);
        const written = Object.entries({ [id.name]: id.type, ...columns });
        const typed = written.map(([column, type]) => `${column} ${TYPES[type] ?? type}`);
        const needed = there.filter(({ nullable, filled }) => !nullable && !filled);
        expect(there.map(spoken), name).toEqual(expect.arrayContaining(typed));
        expect(typed, name).toEqual(expect.arrayContaining(needed.map(spoken)));
      }
  });
}

interface Column {
  readonly name: string;
  readonly type: string;
  readonly nullable: boolean;
}

interface Found extends Column {
  /** By a default, where nobody gives a value. */
  readonly filled: boolean;
}

const TYPES: Record<string, string> = {
  int: "integer",
  bool: "boolean",
  timestamptz: "timestamp(3) with time zone",
};

const plain = ({ name, type, nullable }: Column): Column => ({ name, type, nullable });
const meant = (column: Column): Column => plain({ ...column, type: TYPES[column.type] ?? column.type });
const spoken = ({ name, type }: Column) => `${name} ${type}`;
const sorted = (columns: readonly Column[]) => columns.toSorted((a, b) => (a.name < b.name ? -1 : 1));

/** What the source exports of `table({ entity: … })`, from each file that has an EntitySchema. */
async function tablesOf(folder: string): Promise<AnyTable[]> {
  const files = globSync("src/**/*.ts", { cwd: folder }).map((path) => join(folder, path));
  const tables: AnyTable[] = [];
  for (const file of files.sort()) {
    const count = readFileSync(file, "utf8").split("new EntitySchema").length - 1;
    if (count === 0) continue;
    const found = Object.values((await import(file)) as object).filter(isTable);
    expect(found, `${file} exports its tables`).toHaveLength(count);
    tables.push(...found);
  }
  return tables;
}

const isTable = (value: unknown): value is AnyTable =>
  typeof value === "object" && value !== null && "entity" in value;

/** Without the tenant, which is the database's business. */
async function columnsOf(client: Client, schema: string, table: string): Promise<Found[]> {
  const { rows } = await client.query(
    `select attname as name, format_type(atttypid, atttypmod) as type, not attnotnull as nullable,
       atthasdef as filled from pg_attribute
     where attrelid = ($1 || '.' || $2)::regclass and attnum > 0 and not attisdropped and attname <> 'tenant_id'`,
    [schema, table],
  );
  return rows as Found[];
}
