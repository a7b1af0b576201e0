import { Customer } from "@guanxi/contract/guanxi/customer/v1/customer";
import type { At } from "@guanxi/kit/at";
import { afterPrefix } from "@guanxi/kit/filter/prefix";
import { where } from "@guanxi/kit/list";
import { refuse } from "@guanxi/kit/refuse";
import { find, named } from "@guanxi/kit/store";
import { table } from "@guanxi/kit/table";
import { EntitySchema } from "typeorm";
import { unknownCategory } from "../categories/category.ts";
import { checkLater } from "../checks/check-later.ts";
import type { CustomerState } from "./customer-state.ts";
import { present } from "./present.ts";
import { merged, resolve } from "./resolve.ts";
import type { Search } from "./search.ts";
import { type Key, keysOf, sides } from "./sides.ts";
import type { Token } from "./tokens.ts";

const customerTable = new EntitySchema<CustomerState>({
  name: "customer",
  tableName: "customers",
  columns: {
    tenantId: { name: "tenant_id", type: "uuid", primary: true, select: false },
    customerId: { name: "customer_id", type: "uuid", primary: true },
    kind: { type: "text" },
    displayName: { name: "display_name", type: "text" },
    legalName: { name: "legal_name", type: "text", nullable: true },
    creditCode: { name: "credit_code", type: "text", nullable: true },
    contactPoints: { name: "contact_points", type: "jsonb" },
    addresses: { type: "jsonb" },
    regionCode: { name: "region_code", type: "text", nullable: true },
    city: { type: "text", nullable: true },
    birthDate: { name: "birth_date", type: "jsonb", nullable: true },
    birthDay: { name: "birth_day", type: "date", nullable: true },
    industry: { type: "text", nullable: true },
    partyRoles: { name: "party_roles", type: "jsonb" },
    core: { type: "bool" },
    externalIds: { name: "external_ids", type: "jsonb" },
    sourceChannel: { name: "source_channel", type: "text", nullable: true },
    sourceDetail: { name: "source_detail", type: "text" },
    sourceCampaign: { name: "source_campaign", type: "text", nullable: true },
    firstTouchTime: { name: "first_touch_time", type: "timestamptz" },
    preferences: { type: "jsonb", nullable: true },
    consents: { type: "jsonb" },
    tags: { type: "jsonb" },
    categoryId: { name: "category_id", type: "uuid", nullable: true },
    ownerId: { name: "owner_id", type: "uuid", nullable: true },
    custom: { type: "jsonb" },
    customFacts: { name: "custom_facts", type: "jsonb" },
    completeness: { type: "int" },
    lifecycleStage: { name: "lifecycle_stage", type: "text" },
    lifecycleStageSinceTime: { name: "lifecycle_stage_since_time", type: "timestamptz" },
    customerClass: { name: "customer_class", type: "text" },
    customerClassSinceTime: { name: "customer_class_since_time", type: "timestamptz" },
    grade: { type: "text", nullable: true },
    gradeSinceTime: { name: "grade_since_time", type: "timestamptz", nullable: true },
    gradeSource: { name: "grade_source", type: "text", nullable: true },
    relationshipLevel: { name: "relationship_level", type: "text", nullable: true },
    relationshipLevelSinceTime: {
      name: "relationship_level_since_time",
      type: "timestamptz",
      nullable: true,
    },
    mergedIntoCustomerId: { name: "merged_into_customer_id", type: "uuid", nullable: true },
    absorbedCustomerIds: { name: "absorbed_customer_ids", type: "jsonb" },
    traits: { type: "jsonb" },
    referrerCustomerId: { name: "referrer_customer_id", type: "uuid", nullable: true },
    churnReason: { name: "churn_reason", type: "text", nullable: true },
    churnNote: { name: "churn_note", type: "text" },
    loyalty: { type: "text", nullable: true },
    ownerSinceTime: { name: "owner_since_time", type: "timestamptz", nullable: true },
    touches: { type: "jsonb" },
    state: { type: "text" },
    createTime: { name: "create_time", type: "timestamptz" },
    createDate: { name: "create_date", type: "date" },
    updateTime: { name: "update_time", type: "timestamptz" },
    version: { type: "int" },
  } as never, // the tenant is the database's business, so no part of the state
});

export const customers = table({
  entity: customerTable,
  message: Customer,
  present,
  customerOf: ({ customerId }) => customerId,
  sides,
  closed: (at, { state, customerId }) => (state === "MERGED" ? merged(at, customerId) : undefined),
  alongside: (at, changed) =>
    checkLater(
      at,
      changed.map(({ customerId }) => customerId),
    ),
  violations: {
    customer_keys_pkey: () =>
      refuse("exists", "CUSTOMER_EXISTS", "Another customer has been given the same id or code meanwhile."),
    customers_category_fkey: () => unknownCategory("category_id"),
  },
});

export const active = where("state = 'ACTIVE'");
/** Also those in the archive, and nobody twice. */
export const unmerged = where("state <> 'MERGED'");

/**
 * Refuses what another customer has already, and says which to those who may read what it is known by. `giving` give up what they
 * have in the same command.
 */
