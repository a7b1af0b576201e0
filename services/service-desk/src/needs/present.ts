import {
  type Need,
  Need_Importance,
  Need_Status,
  NeedSource_Kind,
} from "@guanxi/contract/guanxi/service_desk/v1/need";
import { dateOrNone } from "@guanxi/kit/days";
import { numberOf } from "@guanxi/kit/enum-names";
import { etagOf } from "@guanxi/kit/etag";
import type { NeedState } from "./need-state.ts";

/** The whole public state, as events carry it. */
export const present = (need: NeedState): Need => ({
  needId: need.needId,
  statement: need.statement,
  customerId: need.customerId ?? "",
  contactId: need.contactId ?? "",
  productId: need.productId ?? "",
  opportunityId: need.opportunityId ?? "",
  caseId: need.caseId ?? "",
  source: {
    kind: numberOf(NeedSource_Kind, need.sourceKind),
    id: need.sourceId ?? "",
    note: need.sourceNote,
  },
  status: numberOf(Need_Status, need.status),
  statusSinceTime: need.statusSinceTime,
  importance: numberOf(Need_Importance, need.importance),
  custom: need.custom,
  ownerId: need.ownerId ?? "",
  declineReason: need.declineReason,
  satisfiedDate: dateOrNone(need.satisfiedDate),
  toldTime: need.toldTime ?? undefined,
  reopenCount: need.reopenCount,
  identifyTime: need.identifyTime,
  createTime: need.createTime,
  updateTime: need.updateTime,
  etag: etagOf(need),
});
