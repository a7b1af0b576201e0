// What a row says of an opportunity.
import { Source_Channel } from "@guanxi/contract/guanxi/customer/v1/customer";
import { Opportunity_LostReason, Opportunity_Type } from "@guanxi/contract/guanxi/sales/v1/opportunity";
import { ForecastCategory } from "@guanxi/contract/guanxi/sales/v1/pipeline";
import type { TypedRow } from "@guanxi/import/service/kind";
import { rowFault } from "@guanxi/import/service/planned";
import { dayIn, microsIn, numberIn, textIn } from "@guanxi/import/service/row-values";
import { type NameOf, namesOf } from "@guanxi/kit/enum-names";
import { withExternalId } from "../external-ids.ts";
import { NOT_YET_ENTERED } from "../opportunities/opportunity.ts";
import type { OpportunityState, StoredEntry } from "../opportunities/opportunity-state.ts";
import { later, standing, withDerived } from "../opportunities/stages.ts";
import { fitsType, firstOf, type PipelineState, type StageState } from "../pipelines/pipeline.ts";
import { ENTERED } from "./opportunity-fields.ts";

/** What a row refers to, found. */
export interface Referred {
  readonly pipeline: PipelineState;
  readonly stage: StageState;
  readonly customerId: string | null;
  readonly ownerId: string | null;
  readonly productIds: readonly string[];
  readonly currencyCode: string;
}

export interface RowSetting {
  readonly now: Date;
  readonly sourceSystem: string;
  readonly mapped: ReadonlySet<string>;
  newId(): string;
}

/** The opportunity as the row has it; what the file does not speak of stays as it was. */
export function opportunityOf(
  row: TypedRow,
  before: OpportunityState | undefined,
  referred: Referred,
  setting: RowSetting,
): OpportunityState {
  const base = before ?? blank(referred, setting);
  const told = { ...base, ...particularsOf(row, base, referred, setting) };
  const stood = { ...told, ...standingOf(row, before, referred), ...endOf(row, told, referred, setting) };
  return withDerived({ ...stood, pushCount: pushesOf(before, stood), updateTime: later(base, setting.now) });
}

const blank = ({ pipeline, ownerId }: Referred, { now, newId }: RowSetting): OpportunityState => ({
  ...NOT_YET_ENTERED,
  opportunityId: newId(),
  displayName: "",
  customerId: null,
  ownerId,
  pipelineId: pipeline.pipelineId,
  amount: null,
  currencyCode: null,
  openDate: null,
  expectedCloseDate: null,
  pushCount: 0,
  closeDate: null,
  lostReason: null,
  lostNote: "",
  competitorId: null,
  productIds: [],
  type: null,
  source: null,
  sourceChannel: null,
  nextStep: "",
  nextStepDate: null,
  leadId: null,
  externalIds: [],
  createTime: now,
  updateTime: now,
  version: 0,
});

/** By the field of the import that has to be mapped for it. */
function particularsOf(row: TypedRow, base: OpportunityState, referred: Referred, setting: RowSetting) {
  const said = (field: string, part: Partial<OpportunityState>) => (setting.mapped.has(field) ? part : {});
  const amount = microsIn(row, "amount");
  const hasName = base.displayName !== "";
  return {
    ...(hasName ? said("display_name", { displayName: nameOfRow(row) }) : { displayName: nameOfRow(row) }),
    externalIds: withExternalId(base.externalIds, setting.sourceSystem, textIn(row, "external_id")),
    ...said("customer", { customerId: referred.customerId }),
    ...said("owner", { ownerId: referred.ownerId }),
    ...said("products", { productIds: referred.productIds }),
    ...said("amount", { amount, currencyCode: amount === null ? null : referred.currencyCode }),
    ...said("open_date", { openDate: dayIn(row, "open_date") }),
    ...said("type", { type: enumIn(row, "type", Opportunity_Type) }),
    ...said("next_step", { nextStep: textIn(row, "next_step") }),
    ...said("next_step_date", { nextStepDate: dayIn(row, "next_step_date") }),
    ...sourceIn(row, base, setting),
  };
}

/** A deal without a name is called by what it is about and for whom. */
function nameOfRow(row: TypedRow): string {
  const about = [textIn(row, "products"), textIn(row, "customer")].filter((text) => text !== "").join(", ");
  return textIn(row, "display_name") || about || textIn(row, "external_id");
}

/** Where it came from never changes once it is known. */
function sourceIn(row: TypedRow, { source }: OpportunityState, { now }: RowSetting) {
  const channel = enumIn(row, "source_channel", Source_Channel);
  const [detail, campaign] = [textIn(row, "source_detail"), textIn(row, "source_campaign")];
  if (source || !(channel || detail || campaign)) return {};
  const first = dayIn(row, "open_date");
  const firstTouchTime = first === null ? now.toISOString() : `${first}T00:00:00.000Z`;
  return { source: { detail, campaign, firstTouchTime }, sourceChannel: channel };
}

