import { Opportunity } from "@guanxi/contract/guanxi/sales/v1/opportunity";
import { customers } from "@guanxi/directory/customers";
import type { At } from "@guanxi/kit/at";
import { refuse } from "@guanxi/kit/refuse";
import { side } from "@guanxi/kit/side";
import { find, named } from "@guanxi/kit/store";
import { table } from "@guanxi/kit/table";
import { requireUser } from "@guanxi/kit/users";
import { EntitySchema } from "typeorm";
import { externalKeys, type Key } from "../external-ids.ts";
import { products } from "../products/products.ts";
import type { OpportunityState } from "./opportunity-state.ts";
import { versionSide } from "./opportunity-versions.ts";
import { present } from "./present.ts";

const opportunityTable = new EntitySchema<OpportunityState>({
  name: "opportunity",
  tableName: "opportunities",
  columns: {
    opportunityId: { name: "opportunity_id", type: "uuid", primary: true },
    displayName: { name: "display_name", type: "text" },
    customerId: { name: "customer_id", type: "uuid", nullable: true },
    ownerId: { name: "owner_id", type: "uuid", nullable: true },
    pipelineId: { name: "pipeline_id", type: "uuid" },
    stageId: { name: "stage_id", type: "text" },
    stageType: { name: "stage_type", type: "text" },
    stageSinceTime: { name: "stage_since_time", type: "timestamptz", nullable: true },
    stageSinceDate: { name: "stage_since_date", type: "date", nullable: true },
    amount: { type: "bigint", nullable: true },
    currencyCode: { name: "currency_code", type: "text", nullable: true },
    probability: { type: "int" },
    probabilityManual: { name: "probability_manual", type: "bool" },
    weightedAmount: { name: "weighted_amount", type: "bigint", nullable: true },
    forecastCategory: { name: "forecast_category", type: "text" },
    openDate: { name: "open_date", type: "date", nullable: true },
    expectedCloseDate: { name: "expected_close_date", type: "date", nullable: true },
    pushCount: { name: "push_count", type: "int" },
    closeDate: { name: "close_date", type: "date", nullable: true },
    lostReason: { name: "lost_reason", type: "text", nullable: true },
    lostNote: { name: "lost_note", type: "text" },
    competitorId: { name: "competitor_id", type: "uuid", nullable: true },
    productIds: { name: "product_ids", type: "jsonb" },
    type: { type: "text", nullable: true },
    source: { type: "jsonb", nullable: true },
    sourceChannel: { name: "source_channel", type: "text", nullable: true },
    nextStep: { name: "next_step", type: "text" },
    nextStepDate: { name: "next_step_date", type: "date", nullable: true },
    leadId: { name: "lead_id", type: "uuid", nullable: true },
    stageEntries: { name: "stage_entries", type: "jsonb" },
    externalIds: { name: "external_ids", type: "jsonb" },
    amountOrder: { name: "amount_order", type: "bigint" },
    expectedCloseOrder: { name: "expected_close_order", type: "date" },
    createTime: { name: "create_time", type: "timestamptz" },
    updateTime: { name: "update_time", type: "timestamptz" },
    version: { type: "int" },
  } as never, // a bigint is a BigInt in the state
});

export const opportunities = table({
  entity: opportunityTable,
  message: Opportunity,
  present,
  customerOf: ({ customerId }) => customerId,
  sides: [
    side<OpportunityState>(
      "opportunity_values",
      { kind: "text", text_value: "text", product_id: "uuid" },
      ({ productIds }) => productIds.map((id) => ({ kind: "product_id", text_value: id, product_id: id })),
    ),
    side<OpportunityState>("opportunity_keys", { kind: "text", key: "text" }, ({ externalIds }) =>
      externalKeys(externalIds).map(({ kind, key }) => ({ kind, key })),
    ),
    versionSide,
  ],
  violations: {
    opportunity_values_product_fkey: () =>
      unknown("UNKNOWN_PRODUCT", "opportunity.product_ids", "A product that it is about is no longer here."),
    opportunity_keys_pkey: () =>
      refuse("exists", "OPPORTUNITY_EXISTS", "Another opportunity has been given the same id meanwhile."),
  },
});

/** Refuses an external id that another opportunity has already, and says which. */
export async function requireFree(at: At, { opportunityId, externalIds }: OpportunityState): Promise<void> {
  const keys = externalKeys(externalIds);
  if (keys.length === 0) return;
  const rows = await named<Key & { opportunityId: string }>(at, {
    name: "opportunities taken",
    text: `
select k.kind, k.opportunity_id as "opportunityId"
from unnest($1::text[], $2::text[]) as i (kind, key) join opportunity_keys k on k.kind = i.kind and k.key = i.key
where k.opportunity_id <> $3::uuid`,
    values: [keys.map(({ kind }) => kind), keys.map(({ key }) => key), opportunityId],
  });
  if (rows.length === 0) return;
  const violations = rows.map((row) => ({
    field: "opportunity.external_ids",
    description: `belongs to opportunity ${row.opportunityId}`,
    reason: "TAKEN",
  }));
  throw refuse("exists", "OPPORTUNITY_EXISTS", `This is opportunity ${rows[0]!.opportunityId}.`, violations);
}

/** Customer, owner and products are those that sales has heard of; what was there before is not asked again. */
export async function requireKnown(
  at: At,
  after: OpportunityState,
  before?: OpportunityState,
): Promise<void> {
  const { customerId, ownerId } = after;
  const newProducts = after.productIds.filter((id) => !before?.productIds.includes(id));
  const [foundCustomers, foundProducts] = await Promise.all([
    customerId === null || customerId === before?.customerId ? undefined : find(at, customers, [customerId]),
    find(at, products, newProducts),
    requireUser(at, ownerId === before?.ownerId ? "" : (ownerId ?? ""), "opportunity.owner_id"),
  ]);
  if (foundCustomers?.length === 0)
    throw unknown("UNKNOWN_CUSTOMER", "opportunity.customer_id", `There is no customer ${customerId} here.`);
  const unknownProduct = newProducts.find((id) => !foundProducts.some(({ productId }) => productId === id));
  if (unknownProduct !== undefined)
    throw unknown(
      "UNKNOWN_PRODUCT",
      "opportunity.product_ids",
      `There is no product ${unknownProduct} here.`,
    );
}

const unknown = (reason: string, field: string, description: string) =>
  refuse("invalid", reason, description, [{ field, description, reason }]);

/** Which of these are opportunities, by what a system calls them (see externalKind). */
export async function byKeys(at: At, kind: string, keys: readonly string[]): Promise<Map<string, string>> {
  if (keys.length === 0) return new Map();
  const rows = await named<{ key: string; opportunityId: string }>(at, {
    name: "opportunities by keys",
    text: `
select k.key, k.opportunity_id as "opportunityId" from opportunity_keys k
where k.kind = $1 and k.key = any($2::text[])`,
    values: [kind, keys],
  });
  return new Map(rows.map(({ key, opportunityId }) => [key, opportunityId]));
}
