// What entering a stage does to an opportunity, and what follows from its fields.
import { refuse } from "@guanxi/kit/refuse";
import { divide } from "@guanxi/kit/micros";
import type { StageState } from "../pipelines/pipeline.ts";
import type { OpportunityState, Setting, StoredEntry } from "./opportunity-state.ts";

const MOST_ENTRIES = 500;

interface Entering {
  readonly setting: Setting;
  readonly reason?: string;
}

/** Probability and forecast are the stage's: what somebody had said by hand was said of the stage before. */
export function enter(
  opportunity: OpportunityState,
  stage: StageState,
  { setting, reason = "" }: Entering,
): OpportunityState {
  const time = later(opportunity, setting.now);
  const entry: StoredEntry = {
    stageId: stage.stageId,
    stageType: stage.type,
    enterDate: setting.today,
    enterTime: time.toISOString(),
    userId: setting.userId,
    reason,
  };
  if (opportunity.stageEntries.length >= MOST_ENTRIES)
    throw refuse("precondition", "TOO_MANY_MOVES", `It has been moved ${MOST_ENTRIES} times already.`);
  return withDerived({
    ...opportunity,
    ...standing(stage),
    stageSinceTime: time,
    stageSinceDate: setting.today,
    stageEntries: [...opportunity.stageEntries, entry],
    updateTime: time,
  });
}

/** What a stage says of the opportunities that enter it. */
export const standing = ({ stageId, type, defaultProbability, forecastCategory }: StageState) => ({
  stageId,
  stageType: type,
  probability: defaultProbability,
  probabilityManual: false,
  forecastCategory,
});

/** Where two change it at once, the one that began first may come second: time goes on all the same. */
export const later = ({ updateTime }: Pick<OpportunityState, "updateTime">, now: Date): Date =>
  now > updateTime ? now : updateTime;

const NO_AMOUNT = -1n;
const NO_DAY = "9999-12-31";

export const withDerived = (opportunity: OpportunityState): OpportunityState => ({
  ...opportunity,
  weightedAmount:
    opportunity.amount === null ? null : divide(opportunity.amount * BigInt(opportunity.probability), 100n),
  amountOrder: opportunity.amount ?? NO_AMOUNT,
  expectedCloseOrder: opportunity.expectedCloseDate ?? NO_DAY,
});
