import type { QueryRunner } from "typeorm";
import type { Migration } from "./migrate.ts";

interface IndexOptions {
  /** With the stamp behind it, the migration's name. */
  readonly title: string;
  readonly stamp: number;
  /** By name: what follows `create [unique] index concurrently <name>`, without `unique` where it is false. */
  readonly indexes: Readonly<Record<string, { readonly unique?: true; readonly on: string }>>;
  /** Indexes that these replace. */
  readonly drops?: readonly string[];
  /** The stamp of the oldest schema whose code can live with it; the service's first, where no code minds. */
  readonly needs: string;
}

/** Indexes on tables that may be large by now: nobody is kept from the table meanwhile, and one that broke off is made anew. */
export function indexMigration({ title, stamp, indexes, drops = [], needs }: IndexOptions): Migration {
  const name = `${title}${stamp}`;
  // TypeORM knows a migration by the name of its class.
  const named = {
    [name]: class {
      name = name;
      needs = needs;
      transaction = false as const;
      async up(runner: QueryRunner): Promise<void> {
        for (const [index, { unique, on }] of Object.entries(indexes)) {
          await runner.query(`drop index concurrently if exists ${index}`);
          await runner.query(`create ${unique ? "unique " : ""}index concurrently ${index} on ${on}`);
        }
        for (const index of drops) await runner.query(`drop index concurrently if exists ${index}`);
      }
      async down(): Promise<void> {
        throw new Error("an index is given up by a migration of its own");
      }
    },
  };
  return named[name]!;
}
