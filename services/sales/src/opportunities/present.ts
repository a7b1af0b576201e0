import { Source_Channel } from "@guanxi/contract/guanxi/customer/v1/customer";
import {
  type Opportunity,
  Opportunity_LostReason,
  Opportunity_Type,
} from "@guanxi/contract/guanxi/sales/v1/opportunity";
import { ForecastCategory, Stage_Type } from "@guanxi/contract/guanxi/sales/v1/pipeline";
import { dateOrNone } from "@guanxi/kit/days";
import { numberOf } from "@guanxi/kit/enum-names";
import { etagOf } from "@guanxi/kit/etag";
import { moneyOrNone } from "../amounts.ts";
import type { OpportunityState, StoredEntry } from "./opportunity-state.ts";

/** The whole public state, as events carry it. */
export const present = (opportunity: OpportunityState): Opportunity => ({
  opportunityId: opportunity.opportunityId,
  displayName: opportunity.displayName,
  customerId: opportunity.customerId ?? "",
  ownerId: opportunity.ownerId ?? "",
  pipelineId: opportunity.pipelineId,
  stageId: opportunity.stageId,
  stageType: numberOf(Stage_Type, opportunity.stageType),
  stageSinceTime: opportunity.stageSinceTime ?? undefined,
  amount: moneyOrNone(opportunity.amount, opportunity.currencyCode),
  probability: opportunity.probability,
  probabilityManual: opportunity.probabilityManual,
  weightedAmount: moneyOrNone(opportunity.weightedAmount, opportunity.currencyCode),
  forecastCategory: numberOf(ForecastCategory, opportunity.forecastCategory),
  openDate: dateOrNone(opportunity.openDate),
  expectedCloseDate: dateOrNone(opportunity.expectedCloseDate),
  pushCount: opportunity.pushCount,
  closeDate: dateOrNone(opportunity.closeDate),
  lostReason: numberOf(Opportunity_LostReason, opportunity.lostReason),
  lostNote: opportunity.lostNote,
  competitorId: opportunity.competitorId ?? "",
  productIds: [...opportunity.productIds],
  type: numberOf(Opportunity_Type, opportunity.type),
  source: presentSource(opportunity),
  nextStep: opportunity.nextStep,
  nextStepDate: dateOrNone(opportunity.nextStepDate),
  leadId: opportunity.leadId ?? "",
  stageEntries: opportunity.stageEntries.map(presentEntry),
  externalIds: [...opportunity.externalIds],
  createTime: opportunity.createTime,
  updateTime: opportunity.updateTime,
  etag: etagOf(opportunity),
});

const presentSource = ({ source, sourceChannel }: OpportunityState) =>
  source === null
    ? undefined
    : {
        channel: numberOf(Source_Channel, sourceChannel),
        detail: source.detail,
        campaign: source.campaign,
        firstTouchTime: new Date(source.firstTouchTime),
      };

const presentEntry = ({ stageId, stageType, enterDate, enterTime, userId, reason }: StoredEntry) => ({
  stageId,
  stageType: numberOf(Stage_Type, stageType),
  enterDate: dateOrNone(enterDate),
  enterTime: enterTime === null ? undefined : new Date(enterTime),
  userId,
  reason,
});
