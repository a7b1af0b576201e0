// How an opportunity comes to life, changes and ends.
import { type Opportunity, Opportunity_LostReason } from "@guanxi/contract/guanxi/sales/v1/opportunity";
import { ForecastCategory } from "@guanxi/contract/guanxi/sales/v1/pipeline";
import type { Money } from "@guanxi/contract/google/type/money";
import { type NameOf, nameOf } from "@guanxi/kit/enum-names";
import { refuse } from "@guanxi/kit/refuse";
import { amountViolations, sentMicros } from "../amounts.ts";
import { firstOf, type StageState, stageIn, type StageType } from "../pipelines/pipeline.ts";
import type { OpportunityState, Setting } from "./opportunity-state.ts";
import { invalid, particulars, sourceOf } from "./particulars.ts";
import { enter, later, withDerived } from "./stages.ts";

export interface Origin {
  readonly opportunityId: string;
  /** The lead that it came from. */
  readonly leadId?: string;
}

/**
 * A new opportunity from what was sent; what only the service says is left out of it. That customer, owner and products
 * are there is for the caller to see.
 */
export function openOpportunity(sent: Opportunity, origin: Origin, setting: Setting): OpportunityState {
  const { now, today, userId, pipeline } = setting;
  const stage = firstStage(sent.stageId, setting);
  const given = particulars(sent);
  const opened: OpportunityState = {
    ...given,
    opportunityId: origin.opportunityId,
    ownerId: sent.ownerId || userId || null,
    pipelineId: pipeline.pipelineId,
    ...NOT_YET_ENTERED,
    openDate: given.openDate ?? today,
    pushCount: 0,
    closeDate: null,
    lostReason: null,
    lostNote: "",
    ...sourceOf(sent, now),
    leadId: origin.leadId || null,
    createTime: now,
    updateTime: now,
    version: 0,
  };
  const entered = enter(opened, stage, { setting });
  return withDerived({ ...entered, ...byHand(entered, sent) });
}

/** What `enter` fills in. */
export const NOT_YET_ENTERED = {
  stageId: "",
  stageType: "OPEN",
  stageSinceTime: null,
  stageSinceDate: null,
  probability: 0,
  probabilityManual: false,
  forecastCategory: "PIPELINE",
  stageEntries: [],
  weightedAmount: null,
  amountOrder: 0n,
  expectedCloseOrder: "",
} as const;

/** At creation nothing says whether a zero was meant. */
function byHand(entered: OpportunityState, sent: Opportunity) {
  const forecastCategory = forecastOf(sent, entered);
  if (sent.probability === 0) return { forecastCategory };
  return { probability: sent.probability, probabilityManual: true, forecastCategory };
}

function firstStage(stageId: string, { pipeline }: Setting): StageState {
  if (stageId === "") return firstOf(pipeline, "OPEN");
  const stage = stageIn(pipeline, stageId);
  if (!stage) throw unknownStage(stageId);
  if (stage.type !== "OPEN")
    throw illegalMove(`An opportunity begins in an open stage; ${stageId} is reached by a verb of its own.`);
  return stage;
}

const unknownStage = (stageId: string) =>
  refuse("invalid", "UNKNOWN_STAGE", `The pipeline has no stage ${stageId}.`, [
    { field: "opportunity.stage_id", description: "is no stage of the pipeline", reason: "UNKNOWN_STAGE" },
  ]);

const illegalMove = (message: string) =>
  refuse("precondition", "ILLEGAL_MOVE", message, [
    { field: "stage_id", description: "is no stage to move to from here", reason: "ILLEGAL_MOVE" },
  ]);

function requireOpen({ stageType }: OpportunityState): void {
  if (stageType !== "OPEN")
    throw refuse("precondition", "OPPORTUNITY_CLOSED", "It was won or lost: reopen it first, with a reason.");
}

/** The opportunity with other particulars; those with a verb of their own stay. */
export function change(opportunity: OpportunityState, sent: Opportunity, now: Date): OpportunityState {
  requireOpen(opportunity);
  const given = particulars(sent);
  const manual = sent.probability !== opportunity.probability;
  return withDerived({
    ...opportunity,
    ...given,
    probability: sent.probability,
    probabilityManual: opportunity.probabilityManual || manual,
    forecastCategory: forecastOf(sent, opportunity),
    pushCount: opportunity.pushCount + (isPushed(opportunity, given) ? 1 : 0),
    updateTime: later(opportunity, now),
  });
}

type Expected = Pick<OpportunityState, "expectedCloseDate">;

const isPushed = ({ expectedCloseDate: before }: Expected, { expectedCloseDate: after }: Expected) =>
  before !== null && after !== null && after > before;

const forecastOf = (sent: Opportunity, { forecastCategory }: OpportunityState) =>
  nameOf(ForecastCategory, sent.forecastCategory) ?? forecastCategory;

