import type { QueryRunner } from "typeorm";
import type { Migration } from "./migrate.ts";

interface SharedOptions {
  /** With the stamp behind it, the migration's name. */
  readonly title: string;
  /** Its place among the service's own migrations. */
  readonly stamp: number;
  readonly sql: string;
  /** Why it has no way back. */
  readonly lost: string;
}

/** A migration that several services have. */
export function sharedMigration({ title, stamp, sql, lost }: SharedOptions): Migration {
  const name = `${title}${stamp}`;
  // TypeORM knows a migration by the name of its class.
  const named = {
    [name]: class {
      name = name;
      async up(runner: QueryRunner): Promise<void> {
        await runner.query(sql);
      }
      async down(): Promise<void> {
        throw new Error(lost);
      }
    },
  };
  return named[name]!;
}
