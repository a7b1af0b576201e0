// Rows that look like a customer who is here already: what a dry run says of them.
import type { Fault } from "@guanxi/import/service/kind";
import type { At } from "@guanxi/kit/at";
import { find, named } from "@guanxi/kit/store";
import type { CustomerState } from "../customers/customer-state.ts";
import { customers } from "../customers/customers.ts";
import { type Likeness, likenessOf } from "../customers/duplicates.ts";
import { resolve } from "../customers/resolve.ts";
import { matchTokensOf, type TokenKind } from "../customers/tokens.ts";

/** What is alike in less is nearer to chance than to a duplicate. */
const LIKELY = 50;
/** Each of these alone makes a row likely, so few customers need a look for it: an unreal phone number may stand with thousands. */
const TELLING: ReadonlySet<TokenKind> = new Set(["email", "phone_tail", "credit_code", "name"]);
const MOST_PER_TOKEN = 10;
const MOST_PER_ROW = 5;

interface Like extends Likeness {
  readonly customerId: string;
}

/** The likeliest for each. Nobody learns by a file who somebody is that may not ask for duplicates. */
export async function similar(at: At, created: readonly CustomerState[]): Promise<Map<string, Fault>> {
  if (!at.may("customer", "read_personal")) return new Map();
  const sharing = await sharingWith(at, created);
  const found = await find(at, customers, [...new Set([...sharing.values()].flat())]);
  const others = new Map(found.map((other) => [other.customerId, other]));
  const likes = new Map(
    created.flatMap((customer) => {
      const ids = sharing.get(customer.customerId) ?? [];
      const like = likest(
        customer,
        ids.flatMap((id) => others.get(id) ?? []),
      );
      return like ? [[customer.customerId, like] as const] : [];
    }),
  );
  const living = await resolve(
    at,
    [...likes.values()].map(({ customerId }) => customerId),
  );
  return new Map([...likes].map(([id, like]) => [id, faultOf(like, living.get(like.customerId)!)]));
}

function likest(customer: CustomerState, others: readonly CustomerState[]): Like | undefined {
  return others
    .map((other) => ({ customerId: other.customerId, kind: other.kind, ...likenessOf(customer, other) }))
    .filter(({ score }) => score >= LIKELY)
    .filter(
      ({ kind, matchedFields }) => ![kind, customer.kind].includes("PERSON") || !isNameAlone(matchedFields),
    )
    .sort((a, b) => b.score - a.score || (a.customerId < b.customerId ? -1 : 1))[0];
}

/** Many people have one name. */
const isNameAlone = (fields: Likeness["matchedFields"]) => fields.length === 1 && fields[0] === "name";

/** Who has something of that in common, those with most of it first: in one question for all. */
async function sharingWith(at: At, created: readonly CustomerState[]): Promise<Map<string, string[]>> {
  const tokens = created.flatMap((customer) =>
    matchTokensOf(customer)
      .filter(({ kind }) => TELLING.has(kind))
      .map((token) => ({ ...token, customerId: customer.customerId })),
  );
  if (tokens.length === 0) return new Map();
  const rows = await named<{ customerId: string; otherIds: string[] }>(at, {
    name: "import customers similar",
    text: `
with asked as (select * from unnest($1::uuid[], $2::text[], $3::text[]) as i (customer_id, kind, token)),
holder as (
  select t.kind, t.token, c.customer_id from (select distinct kind, token from asked) t
  cross join lateral (
    select c.customer_id from customer_tokens c where c.kind = t.kind and c.token = t.token
    order by c.customer_id limit ${MOST_PER_TOKEN}) c),
shared as (
  select a.customer_id, h.customer_id as other_id,
    row_number() over (partition by a.customer_id order by count(*) desc, h.customer_id) as place
  from asked a join holder h using (kind, token) group by 1, 2)
select customer_id as "customerId", array_agg(other_id) as "otherIds" from shared
where place <= ${MOST_PER_ROW} group by 1`,
    values: [
      tokens.map(({ customerId }) => customerId),
      tokens.map(({ kind }) => kind),
      tokens.map(({ token }) => token),
    ],
  });
  return new Map(rows.map(({ customerId, otherIds }) => [customerId, otherIds]));
}

const faultOf = ({ matchedFields }: Like, recordId: string): Fault => ({
  reason: "POSSIBLE_DUPLICATE",
  message: "The row looks like a customer who is here already: take it out of the file if it is the same.",
  recordId,
  matchedFields,
});
