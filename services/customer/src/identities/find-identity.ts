import type { At } from "@guanxi/kit/at";
import { named } from "@guanxi/kit/store";
import { findLiving } from "../customers/living.ts";
import { cut, reversed, type TokenKind } from "../customers/tokens.ts";
import type { Found, Identity, MatchedBy } from "./identity.ts";

/** Many may share an address: of those who can be meant at all, so many of the oldest are looked at. */
const MOST = 50;

/** Also those who had it before they were merged: whoever stands for them now. */
export async function findIdentity(at: At, identity: Identity): Promise<Found> {
  const rows = [...(await holdersOf(at, identity)), ...(await sharersOf(at, identity))];
  const ids = [...new Set(rows.map(({ customerId }) => customerId))];
  const living = await findLiving(at, ids);
  const standsFor = new Map(ids.map((id, index) => [id, living[index]!]));
  return ORDER.map((by) => {
    const found = rows.filter((row) => row.by === by).map(({ customerId }) => standsFor.get(customerId)!);
    return { by, customers: [...new Map(found.map((each) => [each.customerId, each])).values()] };
  });
}

const ORDER: readonly MatchedBy[] = ["external_id", "credit_code", "email", "phone"];

interface Holder {
  readonly by: MatchedBy;
  readonly customerId: string;
}

interface KeyHolder extends Holder {
  readonly kind: string;
  readonly key: string;
}

/** Ids and codes belong to one customer each. The id that was named first counts first. */
async function holdersOf(at: At, { externalIds, creditCode }: Identity): Promise<KeyHolder[]> {
  const keys = [
    ...externalIds.map(({ system, id }) => ({ by: "external_id", kind: kindOf(system), key: id })),
    ...(creditCode ? [{ by: "credit_code", kind: "credit_code", key: creditCode }] : []),
  ];
  if (keys.length === 0) return [];
  return named<KeyHolder>(at, {
    name: "customers by identity",
    text: `
select i.by, i.kind, i.key, k.customer_id as "customerId"
from unnest($1::text[], $2::text[], $3::text[]) with ordinality as i (by, kind, key, place)
join customer_keys k on k.kind = i.kind and k.key = i.key order by i.place`,
    values: [keys.map(({ by }) => by), keys.map(({ kind }) => kind), keys.map(({ key }) => key)],
  });
}

const kindOf = (system: string) => `external_ids.${system}`;

/**
 * Addresses and numbers, and the code of one that was merged, which is nobody's key any more. Whom `recognise` would not take come
 * last: those in the archive, of another kind, or with an id of their own in one of the systems.
 */
async function sharersOf(at: At, { kind, externalIds, ...known }: Identity): Promise<Holder[]> {
  const all: { by: MatchedBy; kind: TokenKind; token: string }[] = [
    { by: "credit_code", kind: "credit_code", token: known.creditCode },
    { by: "email", kind: "email", token: known.email },
    { by: "phone", kind: "phone_tail", token: reversed(known.phone.slice(1)) },
  ];
  const tokens = all.filter(({ token }) => token !== "");
  if (tokens.length === 0) return [];
  const other = [
    ...externalIds.map(({ system }) => kindOf(system)),
    ...(known.creditCode ? ["credit_code"] : []),
  ];
  return named<Holder>(at, {
    name: "customers sharing an identity",
    text: `
select i.by, t.customer_id as "customerId"
from unnest($1::text[], $2::text[], $3::text[]) as i (by, kind, token)
cross join lateral (
  select s.customer_id from customer_tokens s join customers c on c.customer_id = s.customer_id
  where s.kind = i.kind and s.token = i.token
  order by c.state <> 'ARCHIVED' and c.kind = $4 and not exists (
    select from customer_keys k where k.customer_id = c.customer_id and k.kind = any($5)) desc,
    c.create_time, c.customer_id
  limit ${MOST}) t`,
    values: [
      tokens.map(({ by }) => by),
      tokens.map(({ kind: each }) => each),
      tokens.map(({ token }) => cut(token)),
      kind,
      other,
    ],
  });
}

/** Less what another customer has been given: it stays theirs, and the two may be one. */
export async function ownIdentity(at: At, identity: Identity, customerId: string): Promise<Identity> {
  const holders = await holdersOf(at, identity);
  const others = new Set(
    holders.filter((row) => row.customerId !== customerId).map(({ kind, key }) => `${kind} ${key}`),
  );
  return {
    ...identity,
    externalIds: identity.externalIds.filter(({ system, id }) => !others.has(`${kindOf(system)} ${id}`)),
    creditCode: others.has(`credit_code ${identity.creditCode}`) ? "" : identity.creditCode,
  };
}