function standingOf(row: TypedRow, before: OpportunityState | undefined, { pipeline, stage }: Referred) {
  const stageEntries = entriesOf(row, before, { pipeline, stage });
  const stays = before?.stageId === stage.stageId && before.pipelineId === pipeline.pipelineId;
  const last = stageEntries.at(-1)!;
  return {
    pipelineId: pipeline.pipelineId,
    ...(stays ? {} : standing(stage)),
    ...byHand(row, stage),
    stageEntries,
    stageSinceDate: last.enterDate,
    stageSinceTime: last.enterTime === null ? null : new Date(last.enterTime),
  };
}

function byHand(row: TypedRow, stage: StageState) {
  const forecast = enumIn(row, "forecast_category", ForecastCategory);
  if (forecast && !fitsType(forecast, stage.type))
    throw rowFault(
      "forecast_category",
      "INVALID_VALUE",
      `A deal in ${stage.displayName} is not forecast as ${forecast}.`,
    );
  const probability = numberIn(row, "probability");
  const forecastCategory = forecast ? { forecastCategory: forecast } : {};
  if (probability === undefined || stage.type !== "OPEN") return forecastCategory;
  if (!Number.isInteger(probability) || probability < 0 || probability > 100)
    throw rowFault("probability", "INVALID_VALUE", "A probability is a whole number from 0 to 100.");
  if (probability === stage.defaultProbability) return forecastCategory;
  return { ...forecastCategory, probability, probabilityManual: true };
}

type Way = Pick<Referred, "pipeline" | "stage">;

/** The way that the file knows; one on which people have moved it here is only gone on with. */
function entriesOf(row: TypedRow, before: OpportunityState | undefined, way: Way): readonly StoredEntry[] {
  const told = toldEntries(row, way);
  const lived = before?.stageEntries.some(({ enterTime }) => enterTime !== null) ?? false;
  if (!before || !lived) return told;
  return before.stageId === way.stage.stageId ? before.stageEntries : [...before.stageEntries, told.at(-1)!];
}

function toldEntries(row: TypedRow, { pipeline, stage }: Way): StoredEntry[] {
  const entered = pipeline.stages
    .filter(({ stageId }) => stageId !== stage.stageId)
    .map((each) => ({ each, day: dayIn(row, `${ENTERED}${each.stageId}`) }))
    .filter(({ day }) => day !== null)
    .toSorted((a, b) => (a.day! < b.day! ? -1 : a.day! > b.day! ? 1 : 0))
    .map(({ each, day }) => entry(each, day));
  const opened = dayIn(row, "open_date");
  const first = firstOf(pipeline, "OPEN");
  const isFirst = first.stageId === stage.stageId;
  const own = dayIn(row, `${ENTERED}${stage.stageId}`);
  const since = own ?? (stage.type === "OPEN" ? null : dayIn(row, "close_date"));
  if (entered.length === 0 && own === null && opened !== null && !isFirst) entered.push(entry(first, opened));
  return [...entered, entry(stage, since ?? (isFirst ? opened : null))];
}

const entry = ({ stageId, type }: StageState, enterDate: string | null): StoredEntry => ({
  stageId,
  stageType: type,
  enterDate,
  enterTime: null,
  userId: "",
  reason: "",
});

/** The day of closing says of an open deal when it may be closed. */
function endOf(row: TypedRow, base: OpportunityState, { stage }: Referred, { mapped }: RowSetting) {
  const closed = mapped.has("close_date") ? dayIn(row, "close_date") : base.closeDate;
  const expected = mapped.has("expected_close_date")
    ? dayIn(row, "expected_close_date")
    : stage.type === "OPEN" && mapped.has("close_date")
      ? closed
      : base.expectedCloseDate;
  const end = { expectedCloseDate: expected, closeDate: null, lostReason: null, lostNote: "" };
  if (stage.type === "OPEN") return end;
  if (stage.type === "WON") return { ...end, closeDate: closed };
  const lostReason = mapped.has("lost_reason")
    ? enumIn(row, "lost_reason", Opportunity_LostReason)
    : base.lostReason;
  const lostNote = mapped.has("lost_note") ? textIn(row, "lost_note") : base.lostNote;
  return { ...end, closeDate: closed, lostReason: lostReason ?? ("NOT_RECORDED" as const), lostNote };
}

function pushesOf(before: OpportunityState | undefined, after: OpportunityState): number {
  if (!before?.expectedCloseDate || !after.expectedCloseDate) return after.pushCount;
  return after.pushCount + (after.expectedCloseDate > before.expectedCloseDate ? 1 : 0);
}

function enumIn<E extends Readonly<Record<string, number>>>(
  row: TypedRow,
  field: string,
  numbers: E,
): NameOf<E> | null {
  const text = textIn(row, field);
  return namesOf(numbers).find((name) => name === text) ?? null;
}
