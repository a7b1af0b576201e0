// An aggregate as the states of its source make it, and as it stands in our tables, each in one text.
import type { Statement } from "@guanxi/kit/flush";
import type { Share } from "@guanxi/kit/transaction";
import type { Held, HeldRows, Reckoning } from "./held.ts";
import type { Received } from "./received.ts";
import { versionText } from "./tally.ts";

export interface Side {
  /** 0 where the first table has no row of it. */
  readonly version: number;
  readonly rowCount: number;
  /** Everything that is kept of it; the order of rows does not matter. */
  readonly text: string;
}

/** A stretch of ids without its beginning, or just these. */
export type Stretch = { readonly after: string; readonly upTo: string } | { readonly ids: readonly string[] };

export function there(held: Held, page: readonly Received[], at: Reckoning): Map<string, Side> {
  const sides = page.flatMap(({ event: { meta, envelope } }): [string, Side][] => {
    if (meta.aggregateType !== held.aggregateType || envelope.state.length === 0) return [];
    const rows = held.rows.map((table) => table.rowsOf(envelope.state, meta, at) as readonly Row[]);
    return [[meta.aggregateId, sideOf(held, rows, meta.version)]];
  });
  return new Map(sides);
}

export async function here(held: Held, share: Share, stretch: Stretch): Promise<Map<string, Side>> {
  const tables = await Promise.all(held.rows.map((table) => share.ask(reading(table, stretch))));
  const groups = tables.map((rows) => Map.groupBy(rows as readonly Row[], ({ _of }) => _of as string));
  const ids = new Set(groups.flatMap((group) => [...group.keys()]));
  return new Map(
    [...ids].map((id) => {
      const rows = groups.map((group) => group.get(id) ?? []);
      return [id, sideOf(held, rows, Number(rows[0]![0]?.version ?? 0))];
    }),
  );
}

type Row = Readonly<Record<string, unknown>>;

function sideOf(held: Held, tables: readonly (readonly Row[])[], version: number): Side {
  const texts = tables.map((rows, place) => {
    const fields = held.rows[place]!.columns.map(({ field }) => field);
    return rows.map((row) => JSON.stringify(fields.map((field) => plain(row[field])))).sort();
  });
  const rowCount = texts.reduce((sum, rows) => sum + rows.length, 0);
  return { version, rowCount, text: JSON.stringify(texts) };
}

function reading({ table, columns, of }: HeldRows<never>, stretch: Stretch): Statement {
  const fields = columns.map(({ name, field }) => `${name} as "${field}"`).join(", ");
  const text = `select ${of}::text as _of, ${fields} from ${table} where `;
  return "ids" in stretch
    ? { text: `${text} ${of} = any($1::uuid[])`, values: [stretch.ids] }
    : { text: `${text} ${of} > $1::uuid and ${of} <= $2::uuid`, values: [stretch.after, stretch.upTo] };
}

/** A bigint may be a number on one side, and JSON comes out of the database with its keys in another order. */
function plain(value: unknown): unknown {
  if (value === undefined || value === null) return null;
  if (typeof value === "bigint" || typeof value === "number") return String(value);
  if (typeof value !== "object") return value;
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(plain);
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  return Object.fromEntries(entries.map(([key, each]) => [key, plain(each)]).sort(byKey));
}

const byKey = ([a]: unknown[], [b]: unknown[]) => (String(a) < String(b) ? -1 : 1);

/** As the source counts it. */
export const versionOf = (id: string, { version }: Side): string => versionText(id, version);
