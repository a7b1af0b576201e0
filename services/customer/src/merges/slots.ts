// A customer as a merge sees it: a flat map of what is picked, kept or taken away as one. In plain JSON, since it is stored.
import type { ContactPoint } from "@guanxi/contract/guanxi/customer/v1/contact_point";
import type { PostalAddress } from "@guanxi/contract/google/type/postal_address";
import { withDerived } from "../customers/customer.ts";
import type { CustomerState, StoredTouch, StoredTrait } from "../customers/customer-state.ts";
import { keptTouches, touchesOf } from "../customers/touches.ts";
import type { StoredConsent } from "../contact-points/consents.ts";

/** In an order that counts: the first address is the main one. */
export type Slots = ReadonlyMap<string, unknown>;

/** Columns of which one customer's word holds, all of a field together. A field is empty when its first column is. */
export const FIELDS = {
  display_name: ["displayName"],
  legal_name: ["legalName"],
  credit_code: ["creditCode"],
  birth_date: ["birthDate", "birthDay"],
  industry: ["industry"],
  source: ["sourceChannel", "sourceDetail", "sourceCampaign", "firstTouchTime"],
  preferences: ["preferences"],
  category_id: ["categoryId"],
  owner_id: ["ownerId", "ownerSinceTime"],
  lifecycle_stage: ["lifecycleStage", "lifecycleStageSinceTime", "churnReason", "churnNote"],
  customer_class: ["customerClass", "customerClassSinceTime"],
  grade: ["grade", "gradeSinceTime", "gradeSource"],
  relationship_level: ["relationshipLevel", "relationshipLevelSinceTime"],
  referrer_customer_id: ["referrerCustomerId"],
  loyalty: ["loyalty"],
} as const satisfies Record<string, readonly (keyof CustomerState)[]>;

const byName = ([a]: [string, unknown], [b]: [string, unknown]) => (a < b ? -1 : 1); // no name is there twice

/** Columns that hold many things, each with a name of its own. */
const LISTS = {
  contactPoints: ({ kind, normalised, value }: ContactPoint) => `${kind} ${normalised || value}`,
  addresses: (address: PostalAddress) => JSON.stringify(Object.entries(address).sort(byName)),
  partyRoles: (role: string) => role,
  externalIds: ({ system, id }: CustomerState["externalIds"][number]) => `${system} ${id}`,
  consents: ({ channel, purpose }: StoredConsent) => `${channel} ${purpose}`,
  tags: (tag: string) => tag,
  traits: ({ key, value }: StoredTrait) => `${key} ${value}`,
  touches: ({ channel }: StoredTouch) => String(channel),
} as const satisfies { [F in keyof CustomerState]?: (item: never) => string };

type Stays =
  | "customerId"
  | "kind"
  | "state"
  | "mergedIntoCustomerId"
  | "absorbedCustomerIds"
  | "createTime"
  | "createDate"
  | "updateTime"
  | "version"
  // What follows from the rest.
  | "regionCode"
  | "city"
  | "core"
  | "completeness";
type Known =
  | Stays
  | keyof typeof LISTS
  | (typeof FIELDS)[keyof typeof FIELDS][number]
  | "custom"
  | "customFacts";
// Whoever gives customers another column says here what a merge does with it: this does not compile before.
type Unsaid = Exclude<keyof CustomerState, Known>;
const UNSAID: [Unsaid] extends [never] ? readonly [] : Unsaid = [];

const DATES = new Set<string>([
  "firstTouchTime",
  ...Object.values(FIELDS)
    .flat()
    .filter((name) => name.endsWith("SinceTime")),
]);

export const LIST_NAMES = Object.keys(LISTS) as (keyof typeof LISTS)[];
const CUSTOM = "custom.";

export const isField = (slot: string) => Object.hasOwn(FIELDS, slot) || slot.startsWith(CUSTOM);

export function slotsOf(customer: CustomerState): Slots {
  const slots = new Map<string, unknown>(UNSAID);
  for (const [field, columns] of Object.entries(FIELDS))
    slots.set(field, Object.fromEntries(columns.map((column) => [column, plain(customer[column])])));
  for (const [key, value] of Object.entries(customer.custom))
    slots.set(`${CUSTOM}${key}`, { value, fact: customer.customFacts[key] });
  const lists = { ...customer, touches: touchesOf(customer) };
  for (const list of LIST_NAMES)
    for (const item of lists[list]) slots.set(`${list} ${LISTS[list](item as never)}`, item);
  return slots;
}

/** The customer with these slots in place of its own. */
export function withSlots(customer: CustomerState, slots: Slots): CustomerState {
  const fields = Object.keys(FIELDS).flatMap((field) =>
    Object.entries(slots.get(field) as object).map(revived),
  );
  const custom = [...slots].filter(([slot]) => slot.startsWith(CUSTOM)) as [string, CustomSlot][];
  const addresses = itemsOf(slots, "addresses") as PostalAddress[];
  const result: CustomerState = {
    ...customer,
    ...Object.fromEntries(fields),
    ...Object.fromEntries(LIST_NAMES.map((list) => [list, itemsOf(slots, list)])),
    tags: (itemsOf(slots, "tags") as string[]).sort(),
    regionCode: addresses[0]?.regionCode || null,
    city: addresses[0]?.locality || null,
    custom: Object.fromEntries(custom.map(([slot, { value }]) => [slot.slice(CUSTOM.length), value])),
    customFacts: Object.fromEntries(custom.map(([slot, { fact }]) => [slot.slice(CUSTOM.length), fact])),
  };
  return withDerived({ ...result, touches: keptTouches(result) });
}

interface CustomSlot {
  readonly value: unknown;
  readonly fact: CustomerState["customFacts"][string];
}

export const itemsOf = (slots: Slots, list: keyof typeof LISTS): unknown[] =>
  [...slots].filter(([slot]) => slot.startsWith(`${list} `)).map(([, item]) => item);

const plain = (value: unknown) => (value instanceof Date ? value.toISOString() : value);

const revived = ([column, value]: [string, unknown]): [string, unknown] => [
  column,
  DATES.has(column) && typeof value === "string" ? new Date(value) : value,
];

/** What is kept of it: an object of the database would forget the order. */
export type StoredSlots = readonly (readonly [string, unknown])[];
export const stored = (slots: Slots): StoredSlots => [...slots];
export const restored = (entries: StoredSlots): Slots => new Map(entries);
