// Rows that look like a customer who is here already: what a dry run says of them.
import type { Fault } from "@guanxi/import/service/kind";
import type { At } from "@guanxi/kit/at";
import { find, named } from "@guanxi/kit/store";
import type { CustomerState } from "../customers/customer-state.ts";
import { customers, MOST_PER_TOKEN } from "../customers/customers.ts";
import { type Likeness, likenessOf } from "../customers/duplicates.ts";
import { matchTokensOf, type TokenKind } from "../customers/tokens.ts";

/** What is alike in less is nearer to chance than to a duplicate. */
const LIKELY = 50;

/** Many people have one name. */
const TELLING = {
  PERSON: ["email", "phone_tail"],
  ORGANISATION: ["email", "phone_tail", "credit_code", "name"],
} as const satisfies Record<CustomerState["kind"], readonly TokenKind[]>;

const WORDS: Readonly<Record<string, string>> = {
  external_ids: "an id",
  credit_code: "the credit code",
  email: "the e-mail address",
  phone: "the phone number",
  name: "the name",
  similar_name: "nearly the name",
};

/** The likeliest for each. Who it is, only those learn who may look for duplicates. */
export async function similar(at: At, created: readonly CustomerState[]): Promise<Map<string, Fault>> {
  if (!at.may("customer", "read_personal")) return new Map();
  const likes = await sharing(at, created);
  const found = await find(at, customers, [...new Set([...likes.values()].flat())]);
  const others = new Map(found.map((other) => [other.customerId, other]));
  return new Map(
    created.flatMap((customer) => {
      const best = (likes.get(customer.customerId) ?? [])
        .flatMap((id) => others.get(id) ?? [])
        .filter(({ state }) => state !== "MERGED")
        .map((other) => ({ ...other, ...likenessOf(customer, other) }))
        .filter(({ score }) => score >= LIKELY)
        .sort((a, b) => b.score - a.score || (a.customerId < b.customerId ? -1 : 1))[0];
      return best ? [[customer.customerId, faultOf(best)] as const] : [];
    }),
  );
}

/** Who has what tells of each, in one question for all. */
async function sharing(at: At, created: readonly CustomerState[]): Promise<Map<string, string[]>> {
  const tokens = created.flatMap((customer) =>
    matchTokensOf(customer)
      .filter(({ kind }) => (TELLING[customer.kind] as readonly TokenKind[]).includes(kind))
      .map((token) => ({ ...token, customerId: customer.customerId })),
  );
  if (tokens.length === 0) return new Map();
  const rows = await named<{ customerId: string; otherId: string }>(at, {
    name: "import customers similar",
    text: `
select distinct i.customer_id as "customerId", t.customer_id as "otherId"
from unnest($1::uuid[], $2::text[], $3::text[]) as i (customer_id, kind, token)
cross join lateral (
  select c.customer_id from customer_tokens c where c.kind = i.kind and c.token = i.token
  order by c.customer_id limit ${MOST_PER_TOKEN}) t`,
    values: [
      tokens.map(({ customerId }) => customerId),
      tokens.map(({ kind }) => kind),
      tokens.map(({ token }) => token),
    ],
  });
  const byCustomer = Map.groupBy(rows, ({ customerId }) => customerId);
  return new Map([...byCustomer].map(([id, some]) => [id, some.map(({ otherId }) => otherId)]));
}

const faultOf = ({ customerId, state, matchedFields }: CustomerState & Likeness): Fault => ({
  reason: "POSSIBLE_DUPLICATE",
  recordId: customerId,
  message: `Looks like customer ${customerId}${state === "ARCHIVED" ? " in the archive" : ""}, who shares ${matchedFields.map((field) => WORDS[field] ?? field).join(", ")}: leave the row out if it is the same.`,
});
