// The row of an opportunity, and what its rules need to know besides.
import type { ExternalId, Source_Channel } from "@guanxi/contract/guanxi/customer/v1/customer";
import type { Opportunity_LostReason, Opportunity_Type } from "@guanxi/contract/guanxi/sales/v1/opportunity";
import type { NameOf } from "@guanxi/kit/enum-names";
import type { Forecast, PipelineState, StageType } from "../pipelines/pipeline.ts";

/** The row. Absent is null, so that has() of a condition is true of what is there. */
export interface OpportunityState {
  readonly opportunityId: string;
  readonly displayName: string;
  readonly customerId: string | null;
  readonly ownerId: string | null;
  readonly pipelineId: string;
  readonly stageId: string;
  readonly stageType: StageType;
  /** Null where only the day is known, or not even that. */
  readonly stageSinceTime: Date | null;
  readonly stageSinceDate: string | null;
  /** Millionths of the currency. */
  readonly amount: bigint | null;
  readonly currencyCode: string | null;
  readonly probability: number;
  readonly probabilityManual: boolean;
  readonly weightedAmount: bigint | null;
  readonly forecastCategory: Forecast;
  readonly openDate: string | null;
  readonly expectedCloseDate: string | null;
  readonly pushCount: number;
  readonly closeDate: string | null;
  readonly lostReason: NameOf<typeof Opportunity_LostReason> | null;
  readonly lostNote: string;
  /** Of the marketing service. */
  readonly competitorId: string | null;
  readonly productIds: readonly string[];
  readonly type: NameOf<typeof Opportunity_Type> | null;
  readonly source: StoredSource | null;
  readonly sourceChannel: NameOf<typeof Source_Channel> | null;
  readonly nextStep: string;
  readonly nextStepDate: string | null;
  readonly leadId: string | null;
  readonly stageEntries: readonly StoredEntry[];
  readonly externalIds: readonly ExternalId[];
  /** What lists are sorted by: beside a null no page would follow. */
  readonly amountOrder: bigint;
  readonly expectedCloseOrder: string;
  readonly createTime: Date;
  readonly updateTime: Date;
  readonly version: number;
}

/** As it is kept in the row: times as text, since JSON has none. */
interface StoredSource {
  readonly detail: string;
  readonly campaign: string;
  readonly firstTouchTime: string;
}

export interface StoredEntry {
  readonly stageId: string;
  readonly stageType: StageType;
  readonly enterDate: string | null;
  readonly enterTime: string | null;
  readonly userId: string;
  readonly reason: string;
}

/** What a rule needs to know besides the opportunity. */
export interface Setting {
  readonly now: Date;
  /** The tenant's business day. */
  readonly today: string;
  /** Whoever acts; empty where it is no person. */
  readonly userId: string;
  readonly pipeline: PipelineState;
}
