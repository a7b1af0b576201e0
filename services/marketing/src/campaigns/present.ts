import { type Campaign, Campaign_Status } from "@guanxi/contract/guanxi/marketing/v1/campaign";
import { dateOrNone } from "@guanxi/kit/days";
import { numberOf } from "@guanxi/kit/enum-names";
import { etagOf } from "@guanxi/kit/etag";
import { moneyOf } from "@guanxi/kit/micros";
import type { CampaignState } from "./campaign-state.ts";

/** The whole public state, as events carry it. */
export const present = (it: CampaignState): Campaign => ({
  campaignId: it.campaignId,
  name: it.name,
  description: it.description,
  kind: it.kind,
  planId: it.planId,
  targetId: it.targetId,
  audience: {
    segmentIds: [...it.audience.segmentIds],
    excludedSegmentIds: [...it.audience.excludedSegmentIds],
    excludedCustomerIds: [...it.audience.excludedCustomerIds],
    condition: it.audience.condition,
  },
  steps: it.steps.map((step) => ({ ...step })),
  startDate: dateOrNone(it.startDate),
  endDate: dateOrNone(it.endDate),
  budget: it.budget === null ? undefined : moneyOf(it.budget, it.currencyCode),
  cost: moneyOf(it.cost, it.currencyCode),
  attributionDays: it.attributionDays,
  ownerId: it.ownerId ?? "",
  status: numberOf(Campaign_Status, it.status),
  pauseReason: it.pauseReason,
  launchTime: it.launchTime ?? undefined,
  endTime: it.endTime ?? undefined,
  createTime: it.createTime,
  updateTime: it.updateTime,
  etag: etagOf(it),
});
