import type { Db } from "@guanxi/kit/db";
import { transaction } from "@guanxi/kit/transaction";
import type { Sending } from "./apply.ts";
import type { Reader } from "./reaction.ts";

/** What a table holds of one tenant, in two numbers: equal rows give equal ones, in whatever order they came. */
export interface Checksum {
  readonly table: string;
  readonly rows: number;
  readonly checksum: string;
}

export const tablesOf = ({ reactions }: Pick<Reader, "reactions">): string[] => [
  ...new Set(reactions.flatMap((reaction) => reaction.tables)),
];

export async function checksums(share: Sending, tables: readonly string[]): Promise<Checksum[]> {
  const all: Checksum[] = [];
  for (const table of tables) {
    const text = `select count(*)::int as rows, coalesce(sum(hashtextextended(t::text, 0)), 0)::text as checksum from ${table} t`;
    const [row] = await share.ask({ text });
    all.push({ table, rows: row!.rows as number, checksum: row!.checksum as string });
  }
  return all;
}

/** As all stands at one moment. */
export async function checksumsOf(db: Db, tenantId: string, tables: readonly string[]): Promise<Checksum[]> {
  const opening = () => [
    { text: "set transaction isolation level repeatable read read only" },
    { text: "set local statement_timeout = 0" },
  ];
  const tx = transaction(db, { tenantId, opening });
  try {
    return await checksums(tx.share(), tables);
  } finally {
    await tx.rollback();
  }
}
