// What rows name by a name: users, categories, organisations. Asked for a whole batch in one question each.
import type { Fault } from "@guanxi/import/service/kind";
import type { At } from "@guanxi/kit/at";
import { closest } from "@guanxi/kit/filter/closest";
import { named } from "@guanxi/kit/store";
import { findAlike } from "../customers/alike.ts";
import { nameKey, plainName } from "../customers/names.ts";
import { resolve } from "../customers/resolve.ts";
import { cut } from "../customers/tokens.ts";
import { userNames, usersNamed } from "../users/users.ts";

/** The id that a name stands for, or why it stands for none. */
type Found = { readonly id: string } | { readonly fault: Fault };
export type Lookup = (name: string) => Found;

interface Candidate {
  readonly id: string;
  /** All by which it may be called, as they are compared. */
  readonly names: readonly string[];
}

/** One question for all names of a field; `advise` is asked only for those that nobody has. */
async function lookup(
  field: string,
  texts: readonly string[],
  ask: (names: readonly string[]) => Promise<readonly Candidate[]>,
  advise: (name: string) => Promise<string | undefined>,
): Promise<Lookup> {
  const wanted = new Map(texts.filter((text) => text.trim() !== "").map((text) => [plainName(text), text]));
  const byName = new Map<string, Set<string>>();
  for (const { id, names } of wanted.size > 0 ? await ask([...wanted.keys()]) : [])
    for (const name of names) byName.set(name, (byName.get(name) ?? new Set()).add(id));
  const unknown = [...wanted].filter(([name]) => !byName.has(name)).slice(0, MOST_ADVICE);
  const advice = new Map(
    await Promise.all(unknown.map(async ([name, text]) => [name, await advise(text)] as const)),
  );
  return (text) => {
    const ids = [...(byName.get(plainName(text)) ?? [])];
    if (ids.length === 1) return { id: ids[0]! };
    return {
      fault: ids.length > 1 ? ambiguous(field, text) : unknownName(field, text, advice.get(plainName(text))),
    };
  };
}

/** A file of another company may name thousands that nobody here has. */
const MOST_ADVICE = 20;

const unknownName = (field: string, text: string, nearest: string | undefined): Fault => ({
  field,
  reason: "UNKNOWN_REFERENCE",
  message: nearest
    ? `Nobody is called ${text} here: did you mean ${nearest}?`
    : `Nobody is called ${text} here: add it first, or replace the name.`,
});

const ambiguous = (field: string, text: string): Fault => ({
  field,
  reason: "AMBIGUOUS_REFERENCE",
  message: `Several are called ${text} here: name the one that is meant by its id.`,
});

/** Those who may sign in, by name, e-mail address or id. */
export function ownersNamed(at: At, texts: readonly string[]): Promise<Lookup> {
  const ask = async (names: readonly string[]) =>
    (await usersNamed(at, names)).map(({ userId, nameKey: name, emailKey }) => ({
      id: userId,
      names: [name, userId, ...(emailKey === null ? [] : [emailKey])],
    }));
  let all: Promise<string[]> | undefined;
  return lookup("owner", texts, ask, async (name) => closest(name, await (all ??= userNames(at))));
}

export function categoriesNamed(at: At, texts: readonly string[]): Promise<Lookup> {
  const all = async () =>
    named<{ id: string; name: string }>(at, {
      name: "categories all",
      text: "select category_id as id, display_name as name from categories limit 10000",
      values: [],
    });
  const ask = async () => (await all()).map(({ id, name }) => ({ id, names: [plainName(name), id] }));
  return lookup("category", texts, ask, async (text) =>
    closest(
      text,
      (await all()).map(({ name }) => name),
    ),
  );
}

/** Organisations of the active book, by their id in the system that the file comes from, by name or by id. */
export function organisationsNamed(at: At, sourceSystem: string, texts: readonly string[]): Promise<Lookup> {
  const ids = texts.map((text) => text.trim());
  const uuids = ids.filter((id) => UUID.test(id));
  const ask = async (names: readonly string[]) => {
    const living = await resolve(at, uuids);
    const rows = await named<{ id: string; name: string; legalName: string | null; key: string | null }>(at, {
      name: "organisations named",
      text: `
select c.customer_id as id, c.display_name as name, c.legal_name as "legalName", f.key
from (
  select k.customer_id, k.key from customer_keys k where k.kind = 'external_ids.' || $1 and k.key = any($2::text[])
  union all
  select i.customer_id, i.asked::text from unnest($3::uuid[], $5::uuid[]) as i (asked, customer_id)
  union all
  select n.customer_id, null from unnest($4::text[]) as i (token) cross join lateral (
    select t.customer_id from customer_tokens t where t.kind = 'name' and t.token = i.token
    order by t.customer_id limit 50) n) f
join customers c on c.customer_id = f.customer_id
where c.state = 'ACTIVE' and c.kind = 'ORGANISATION'`,
      values: [
        sourceSystem,
        ids,
        uuids,
        names.map((name) => cut(nameKey(name))),
        uuids.map((id) => living.get(id) ?? id),
      ],
    });
    return preferIds(
      rows.map(({ id, name, legalName, key }) => ({ id, key, names: [name, legalName ?? name] })),
    );
  };
  return lookup("company", texts, ask, async (text) => (await nearestOrganisation(at, text))?.displayName);
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Who is named by an id is not confused with who is called like that. */
function preferIds(
  rows: readonly { id: string; key: string | null; names: readonly string[] }[],
): Candidate[] {
  const taken = new Set(rows.flatMap(({ key }) => (key === null ? [] : [plainName(key)])));
  return rows.map(({ id, key, names }) => ({
    id,
    names: key === null ? names.map(plainName).filter((name) => !taken.has(name)) : [plainName(key)],
  }));
}

async function nearestOrganisation(at: At, displayName: string) {
  if (!at.may("customer", "read_personal")) return undefined;
  const asked = { customerId: "", kind: "ORGANISATION", displayName, legalName: null, creditCode: null };
  const [nearest] = await findAlike(at, { ...asked, contactPoints: [], externalIds: [] }, 1);
  return nearest;
}
