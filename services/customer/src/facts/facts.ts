// What a customer does, in numbers: recomputed from the projections, never counted up.
import { table } from "@guanxi/kit/table";
import { EntitySchema } from "typeorm";

export interface FactsState {
  readonly customerId: string;
  /** Orders that count as sold, without returns; money is the tenant's currency's. */
  readonly orderCount: number;
  readonly firstOrderDate: string | null;
  readonly lastOrderDate: string | null;
  readonly revenueMicros: bigint;
  readonly marginMicros: bigint;
  /** Of the last 30 days, today included; the same in the others. */
  readonly orders30d: number;
  readonly orders90d: number;
  readonly orders365d: number;
  readonly revenue365dMicros: bigint;
  readonly margin365dMicros: bigint;
  readonly openOrderCount: number;
  readonly openOpportunityCount: number;
  readonly openOpportunityMicros: bigint;
  readonly lastInteractionTime: Date | null;
  readonly lastInboundTime: Date | null;
  readonly lastOutboundTime: Date | null;
  readonly interactions30d: number;
  readonly interactions90d: number;
  readonly interactions365d: number;
  readonly openCaseCount: number;
  readonly breachedCaseCount: number;
  readonly complaints365d: number;
  readonly lastNps: number | null;
  readonly lastCsatMicros: bigint | null;
  readonly clvMicros: bigint | null;
  readonly probabilityAliveMicros: bigint | null;
  readonly nextPurchaseDate: string | null;
  readonly rfmSegment: string | null;
  readonly valueDroppedTime: Date | null;
  /** The first day on which a number above differs by the passing of time alone. */
  readonly windowDueDate: string | null;
  readonly updateTime: Date;
  readonly version: number;
}

const factsTable = new EntitySchema<FactsState>({
  name: "customer_facts",
  tableName: "customer_facts",
  columns: {
    customerId: { name: "customer_id", type: "uuid", primary: true },
    orderCount: { name: "order_count", type: "int" },
    firstOrderDate: { name: "first_order_date", type: "date", nullable: true },
    lastOrderDate: { name: "last_order_date", type: "date", nullable: true },
    revenueMicros: { name: "revenue_micros", type: "bigint" },
    marginMicros: { name: "margin_micros", type: "bigint" },
    orders30d: { name: "orders_30d", type: "int" },
    orders90d: { name: "orders_90d", type: "int" },
    orders365d: { name: "orders_365d", type: "int" },
    revenue365dMicros: { name: "revenue_365d_micros", type: "bigint" },
    margin365dMicros: { name: "margin_365d_micros", type: "bigint" },
    openOrderCount: { name: "open_order_count", type: "int" },
    openOpportunityCount: { name: "open_opportunity_count", type: "int" },
    openOpportunityMicros: { name: "open_opportunity_micros", type: "bigint" },
    lastInteractionTime: { name: "last_interaction_time", type: "timestamptz", nullable: true },
    lastInboundTime: { name: "last_inbound_time", type: "timestamptz", nullable: true },
    lastOutboundTime: { name: "last_outbound_time", type: "timestamptz", nullable: true },
    interactions30d: { name: "interactions_30d", type: "int" },
    interactions90d: { name: "interactions_90d", type: "int" },
    interactions365d: { name: "interactions_365d", type: "int" },
    openCaseCount: { name: "open_case_count", type: "int" },
    breachedCaseCount: { name: "breached_case_count", type: "int" },
    complaints365d: { name: "complaints_365d", type: "int" },
    lastNps: { name: "last_nps", type: "int", nullable: true },
    lastCsatMicros: { name: "last_csat_micros", type: "bigint", nullable: true },
    clvMicros: { name: "clv_micros", type: "bigint", nullable: true },
    probabilityAliveMicros: { name: "probability_alive_micros", type: "bigint", nullable: true },
    nextPurchaseDate: { name: "next_purchase_date", type: "date", nullable: true },
    rfmSegment: { name: "rfm_segment", type: "text", nullable: true },
    valueDroppedTime: { name: "value_dropped_time", type: "timestamptz", nullable: true },
    windowDueDate: { name: "window_due_date", type: "date", nullable: true },
    updateTime: { name: "update_time", type: "timestamptz" },
    version: { type: "int" },
  },
});

export const customerFacts = table({ entity: factsTable });
