// What is left to do once an import has ended: where its last event stands, and what nobody needs any more.
import type { JobContext } from "@guanxi/bus/app";
import { named } from "@guanxi/kit/store";
import type { Acts } from "./run.ts";
import type { ImportState } from "./state.ts";

const PAGE = 5_000;

interface WrittenVersion {
  readonly aggregateId: string;
  readonly version: number;
}

/** False while not all of its events are published. */
export async function locateLast(
  tenantId: string,
  acts: Acts,
  { lastPlace }: Pick<JobContext, "lastPlace">,
  { importId, run, version }: ImportState,
): Promise<boolean> {
  let last = 0n;
  for (let after = "00000000-0000-0000-0000-000000000000"; ; ) {
    const page = await acts((at) =>
      named<WrittenVersion>(at, {
        name: "import_writes versions",
        text: `select record_id as "aggregateId", coalesce(undo_version, version) as version from import_writes
          where import_id = $1 and record_id > $2 order by record_id limit ${PAGE}`,
        values: [importId, after],
      }),
    );
    if (page.length === 0) break;
    const place = await lastPlace(tenantId, page);
    if (place === undefined) return false;
    if (place > last) last = place;
    after = page.at(-1)!.aggregateId;
  }
  await acts(async (at) =>
    at.tell({
      name: "imports last sequence",
      text: "update imports set last_sequence = $4 where import_id = $1 and run = $2 and version = $3",
      values: [importId, run, version, last],
    }),
  );
  return true;
}

/** Keys and failures of runs that are over, a few at a time: a file may have a million of them. */
export async function forgetRuns(
  acts: Acts,
  importId: string,
  run: number,
  what: readonly Book[],
): Promise<void> {
  for (const { table, key, upTo } of what) {
    for (let gone = PAGE; gone >= PAGE; ) {
      const rows = await acts((at) =>
        named(at, {
          name: `${table} forget ${upTo}`,
          text: `delete from ${table} where (tenant_id, import_id, run, ${key}) in (
              select tenant_id, import_id, run, ${key} from ${table}
              where import_id = $1 and run ${upTo} $2 limit ${PAGE}) returning run`,
          values: [importId, run],
        }),
      );
      gone = rows.length;
    }
  }
}

export interface Book {
  readonly table: "import_keys" | "import_failures";
  readonly key: string;
  readonly upTo: "<" | "<=";
}

const book =
  (table: Book["table"], key: string) =>
  (upTo: Book["upTo"]): Book => ({ table, key, upTo });
export const keysBook = book("import_keys", "key");
export const failuresBook = book("import_failures", "row, failure_id");
