// What the cells of a file mean: a record by its id in the system the file comes from, by its code, or by its name.
import { closest } from "@guanxi/kit/filter/closest";
import { nameKey } from "@guanxi/kit/filter/name-key";
import { afterPrefix } from "@guanxi/kit/filter/prefix";
import type { At } from "@guanxi/kit/at";
import { named } from "@guanxi/kit/store";
import type { Fault } from "./kind.ts";

/** A record's id, or why the cell means none. */
type Meant = { readonly id: string } | { readonly fault: Omit<Fault, "field"> };

/** What each of these cells means; all of them are asked for at once. */
export type Lookup = (cell: string) => Meant;

/** A kind of records that cells name, in a table with display_name. */
export interface Nameable {
  /** As faults call it. */
  readonly thing: string;
  readonly table: string;
  readonly id: string;
  /** Questions that name it more surely than its name does, the surest first: i.cell to id; $2 is the source system. */
  readonly surer: readonly string[];
  /** Whether whoever acts may be told of names that are nearly the same. Needs name_key in the table, and an index of it. */
  readonly advises: (at: At) => boolean;
}

export async function lookup(
  at: At,
  what: Nameable,
  system: string,
  cells: Iterable<string>,
): Promise<Lookup> {
  const asked = [...new Set(cells)];
  if (asked.length === 0) return (cell) => unknown(what, cell, undefined);
  const rows = await named<{ cell: string; id: string }>(at, {
    name: `references ${what.table}`,
    text: questionOf(what),
    values: [asked, system],
  });
  const found = Map.groupBy(rows, ({ cell }) => cell);
  const near = await nearest(
    at,
    what,
    asked.filter((cell) => !found.has(cell)),
  );
  return (cell) => {
    const [one, another] = found.get(cell) ?? [];
    if (!one) return unknown(what, cell, near.get(cell));
    return another ? ambiguous(what, cell) : { id: one.id };
  };
}

/** The surest question that has an answer; two answers are enough to know that it is ambiguous. */
function questionOf({ table, id, surer }: Nameable): string {
  const questions = [...surer, `select t.${id} from ${table} t where t.display_name = i.cell`];
  const ranked = questions.map(
    (question, rank) => `(select q.${id} as id, ${rank} as rank from (${question} limit 2) q)`,
  );
  return `
select i.cell, a.id from unnest($1::text[]) as i (cell)
cross join lateral (
  select id, rank, min(rank) over () as best from (${ranked.join(" union all ")}) every) a
where a.rank = a.best and $2::text is not null`;
}

/** More names than this begin alike only in files that are wrong as a whole. */
const MOST_CANDIDATES = 100;
const MOST_ADVISED = 200;
const ALIKE = 3;

/** What was meant, perhaps: the same letters, or nearly so, behind the same beginning. */
async function nearest(
  at: At,
  { table, advises }: Nameable,
  cells: readonly string[],
): Promise<Map<string, string>> {
  if (!advises(at)) return new Map();
  const keys = cells
    .slice(0, MOST_ADVISED)
    .map((cell) => ({ cell, key: nameKey(cell) }))
    .filter(({ key }) => key !== "");
  if (keys.length === 0) return new Map();
  const starts = keys.map(({ key }) => [...key].slice(0, ALIKE).join(""));
  const rows = await named<{ cell: string; name: string; key: string }>(at, {
    name: `references near ${table}`,
    text: `
select i.cell, t.display_name as name, t.name_key as key
from unnest($1::text[], $2::text[], $3::text[]) as i (cell, start, beyond)
cross join lateral (
  select c.display_name, c.name_key from ${table} c
  where c.name_key >= i.start and c.name_key < i.beyond order by c.name_key limit ${MOST_CANDIDATES}) t`,
    values: [keys.map(({ cell }) => cell), starts, starts.map((start) => afterPrefix(start) ?? start)],
  });
  const candidates = Map.groupBy(rows, ({ cell }) => cell);
  return new Map(
    keys.flatMap(({ cell, key }) => {
      const near = candidates.get(cell) ?? [];
      const best = closest(
        key,
        near.map((each) => each.key),
      );
      const match = near.find((each) => each.key === best);
      return match ? [[cell, match.name] as const] : [];
    }),
  );
}

const unknown = ({ thing }: Nameable, cell: string, near: string | undefined): Meant => ({
  fault: {
    reason: "UNKNOWN_REFERENCE",
    message: `There is no ${thing} "${cell}"${near === undefined ? "." : `: did you mean "${near}"?`}`,
  },
});

const ambiguous = ({ thing }: Nameable, cell: string): Meant => ({
  fault: {
    reason: "AMBIGUOUS_REFERENCE",
    message: `There are several called "${cell}": name the ${thing} by its id in the source system.`,
  },
});
