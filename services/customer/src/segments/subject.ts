// What a segment's condition may name, as published at SegmentService: the customer, what it does, how it thinks.
import type { At } from "@guanxi/kit/at";
import { type Catalogue, catalogue, type Field, type FieldType } from "@guanxi/kit/filter/catalogue";
import type { Right } from "@guanxi/kit/rights";
import type { Looked } from "../checks/assessor.ts";
import { fieldsFor } from "../customers/customer-fields.ts";
import type { CustomerState } from "../customers/customer-state.ts";
import type { FactsState } from "../facts/facts.ts";
import { typedValue } from "../field-definitions/custom-values.ts";
import { wordOf } from "../traits/traits.ts";
import { ageOn } from "./age.ts";

/** A customer on a day: `today` is the tenant's. */
export interface Subject extends Looked {
  readonly today: string;
}

/** Of a customer at whom the check job has not looked yet. */
export const noFacts = (customerId: string, now: Date): FactsState => ({
  customerId,
  orderCount: 0,
  firstOrderDate: null,
  lastOrderDate: null,
  revenueMicros: 0n,
  marginMicros: 0n,
  orders30d: 0,
  orders90d: 0,
  orders365d: 0,
  revenue365dMicros: 0n,
  margin365dMicros: 0n,
  openOrderCount: 0,
  openOpportunityCount: 0,
  openOpportunityMicros: 0n,
  lastInteractionTime: null,
  lastInboundTime: null,
  lastOutboundTime: null,
  interactions30d: 0,
  interactions90d: 0,
  interactions365d: 0,
  openCaseCount: 0,
  breachedCaseCount: 0,
  complaints365d: 0,
  lastNps: null,
  lastCsatMicros: null,
  clvMicros: null,
  probabilityAliveMicros: null,
  nextPurchaseDate: null,
  rfmSegment: null,
  valueDroppedTime: null,
  windowDueDate: null,
  updateTime: now,
  version: 0,
});

type Plain = Exclude<FieldType, "tags">;
type Named = readonly [name: string, type: Plain, key: keyof FactsState, column?: string];
/** By what they are made of: whoever may not read that may not ask them either. */
type ByResource = Readonly<Record<string, readonly Named[]>>;

/** Of a customer of whom nobody has counted anything there is nothing, in numbers 0. */
const COUNTED: ByResource = {
  order: [
    ["order_count", "int", "orderCount"],
    ["orders_30d", "int", "orders30d"],
    ["orders_90d", "int", "orders90d"],
    ["orders_365d", "int", "orders365d"],
    ["revenue", "decimal", "revenueMicros", "revenue_micros"],
    ["margin", "decimal", "marginMicros", "margin_micros"],
    ["revenue_365d", "decimal", "revenue365dMicros", "revenue_365d_micros"],
    ["margin_365d", "decimal", "margin365dMicros", "margin_365d_micros"],
    ["open_order_count", "int", "openOrderCount"],
  ],
  opportunity: [
    ["open_opportunity_count", "int", "openOpportunityCount"],
    ["open_opportunity_amount", "decimal", "openOpportunityMicros", "open_opportunity_micros"],
  ],
  interaction: [
    ["interactions_30d", "int", "interactions30d"],
    ["interactions_90d", "int", "interactions90d"],
    ["interactions_365d", "int", "interactions365d"],
  ],
  case: [
    ["open_case_count", "int", "openCaseCount"],
    ["breached_case_count", "int", "breachedCaseCount"],
    ["complaints_365d", "int", "complaints365d"],
  ],
};

const KNOWN: ByResource = {
  order: [
    ["first_order_date", "date", "firstOrderDate"],
    ["last_order_date", "date", "lastOrderDate"],
  ],
  interaction: [
    ["last_interaction_time", "time", "lastInteractionTime"],
    ["last_inbound_time", "time", "lastInboundTime"],
    ["last_outbound_time", "time", "lastOutboundTime"],
  ],
  feedback: [
    ["last_nps", "int", "lastNps"],
    ["last_csat", "decimal", "lastCsatMicros", "last_csat_micros"],
  ],
  customer_value: [
    ["clv", "decimal", "clvMicros", "clv_micros"],
    ["probability_alive", "decimal", "probabilityAliveMicros", "probability_alive_micros"],
    ["next_purchase_date", "date", "nextPurchaseDate"],
    ["rfm_segment", "text", "rfmSegment"],
    ["value_dropped_time", "time", "valueDroppedTime"],
  ],
};

const madeOf = new Map(
  [COUNTED, KNOWN].flatMap((facts) =>
    Object.entries(facts).flatMap(([resource, all]) => all.map(([name]) => [name, resource] as const)),
  ),
);

/** What one must be allowed to do besides customer:read to know of a field of a customer; nothing for most. */
export function neededFor({ name, personal }: Field): Right | undefined {
  const resource = madeOf.get(name);
  if (resource) return { resource, action: "read" };
  return personal ? { resource: "customer", action: "read_personal" } : undefined;
}

/** `c` are the customers, `f` their facts, `t` the day: see `subjectRows`. */
const fact = ([name, type, key, column = name]: Named, isCounted: boolean): Field<Subject> => ({
  name,
  type,
  stored: { column: isCounted ? `coalesce(f.${column}, 0)` : `f.${column}` },
  read: ({ facts }) => facts[key],
});

const own: readonly Field<Subject>[] = [
  {
    name: "age",
    type: "int",
    stored: { column: "extract(year from age(t.today, c.birth_day))::bigint" },
    personal: true,
    read: ({ customer, today }) => ageOn(customer.birthDay, today),
  },
  {
    name: "traits",
    type: "tags",
    stored: { kind: "trait" },
    read: ({ customer }) => customer.traits.map(wordOf),
  },
  ...Object.values(COUNTED)
    .flat()
    .map((each) => fact(each, true)),
  ...Object.values(KNOWN)
    .flat()
    .map((each) => fact(each, false)),
];

/** The rows that conditions are asked of: $1 is the day. Of two columns with one name the customer's is meant. */
export const SUBJECT_ROWS = `customers c left join customer_facts f using (tenant_id, customer_id)
  cross join (select $1::date as today) t`;

const ofCustomer = (field: Field<CustomerState>): Field<Subject> => ({
  ...field,
  stored: "column" in field.stored ? { column: `c.${field.stored.column}` } : field.stored,
  read: field.name.startsWith("custom.")
    ? ({ customer }) => customValue(customer, field.name.slice("custom.".length))
    : ({ customer }) => field.read(customer),
});

/** As the table beside the customer has it: only of what was filterable when it was written. */
function customValue({ custom, customFacts }: CustomerState, key: string): unknown {
  const { type, filterable } = customFacts[key] ?? {};
  return type && filterable ? Object.values(typedValue(type, custom[key]))[0] : undefined;
}

/** Compiled conditions are kept for each catalogue, so those of the same fields share one. */
const made = new Map<string, Catalogue<Subject>>();
const MOST_MADE = 200;

/** With the tenant's own fields, where a condition has any. */
export async function subjectFields(at: At, conditions: string): Promise<Catalogue<Subject>> {
  const base = await fieldsFor(at, conditions);
  const custom = [...base.fields.values()].filter(({ name }) => name.startsWith("custom."));
  const key = JSON.stringify(
    custom.map(({ name, type, values, personal }) => [name, type, values, personal]),
  );
  const known = made.get(key);
  if (known) return known;
  if (made.size >= MOST_MADE) made.clear();
  const fields = catalogue<Subject>(base.table, [...[...base.fields.values()].map(ofCustomer), ...own]);
  made.set(key, fields);
  return fields;
}
