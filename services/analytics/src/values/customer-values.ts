import { CustomerValue } from "@guanxi/contract/guanxi/analytics/v1/customer_value";
import type { At } from "@guanxi/kit/at";
import { catalogue, type Field, type FieldType } from "@guanxi/kit/filter/catalogue";
import { where } from "@guanxi/kit/list";
import { find, lockFound, named } from "@guanxi/kit/store";
import { refuse } from "@guanxi/kit/refuse";
import { table } from "@guanxi/kit/table";
import { EntitySchema } from "typeorm";
import { withSums } from "../figures.ts";
import { RFM_CELLS } from "../models/rfm-cells.ts";
import type { ValueGrade } from "../models/grade.ts";
import { type CustomerValueState, presentValue } from "./customer-value.ts";
import { GRADES } from "./score.ts";

const customerValueTable = new EntitySchema<CustomerValueState>({
  name: "customer_value",
  tableName: "customer_values",
  columns: {
    tenantId: { name: "tenant_id", type: "uuid", primary: true, select: false },
    customerId: { name: "customer_id", type: "uuid", primary: true },
    valueRunId: { name: "value_run_id", type: "uuid" },
    modelVersion: { name: "model_version", type: "text" },
    cutOffDate: { name: "cut_off_date", type: "date" },
    currencyCode: { name: "currency_code", type: "text" },
    purchaseDays: { name: "purchase_days", type: "int" },
    firstPurchaseDate: { name: "first_purchase_date", type: "date" },
    lastPurchaseDate: { name: "last_purchase_date", type: "date" },
    revenueMicros: { name: "revenue_micros", type: "bigint" },
    marginMicros: { name: "margin_micros", type: "bigint" },
    recencyDays: { name: "recency_days", type: "int" },
    frequency: { type: "int" },
    monetaryMicros: { name: "monetary_micros", type: "bigint" },
    recencyScore: { name: "recency_score", type: "int" },
    frequencyScore: { name: "frequency_score", type: "int" },
    monetaryScore: { name: "monetary_score", type: "int" },
    segment: { type: "text" },
    repeatPurchases: { name: "repeat_purchases", type: "int" },
    recencyWeeks: { name: "recency_weeks", type: "double precision" },
    ageWeeks: { name: "age_weeks", type: "double precision" },
    probabilityAlive: { name: "probability_alive", type: "double precision", nullable: true },
    expectedPurchases: { name: "expected_purchases", type: "double precision", nullable: true },
    expectedPurchaseValueMicros: {
      name: "expected_purchase_value_micros",
      type: "bigint",
      nullable: true,
    },
    clvMicros: { name: "clv_micros", type: "bigint", nullable: true },
    worthMicros: { name: "worth_micros", type: "bigint" },
    grade: { type: "text" },
    rankShare: { name: "rank_share", type: "double precision" },
    cycleBasis: { name: "cycle_basis", type: "text", nullable: true },
    cycleMedianDays: { name: "cycle_median_days", type: "double precision", nullable: true },
    nextPurchaseDate: { name: "next_purchase_date", type: "date", nullable: true },
    earliestDate: { name: "earliest_date", type: "date", nullable: true },
    latestDate: { name: "latest_date", type: "date", nullable: true },
    dueDate: { name: "due_date", type: "date" },
    peak: { type: "jsonb", nullable: true },
    cleared: { type: "bool" },
    updateTime: { name: "update_time", type: "timestamptz" },
    version: { type: "int" },
  } as never, // the tenant is the database's business, so no part of the state
});

export const customerValues = table({
  entity: customerValueTable,
  message: CustomerValue,
  // What was cleared is absent in its event, as what was erased is; the row stays, for the version after it.
  present: (value) => (value.cleared ? undefined : presentValue(value)) as CustomerValue,
  customerOf: ({ customerId }) => customerId,
});

export const scored = where("not cleared");

type Plain = Exclude<FieldType, "tags">;

const column = (
  name: string,
  type: Plain,
  read: (value: CustomerValueState) => unknown,
  more: Partial<Field<CustomerValueState>> = {},
): Field<CustomerValueState> => ({ name, type, stored: { column: name }, read, ...more });

