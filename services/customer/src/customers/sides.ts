// What stands in narrow tables beside a customer, and follows from its state.
import { history, type SideRow, side } from "@guanxi/kit/side";
import { comparable, typedValue } from "../field-definitions/custom-values.ts";
import { wordOf } from "../traits/traits.ts";
import type { CustomerState } from "./customer-state.ts";
import { tokensOf } from "./tokens.ts";

/** What conditions may ask of lists and of custom fields. */
const values = side<CustomerState>(
  "customer_values",
  {
    kind: "text",
    text_value: "text",
    number_value: "bigint",
    bool_value: "bool",
    time_value: "timestamptz",
    date_value: "date",
  },
  (customer) => [
    ...customer.tags.map((tag) => ({ kind: "tag", text_value: tag })),
    ...customer.traits.map((trait) => ({ kind: "trait", text_value: wordOf(trait) })),
    ...customer.partyRoles.map((role) => ({ kind: "party_role", text_value: role })),
    ...(customer.categoryId === null ? [] : [{ kind: "category_id", text_value: customer.categoryId }]),
    ...(customer.ownerId === null ? [] : [{ kind: "owner_id", text_value: customer.ownerId }]),
    ...Object.entries(customer.customFacts)
      .filter(([, { filterable }]) => filterable)
      .map(([key, { type }]) => ({ kind: `custom.${key}`, ...typedValue(type, customer.custom[key]) })),
  ],
);

const tokens = side<CustomerState>("customer_tokens", { kind: "text", token: "text" }, (customer) =>
  tokensOf(customer).map(({ kind, token }) => ({ kind, token })),
);

export interface Key {
  /** external_ids.<system>, credit_code or custom.<key>. */
  readonly kind: string;
  readonly key: string;
}

/**
 * What no two customers share. An archived one keeps its external ids only: another may have the rest meanwhile. Those of one that was
 * merged are the survivor's.
 */
export function keysOf(customer: CustomerState): Key[] {
  if (customer.state === "MERGED") return [];
  const externalIds = customer.externalIds.map(({ system, id }) => ({
    kind: `external_ids.${system}`,
    key: id,
  }));
  if (customer.state === "ARCHIVED") return externalIds;
  const custom = Object.entries(customer.customFacts)
    .filter(([, { unique }]) => unique)
    .map(([key, { type }]) => ({ kind: `custom.${key}`, key: comparable(type, customer.custom[key]) }));
  const creditCode = customer.creditCode === null ? [] : [{ kind: "credit_code", key: customer.creditCode }];
  return [...externalIds, ...creditCode, ...custom];
}

const keys = side<CustomerState>("customer_keys", { kind: "text", key: "text" }, (customer) =>
  keysOf(customer).map(({ kind, key }) => ({ kind, key })),
);

const TOLD = {
  lifecycle_stage: "lifecycleStage",
  churn_reason: "churnReason",
  loyalty: "loyalty",
  customer_class: "customerClass",
  grade: "grade",
  relationship_level: "relationshipLevel",
  category_id: "categoryId",
  owner_id: "ownerId",
  referrer_customer_id: "referrerCustomerId",
} as const satisfies Record<string, keyof CustomerState>;

/** Who changed what is judged of a customer. */
const changes = history<CustomerState>(
  "customer_history",
  {
    version: "int",
    field: "text",
    old_value: "text",
    new_value: "text",
    reason: "text",
    time: "timestamptz",
    actor_kind: "text",
    actor_id: "text",
    actor_name: "text",
  },
  ({ before, after, now, principal, facts }) =>
    Object.entries(TOLD)
      .filter(([, field]) => (before?.[field] ?? null) !== after[field])
      .map(
        ([name, field]): SideRow => ({
          version: after.version,
          field: name,
          old_value: before?.[field] ?? "",
          new_value: after[field] ?? "",
          reason: String(facts.reason ?? ""),
          time: now,
          actor_kind: principal.kind,
          actor_id: principal.id,
          actor_name: principal.name,
        }),
      ),
);

export const sides = [values, tokens, keys, changes];