export async function requireFree(
  at: At,
  customer: CustomerState,
  giving: readonly string[] = [],
): Promise<void> {
  const keys = keysOf(customer);
  if (keys.length === 0) return;
  const rows = await named<Key & { customerId: string }>(at, {
    name: "customers by keys",
    text: `
select k.kind, k.key, k.customer_id as "customerId"
from unnest($1::text[], $2::text[]) as i (kind, key)
join customer_keys k on k.kind = i.kind and k.key = i.key
where not k.customer_id = any($3::uuid[])`,
    values: [keys.map(({ kind }) => kind), keys.map(({ key }) => key), [customer.customerId, ...giving]],
  });
  if (rows.length === 0) return;
  const open = at.may("customer", "read_personal");
  const owner = (customerId: string) => (open ? `customer ${customerId}` : "another customer");
  const violations = rows.map(({ kind, customerId }) => ({
    field: `customer.${kind.startsWith("external_ids") ? "external_ids" : kind}`,
    description: `belongs to ${owner(customerId)}`,
    reason: "TAKEN",
  }));
  throw refuse("exists", "CUSTOMER_EXISTS", `This is ${owner(rows[0]!.customerId)}.`, violations);
}

/** Of what many customers share, such as a frequent name, so many are looked at. */
const MOST_PER_TOKEN = 50;

/** Customers that share a token, those with most of them first. */
export async function withTokens(at: At, tokens: readonly Token[], limit: number): Promise<CustomerState[]> {
  const rows = await named(at, {
    name: "customers with tokens",
    text: `
select t.customer_id as "customerId"
from unnest($1::text[], $2::text[]) as i (kind, token)
cross join lateral (
  select c.customer_id from customer_tokens c where c.kind = i.kind and c.token = i.token
  order by c.customer_id limit ${MOST_PER_TOKEN}) t
group by t.customer_id order by count(*) desc, t.customer_id limit $3`,
    values: [tokens.map(({ kind }) => kind), tokens.map(({ token }) => token), limit],
  });
  const found = await find(
    at,
    customers,
    rows.map(({ customerId }) => customerId as string),
  );
  return found.filter(({ state }) => state !== "MERGED");
}

/** Of what begins with the same few signs, so many are ranked: whoever types more finds the others. */
const MOST_PER_NEEDLE = 1000;

export interface SearchOptions {
  readonly includeArchived: boolean;
  readonly limit: number;
}

/**
 * Best first: exact, beginning, inside. Of several words the worst counts; those who have the rarest word are asked for the
 * others, so that a frequent one may be cut off and hides nobody.
 */
export async function search(
  at: At,
  { needles, terms }: Search,
  options: SearchOptions,
): Promise<CustomerState[]> {
  const rows = await named(at, {
    name: "customers search",
    text: `
with needle as (
  select *, case when kind like '%\\_inside' then 2 else 1 end as distance
  from unnest($1::int[], $2::text[], $3::text[], $4::text[]) as i (term, kind, token, beyond)),
hit as (
  select i.term, t.customer_id, min(case when i.distance = 1 and t.token = i.token then 0 else i.distance end) as rank
  from needle i cross join lateral (
    select c.customer_id, c.token from customer_tokens c
    where c.kind = i.kind and c.token >= i.token and c.token < i.beyond
    order by c.token limit ${MOST_PER_NEEDLE}) t
  group by i.term, t.customer_id),
rarest as (select term from hit where term > 0 group by term order by count(*) limit 1),
word as (
  select i.term, t.customer_id, min(case when i.distance = 1 and t.token = i.token then 0 else i.distance end) as rank
  from hit h join customer_tokens t on t.customer_id = h.customer_id
  join needle i on i.term > 0 and t.kind = i.kind and t.token >= i.token and t.token < i.beyond
  where h.term = (select term from rarest)
  group by i.term, t.customer_id),
found as (
  select customer_id, min(rank) as rank from (
    select customer_id, rank from hit where term = 0
    union all
    select customer_id, max(rank) from word group by customer_id having count(*) = $5) every
  group by customer_id)
select f.customer_id as "customerId" from found f join customers c on c.customer_id = f.customer_id
where c.state <> 'ARCHIVED' or $6
order by f.rank, c.display_name, c.customer_id limit $7`,
    values: [
      needles.map(({ term }) => term),
      needles.map(({ kind }) => kind),
      needles.map(({ token }) => token),
      needles.map(({ token }) => afterPrefix(token) ?? token),
      terms,
      options.includeArchived,
      options.limit,
    ],
  });
  const found = rows.map(({ customerId }) => customerId as string);
  // Whoever remembers a customer by what it was called before a merge finds who stands for it.
  const living = await resolve(at, found);
  const known = await find(at, customers, [...new Set(found.map((id) => living.get(id) ?? id))]);
  return known.filter(({ state }) => state === "ACTIVE" || options.includeArchived);
}

/** An id or a code belongs to one customer at a time: before another one takes it over, these let go of all of theirs. */
export function releaseKeys(at: At, customerIds: readonly string[]): void {
  at.tell({
    name: "customer keys release",
    text: "delete from customer_keys where customer_id = any($1::uuid[])",
    values: [customerIds],
    rows: true,
  });
}
