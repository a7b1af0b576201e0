// Opportunities and pipelines for the tests of rules.
import { Opportunity } from "@guanxi/contract/guanxi/sales/v1/opportunity";
import type { OpportunityState, Setting } from "../src/opportunities/opportunity-state.ts";
import { openOpportunity } from "../src/opportunities/opportunity.ts";
import { firstPipeline, type PipelineState } from "../src/pipelines/pipeline.ts";

export const now = new Date("2026-03-01T12:00:00.000Z");
const ID = "01970000-0000-7000-8000-000000000001";
export const LIN = "01970000-0000-7000-8000-00000000000a";

export const pipeline: PipelineState = { ...firstPipeline(ID, now), version: 1 };
export const setting: Setting = { now, today: "2026-03-01", userId: LIN, pipeline };

/** So many days later. */
export function after(days: number): Setting {
  const time = new Date(now.getTime() + days * 86_400_000);
  return { ...setting, now: time, today: time.toISOString().slice(0, 10) };
}

export const anOpportunity = (sent: object = {}, at = setting): OpportunityState =>
  openOpportunity(Opportunity.fromPartial({ displayName: "两百套座椅", ...sent }), { opportunityId: ID }, at);