export const valueFields = catalogue<CustomerValueState>(
  { id: "customer_id", side: "customer_value_values" },
  [
    column("customer_id", "id", ({ customerId }) => customerId),
    column("grade", "enum", ({ grade }) => grade, { values: GRADES }),
    column("segment", "enum", ({ segment }) => segment, { values: [...new Set(RFM_CELLS.values())] }),
    column("clv", "decimal", ({ clvMicros }) => clvMicros, {
      stored: { column: "clv_micros" },
      order: "worth_micros",
    }),
    column("revenue", "decimal", ({ revenueMicros }) => revenueMicros, {
      stored: { column: "revenue_micros" },
    }),
    column("probability_alive", "decimal", aliveMicros, { stored: { column: "probability_alive_micros" } }),
    column("purchase_days", "int", ({ purchaseDays }) => BigInt(purchaseDays)),
    column("recency_score", "int", ({ recencyScore }) => BigInt(recencyScore)),
    column("frequency_score", "int", ({ frequencyScore }) => BigInt(frequencyScore)),
    column("monetary_score", "int", ({ monetaryScore }) => BigInt(monetaryScore)),
    column("last_purchase_date", "date", ({ lastPurchaseDate }) => lastPurchaseDate),
    column("next_purchase_date", "date", ({ nextPurchaseDate }) => nextPurchaseDate, { order: "due_date" }),
    column("cut_off_date", "date", ({ cutOffDate }) => cutOffDate),
  ],
);

function aliveMicros({ probabilityAlive }: CustomerValueState): bigint | null {
  return probabilityAlive === null ? null : BigInt(Math.round(probabilityAlive * 1e6));
}

export const VALUE_ORDERS = ["clv", "revenue", "next_purchase_date", "last_purchase_date"];

export async function valueOf(at: At, customerId: string): Promise<CustomerValueState> {
  const [value] = await find(at, customerValues, [customerId]);
  if (value && !value.cleared) return value;
  throw refuse("notFound", "NOT_FOUND", `The customer ${customerId} has not been scored.`);
}

/** Values behind `after` up to and with `until`, null for no end, by ascending id and locked; at most so many. */
export async function lockRange(
  at: At,
  range: { readonly after: string | null; readonly until: string | null; readonly limit: number },
): Promise<CustomerValueState[]> {
  const text = `select customer_id as "customerId" from customer_values
    where customer_id > coalesce($1::uuid, '00000000-0000-0000-0000-000000000000')
      and customer_id <= coalesce($2::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff')
    order by customer_id limit $3`;
  const rows = await named<{ customerId: string }>(at, {
    name: "customer values range",
    text,
    values: [range.after, range.until, range.limit],
  });
  return lockFound(
    at,
    customerValues,
    rows.map(({ customerId }) => customerId),
  );
}

export type FigureColumn = "segment" | "grade" | "recency_score" | "frequency_score" | "monetary_score";

export interface FigureRow {
  readonly segment?: string;
  readonly grade?: ValueGrade;
  readonly recency_score?: number;
  readonly frequency_score?: number;
  readonly monetary_score?: number;
  readonly count: number;
  readonly currencyCode: string;
  readonly revenueMicros: bigint;
  /** Null where nobody of them has one. */
  readonly clvMicros: bigint | null;
  readonly clvCount: number;
}

/** `by` are columns. A sum is of one currency: while the first run in another one is under way there are rows of both. */
export async function figuresOf(at: At, by: readonly FigureColumn[]): Promise<FigureRow[]> {
  const columns = by.map((name) => `${name}, `).join("");
  const text = `
select ${columns}currency_code as "currencyCode", count(*)::int as count, sum(revenue_micros)::text as "revenueMicros",
  sum(clv_micros)::text as "clvMicros", count(clv_micros)::int as "clvCount"
from customer_values where not cleared group by ${columns}currency_code order by ${columns}currency_code`;
  const rows = await named<FigureRow>(at, {
    name: `values by ${by.join().replaceAll("_score", "")}`,
    text,
    values: [],
  });
  return withSums<FigureRow>(rows);
}