export function move(opportunity: OpportunityState, stageId: string, setting: Setting): OpportunityState {
  if (opportunity.stageId === stageId) return opportunity;
  requireOpen(opportunity);
  return enter(opportunity, stageOfType(stageId, "OPEN", setting), { setting });
}

function stageOfType(stageId: string, type: StageType, { pipeline }: Setting): StageState {
  if (stageId === "") return firstOf(pipeline, type);
  const stage = stageIn(pipeline, stageId);
  if (stage?.type === type) return stage;
  throw illegalMove(`${stageId} is no ${type.toLowerCase()} stage of this pipeline.`);
}

export interface Win {
  readonly amount?: Money | undefined;
  readonly stageId: string;
  /** Null: today. */
  readonly closeDate: string | null;
}

export function win(opportunity: OpportunityState, sent: Win, setting: Setting): OpportunityState {
  if (isRepeated(opportunity, "WON", sent) && !changesAmount(opportunity, sent)) return opportunity;
  requireOpen(opportunity);
  const violations = amountViolations("amount", sent.amount);
  if (violations.length > 0) throw invalid(violations);
  const stage = stageOfType(sent.stageId, "WON", setting);
  const closeDate = closeDateOf(sent, setting);
  const amount = sentMicros(sent.amount) ?? opportunity.amount;
  if (amount === null)
    throw refuse("precondition", "AMOUNT_MISSING", "Say what was agreed on.", [
      { field: "amount", description: "is needed, since none is known", reason: "AMOUNT_MISSING" },
    ]);
  const currencyCode = sent.amount?.currencyCode ?? opportunity.currencyCode;
  return enter({ ...opportunity, amount, currencyCode, closeDate }, stage, { setting });
}

const changesAmount = ({ amount, currencyCode }: OpportunityState, sent: Win) =>
  sent.amount !== undefined &&
  (sentMicros(sent.amount) !== amount || sent.amount.currencyCode !== currencyCode);

export interface Loss {
  readonly lostReason: Opportunity_LostReason;
  readonly note: string;
  readonly stageId: string;
  /** Null: today. */
  readonly closeDate: string | null;
  /** Empty where nobody new is named. */
  readonly competitorId: string;
}

export function lose(opportunity: OpportunityState, sent: Loss, setting: Setting): OpportunityState {
  const lostReason = nameOf(Opportunity_LostReason, sent.lostReason);
  const competitorId = sent.competitorId.toLowerCase() || opportunity.competitorId;
  const same =
    opportunity.lostReason === lostReason &&
    opportunity.lostNote === sent.note &&
    opportunity.competitorId === competitorId;
  if (same && isRepeated(opportunity, "LOST", sent)) return opportunity;
  requireOpen(opportunity);
  requireNote(lostReason, sent.note);
  const stage = stageOfType(sent.stageId, "LOST", setting);
  const closeDate = closeDateOf(sent, setting);
  const lost = { ...opportunity, closeDate, lostReason, lostNote: sent.note, competitorId };
  return enter(lost, stage, { setting, reason: sent.note });
}

function requireNote(reason: NameOf<typeof Opportunity_LostReason> | null, note: string): void {
  if (reason === "OTHER" && note.trim() === "")
    throw invalid([{ field: "note", description: "says what the other reason is", reason: "REQUIRED" }]);
}

type Ending = Pick<Win, "stageId" | "closeDate">;

/** Said twice, as after an answer that got lost. */
function isRepeated(opportunity: OpportunityState, type: StageType, { stageId, closeDate }: Ending): boolean {
  const sameStage = stageId === "" || stageId === opportunity.stageId;
  const sameDate = closeDate === null || closeDate === opportunity.closeDate;
  return opportunity.stageType === type && sameStage && sameDate;
}

function closeDateOf({ closeDate }: Ending, { today }: Setting): string {
  if (closeDate === null || closeDate <= today) return closeDate ?? today;
  throw invalid([{ field: "close_date", description: "must not be in the future", reason: "IN_FUTURE" }]);
}

export function reopen(
  opportunity: OpportunityState,
  stageId: string,
  reason: string,
  setting: Setting,
): OpportunityState {
  if (opportunity.stageType === "OPEN")
    throw refuse("precondition", "OPPORTUNITY_OPEN", "It is open: there is nothing to take up again.");
  const stage = stageOfType(stageId || lastOpenStage(opportunity, setting), "OPEN", setting);
  const open = { ...opportunity, closeDate: null, lostReason: null, lostNote: "" };
  return enter(open, stage, { setting, reason });
}

/** Empty where the pipeline has it no more, or has made it something else. */
function lastOpenStage({ stageEntries }: OpportunityState, { pipeline }: Setting): string {
  const last = stageEntries.findLast(({ stageType }) => stageType === "OPEN")?.stageId ?? "";
  return stageIn(pipeline, last)?.type === "OPEN" ? last : "";
}

export const reassign = (opportunity: OpportunityState, ownerId: string, now: Date): OpportunityState =>
  opportunity.ownerId === ownerId
    ? opportunity
    : { ...opportunity, ownerId, updateTime: later(opportunity, now) };
