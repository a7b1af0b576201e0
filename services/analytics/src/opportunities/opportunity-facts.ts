import type { HeldRows } from "@guanxi/bus/held";
import type { Opportunity } from "@guanxi/contract/guanxi/sales/v1/opportunity";
import type { At } from "@guanxi/kit/at";
import { arraysOf } from "@guanxi/kit/columns";
import { table } from "@guanxi/kit/table";
import { EntitySchema } from "typeorm";
import { type OpportunityFact, type StageEntry, stageEntriesOf } from "./opportunity-fact.ts";

const opportunityFactTable = new EntitySchema<OpportunityFact>({
  name: "opportunity_fact",
  tableName: "opportunity_facts",
  columns: {
    opportunityId: { name: "opportunity_id", type: "uuid", primary: true },
    displayName: { name: "display_name", type: "text" },
    customerId: { name: "customer_id", type: "uuid", nullable: true },
    ownerId: { name: "owner_id", type: "uuid", nullable: true },
    pipelineId: { name: "pipeline_id", type: "uuid" },
    stageId: { name: "stage_id", type: "text" },
    stageType: { name: "stage_type", type: "text" },
    amountCurrencyCode: { name: "amount_currency_code", type: "text", nullable: true },
    amountMicros: { name: "amount_micros", type: "bigint", nullable: true },
    weightedMicros: { name: "weighted_micros", type: "bigint", nullable: true },
    probability: { type: "int" },
    productIds: { name: "product_ids", type: "jsonb" },
    sourceChannel: { name: "source_channel", type: "text", nullable: true },
    openDate: { name: "open_date", type: "date", nullable: true },
    closeDate: { name: "close_date", type: "date", nullable: true },
    expectedCloseDate: { name: "expected_close_date", type: "date", nullable: true },
    lostReason: { name: "lost_reason", type: "text", nullable: true },
    competitorId: { name: "competitor_id", type: "uuid", nullable: true },
    version: { type: "int" },
  },
});

export const opportunityFacts = table({ entity: opportunityFactTable });

/** What stands beside them, and follows from the same event. */
export const BESIDE = ["opportunity_values", "stage_entries"];

/** The kind of opportunity_values that products are. */
export const PRODUCTS = "product_ids";

export function forgetBeside(at: At, ids: readonly string[]): void {
  for (const name of BESIDE)
    at.tell({
      name: `${name} forget`,
      text: `delete from ${name} where opportunity_id = any($1::uuid[])`,
      values: [ids],
    });
}

const VALUES = `
insert into opportunity_values (opportunity_id, kind, text_value)
select id, '${PRODUCTS}', value from unnest($1::uuid[], $2::text[]) as i (id, value)`;

export function putProducts(at: At, facts: readonly OpportunityFact[]): void {
  const pairs = facts.flatMap(({ opportunityId, productIds }) => productIds.map((id) => [opportunityId, id]));
  if (pairs.length === 0) return;
  at.tell({
    name: "opportunity_values put",
    text: VALUES,
    values: [0, 1].map((n) => pairs.map((pair) => pair[n])),
  });
}

const ENTRY_COLUMNS: Readonly<Record<keyof StageEntry, readonly [name: string, type: string]>> = {
  opportunityId: ["opportunity_id", "uuid"],
  place: ["place", "int"],
  pipelineId: ["pipeline_id", "uuid"],
  stageId: ["stage_id", "text"],
  enterDate: ["enter_date", "date"],
  leaveDate: ["leave_date", "date"],
  nextStageId: ["next_stage_id", "text"],
  nextStageType: ["next_stage_type", "text"],
};
const ENTRY_FIELDS = Object.keys(ENTRY_COLUMNS) as (keyof StageEntry)[];
const ENTRIES = `
insert into stage_entries (${Object.values(ENTRY_COLUMNS)
  .map(([name]) => name)
  .join(", ")})
select * from ${arraysOf(Object.values(ENTRY_COLUMNS).map(([, type]) => ({ type })))}`;

export function putEntries(at: At, entries: readonly StageEntry[]): void {
  if (entries.length === 0) return;
  const values = ENTRY_FIELDS.map((field) => entries.map((entry) => entry[field]));
  at.tell({ name: "stage_entries put", text: ENTRIES, values });
}

const OF = "opportunity_id";

export const heldProducts: HeldRows<Opportunity> = {
  table: "opportunity_values",
  columns: [
    { name: "kind", field: "kind" },
    { name: "text_value", field: "value" },
  ],
  of: OF,
  rowsOf: ({ productIds }) => productIds.map((value) => ({ kind: PRODUCTS, value })),
};

export const heldEntries: HeldRows<Opportunity> = {
  table: "stage_entries",
  columns: ENTRY_FIELDS.map((field) => ({ name: ENTRY_COLUMNS[field][0], field })),
  of: OF,
  rowsOf: stageEntriesOf,
};
