// The trees that referrals make, as the database walks through them.
import { createHash } from "node:crypto";
import type { At } from "@guanxi/kit/at";
import { refuse } from "@guanxi/kit/refuse";
import { named } from "@guanxi/kit/store";
import { everyIdOf } from "../customers/every-id.ts";
import { resolve } from "../customers/resolve.ts";
import { unknownReferrer } from "./referral.ts";

/** Changes happen one after the other: two at once could make a circle of two halves that are none. */
export async function holdReferrals(at: At): Promise<void> {
  at.claim("referrals");
  await named(at, {
    name: "referrals hold",
    text: "select pg_advisory_xact_lock(hashtextextended('referrals ' || tenant()::text, 0))",
    values: [],
  });
}

/**
 * A customer and all above it; nothing where it is not there. Above one that was absorbed is the one that has absorbed it.
 * `union` ends the walk in a circle that merges have made.
 */
export async function lineOf(at: At, customerId: string): Promise<string[]> {
  const rows = await named<{ customerId: string }>(at, {
    name: "referrals line",
    text: `
with recursive line as (
  select customer_id, coalesce(merged_into_customer_id, referrer_customer_id) as above from customers
  where customer_id = $1::uuid
  union
  select c.customer_id, coalesce(c.merged_into_customer_id, c.referrer_customer_id)
  from customers c join line l on c.customer_id = l.above)
select customer_id as "customerId" from line`,
    values: [customerId],
  });
  return rows.map((row) => row.customerId);
}

interface Node {
  readonly customerId: string;
  readonly displayName: string;
  readonly level: number;
  readonly referrerCustomerId: string;
  readonly orderCount: number;
  readonly revenueMicros: bigint;
}

/** Who is meant by an id now; empty for nobody. */
export async function referrerOf(at: At, referrerId: string, field: string): Promise<string> {
  if (referrerId === "") return "";
  const living = (await resolve(at, [referrerId.toLowerCase()])).get(referrerId.toLowerCase());
  if (!living) throw unknownReferrer(field);
  return living;
}

interface Tree {
  readonly nodes: readonly Node[];
  readonly customerCount: number;
  readonly creditedMicros: bigint;
}

export interface Place {
  readonly level: number;
  readonly customerId: string;
}

/**
 * One page of it, with the sums of all. What an absorbed customer had sent counts for the one that has absorbed it, and a
 * customer that was absorbed itself is no node of its own.
 */
export async function treeOf(
  at: At,
  { customerId, depth, after, limit }: { customerId: string; depth: number; after: Place; limit: number },
): Promise<Tree> {
  const rows = await named<Node & Omit<Tree, "nodes">>(at, {
    name: "referrals tree",
    text: `
with recursive tree as (
  select c.customer_id, c.display_name, $1::uuid as referrer_id, 1 as level, array[$1::uuid, c.customer_id] as way
  from unnest(${everyIdOf("$1::uuid")}) as i (id)
  join customers c on c.referrer_customer_id = i.id and c.customer_id <> $1::uuid and c.state <> 'MERGED'
  union all
  select c.customer_id, c.display_name, t.customer_id, t.level + 1, t.way || c.customer_id
  from tree t
  cross join lateral unnest(${everyIdOf("t.customer_id")}) as i (id)
  join customers c on c.referrer_customer_id = i.id and c.state <> 'MERGED'
  where t.level < $2 and c.customer_id <> all(t.way)),
nodes as (
  select distinct on (t.customer_id) t.customer_id, t.display_name, t.level, t.referrer_id,
    coalesce(f.order_count, 0) as order_count, coalesce(f.revenue_micros, 0) as revenue_micros
  from tree t left join customer_facts f on f.customer_id = t.customer_id
  order by t.customer_id, t.level),
sums as (select count(*)::int as customer_count, least(coalesce(sum(revenue_micros), 0), 9223372036854775807)::bigint as credited from nodes)
select n.customer_id as "customerId", n.display_name as "displayName", n.level, n.referrer_id as "referrerCustomerId",
  n.order_count as "orderCount", n.revenue_micros as "revenueMicros",
  s.customer_count as "customerCount", s.credited as "creditedMicros"
from sums s left join nodes n on (n.level, n.customer_id) > ($3, $4::uuid)
order by n.level, n.customer_id limit $5`,
    values: [customerId, depth, after.level, after.customerId, limit],
  });
  const [first] = rows;
  return {
    nodes: rows.filter((row) => row.customerId !== null),
    customerCount: first?.customerCount ?? 0,
    creditedMicros: first?.creditedMicros ?? 0n,
  };
}

const BEFORE_ALL: Place = { level: 0, customerId: "00000000-0000-0000-0000-000000000000" };

const sealOf = (customerId: string, depth: number) =>
  createHash("sha256").update(`${customerId} ${depth}`).digest("base64url").slice(0, 16);

export const tokenOf = (customerId: string, depth: number, last: Place): string =>
  Buffer.from(JSON.stringify([sealOf(customerId, depth), last.level, last.customerId])).toString("base64url");

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Of the same tree, to the same depth. */
export function placeOf(token: string, customerId: string, depth: number): Place {
  if (token === "") return BEFORE_ALL;
  try {
    const [seal, level, id] = JSON.parse(Buffer.from(token, "base64url").toString()) as unknown[];
    if (seal === sealOf(customerId, depth) && Number.isInteger(level) && UUID.test(String(id)))
      return { level: level as number, customerId: String(id) };
  } catch {
    // not one of ours
  }
  throw refuse("invalid", "INVALID_REQUEST", "The tree cannot be read.", [
    { field: "page_token", description: "is of another tree or depth", reason: "PAGE_TOKEN" },
  ]);
}
