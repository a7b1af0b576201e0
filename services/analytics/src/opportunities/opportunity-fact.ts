// What figures want to know of an opportunity, and of the stages that it was in.
import { Source_Channel } from "@guanxi/contract/guanxi/customer/v1/customer";
import { type Opportunity, Opportunity_LostReason } from "@guanxi/contract/guanxi/sales/v1/opportunity";
import { Stage_Type } from "@guanxi/contract/guanxi/sales/v1/pipeline";
import type { DateMessage } from "@guanxi/contract/google/type/date";
import type { State } from "@guanxi/kit/columns";
import { type NameOf, nameOf } from "@guanxi/kit/enum-names";
import { dayOf } from "@guanxi/kit/days";
import { microsOf } from "@guanxi/kit/micros";

export type StageType = NameOf<typeof Stage_Type>;

export interface OpportunityFact extends State {
  readonly opportunityId: string;
  readonly displayName: string;
  readonly customerId: string | null;
  readonly ownerId: string | null;
  readonly pipelineId: string;
  readonly stageId: string;
  readonly stageType: StageType | "";
  readonly amountCurrencyCode: string | null;
  readonly amountMicros: bigint | null;
  readonly weightedMicros: bigint | null;
  readonly probability: number;
  readonly productIds: readonly string[];
  readonly sourceChannel: NameOf<typeof Source_Channel> | null;
  readonly openDate: string | null;
  readonly closeDate: string | null;
  readonly expectedCloseDate: string | null;
  readonly lostReason: NameOf<typeof Opportunity_LostReason> | null;
  readonly competitorId: string | null;
}

const day = (date: DateMessage | undefined) => (date ? dayOf(date) : null);

export function opportunityFactOf(opportunity: Opportunity, version: number): OpportunityFact {
  const { amount, weightedAmount, source } = opportunity;
  return {
    opportunityId: opportunity.opportunityId,
    displayName: opportunity.displayName,
    ...partiesOf(opportunity),
    pipelineId: opportunity.pipelineId,
    stageId: opportunity.stageId,
    stageType: nameOf(Stage_Type, opportunity.stageType) ?? "",
    amountCurrencyCode: amount?.currencyCode ?? null,
    amountMicros: amount ? microsOf(amount) : null,
    weightedMicros: weightedAmount ? microsOf(weightedAmount) : null,
    probability: opportunity.probability,
    productIds: opportunity.productIds,
    sourceChannel: nameOf(Source_Channel, source?.channel ?? 0),
    openDate: day(opportunity.openDate),
    closeDate: day(opportunity.closeDate),
    expectedCloseDate: day(opportunity.expectedCloseDate),
    lostReason: nameOf(Opportunity_LostReason, opportunity.lostReason),
    version,
  };
}

const partiesOf = ({ customerId, ownerId, competitorId }: Opportunity) => ({
  customerId: customerId || null,
  ownerId: ownerId || null,
  competitorId: competitorId || null,
});

/** How an opportunity came into a stage and left it again. */
export interface StageEntry {
  readonly opportunityId: string;
  readonly place: number;
  readonly pipelineId: string;
  readonly stageId: string;
  readonly enterDate: string | null;
  readonly leaveDate: string | null;
  /** Null while it stays. */
  readonly nextStageId: string | null;
  readonly nextStageType: StageType | null;
}

export function stageEntriesOf({ opportunityId, pipelineId, stageEntries }: Opportunity): StageEntry[] {
  return stageEntries.map(({ stageId, enterDate }, place) => {
    const next = stageEntries[place + 1];
    return {
      opportunityId,
      place,
      pipelineId,
      stageId,
      enterDate: day(enterDate),
      leaveDate: day(next?.enterDate),
      nextStageId: next?.stageId ?? null,
      nextStageType: next ? nameOf(Stage_Type, next.stageType) : null,
    };
  });
}
