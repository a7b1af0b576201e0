import { Opportunity } from "@guanxi/contract/guanxi/sales/v1/opportunity";
import {
  OpportunityChanged,
  OpportunityOpened,
  OpportunityRemoved,
} from "@guanxi/contract/guanxi/sales/v1/opportunity_events";
import { customersNamed, usersNamed } from "@guanxi/directory/references";
import { type ImportRun, importKind, type TypedRow, type Unit } from "@guanxi/import/service/kind";
import { planned, rowFault } from "@guanxi/import/service/planned";
import type { Lookup } from "@guanxi/import/service/references";
import { idOf, referred } from "@guanxi/import/service/referred";
import { textIn, textsIn } from "@guanxi/import/service/row-values";
import type { At } from "@guanxi/kit/at";
import { nameKey } from "@guanxi/kit/filter/name-key";
import { externalKind } from "../external-ids.ts";
import { byKeys, opportunities } from "../opportunities/opportunities.ts";
import type { OpportunityState } from "../opportunities/opportunity-state.ts";
import { present } from "../opportunities/present.ts";
import type { PipelineState, StageState } from "../pipelines/pipeline.ts";
import { allPipelines, pipelinesOrFirst } from "../pipelines/pipelines.ts";
import { fieldsWith } from "./opportunity-fields.ts";
import { opportunityOf, type Referred } from "./opportunity-row.ts";
import { currencyOf } from "./products.ts";
import { productsNamed } from "./products-named.ts";

export const opportunityKind = importKind<OpportunityState>({
  name: "opportunity",
  resource: "opportunity",
  fields: async (at) => fieldsWith(await pipelinesOrFirst(at)),
  key: ["external_id"],
  table: opportunities,
  events: { created: OpportunityOpened, changed: OpportunityChanged, removed: OpportunityRemoved },
  known: (at, system, keys) => byKeys(at, externalKind(system), keys),
  async plan(at, units, run) {
    const lookups = await lookupsFor(at, units, run);
    return units.map((unit) => planned(() => planOne(at, unit, run, lookups), fieldOf));
  },
});

interface Lookups {
  readonly pipelines: readonly PipelineState[];
  readonly customer: Lookup;
  readonly owner: Lookup;
  readonly product: Lookup;
}

async function lookupsFor(
  at: At,
  units: readonly Unit<OpportunityState>[],
  run: ImportRun,
): Promise<Lookups> {
  const rows = units.map(({ rows: [row] }) => row!);
  const cells = (field: string) => new Set(rows.flatMap((row) => textsIn(row, field)));
  const [pipelines, customer, owner, product] = await Promise.all([
    allPipelines(at),
    customersNamed(at, run.sourceSystem, cells("customer")),
    usersNamed(at, run.sourceSystem, cells("owner")),
    productsNamed(at, run.sourceSystem, cells("products")),
  ]);
  return { pipelines, customer, owner, product };
}

function planOne(
  at: At,
  { rows: [row], before }: Unit<OpportunityState>,
  run: ImportRun,
  lookups: Lookups,
): OpportunityState {
  const pipeline = pipelineOf(row!, before, lookups.pipelines);
  const found: Referred = {
    pipeline,
    stage: stageOf(row!, pipeline),
    customerId: referred(row!, "customer", lookups.customer),
    ownerId: referred(row!, "owner", lookups.owner),
    productIds: [
      ...new Set(textsIn(row!, "products").map((cell) => idOf("products", cell, lookups.product))),
    ],
    currencyCode: currencyOf(row!, at.currencyCode),
  };
  const { now, newId } = at;
  const { sourceSystem, mapped } = run;
  const state = opportunityOf(row!, before, found, { now, newId, sourceSystem, mapped });
  if (state.amount !== null && state.amount < 0n)
    throw rowFault("amount", "INVALID_AMOUNT", "An amount must not be negative.");
  at.check(Opportunity, present(state), "opportunity");
  return state;
}

function pipelineOf(
  row: TypedRow,
  before: OpportunityState | undefined,
  pipelines: readonly PipelineState[],
): PipelineState {
  const cell = textIn(row, "pipeline");
  const isMeant = (pipeline: PipelineState) => {
    if (cell !== "") return pipeline.pipelineId === cell || nameKey(pipeline.displayName) === nameKey(cell);
    return before ? pipeline.pipelineId === before.pipelineId : pipeline.isDefault;
  };
  const [found, another] = pipelines.filter(isMeant);
  if (found && !another) return found;
  const names = pipelines.map(({ displayName }) => displayName).join(", ");
  const reason = found ? "AMBIGUOUS_REFERENCE" : "UNKNOWN_REFERENCE";
  throw rowFault("pipeline", reason, `"${cell}" names no one pipeline; there are ${names}.`);
}

function stageOf(row: TypedRow, { stages, displayName }: PipelineState): StageState {
  const cell = textIn(row, "stage");
  const isCalled = (stage: StageState) => nameKey(stage.displayName) === nameKey(cell);
  const found = stages.find(({ stageId }) => stageId === cell) ?? stages.find(isCalled);
  if (found) return found;
  const names = stages.map((stage) => stage.displayName).join(", ");
  throw rowFault("stage", "UNKNOWN_REFERENCE", `${displayName} has no stage "${cell}"; it has ${names}.`);
}

/** opportunity.external_ids[0].id is filled by external_id. */
const fieldOf = (path: string) => {
  const name = path.split(/[.[]/)[1] ?? "";
  return { external_ids: "external_id", customer_id: "customer", product_ids: "products" }[name] ?? name;
};
