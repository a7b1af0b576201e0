import { Source_Channel } from "@guanxi/contract/guanxi/customer/v1/customer";
import {
  type Conversion,
  Conversion_State,
  type Lead,
  Lead_DisqualifyReason,
  Lead_Status,
} from "@guanxi/contract/guanxi/sales/v1/lead";
import { numberOf } from "@guanxi/kit/enum-names";
import { etagOf } from "@guanxi/kit/etag";
import { dateOf, dateOrNone } from "@guanxi/kit/days";
import { moneyOf } from "@guanxi/kit/micros";
import { answeredOf } from "./lead.ts";
import type { LeadState, StoredAmount, StoredConversion, StoredQualification } from "./lead-state.ts";

/** The whole public state, as events carry it. */
export const present = (lead: LeadState): Lead => ({
  leadId: lead.leadId,
  personName: lead.personName ?? "",
  organisationName: lead.organisationName,
  jobTitle: lead.jobTitle,
  email: lead.email ?? "",
  phone: lead.phone ?? "",
  regionCode: lead.regionCode ?? "",
  city: lead.city ?? "",
  source: {
    channel: numberOf(Source_Channel, lead.sourceChannel),
    detail: lead.sourceDetail,
    campaign: lead.sourceCampaign ?? "",
    firstTouchTime: lead.firstTouchTime,
  },
  interest: lead.interest,
  status: numberOf(Lead_Status, lead.status),
  statusSinceTime: lead.statusSinceTime,
  ownerId: lead.ownerId ?? "",
  qualification: presentQualification(lead.qualification),
  disqualifyReason: numberOf(Lead_DisqualifyReason, lead.disqualifyReason),
  disqualifyNote: lead.disqualifyNote,
  conversion: lead.conversion ? presentConversion(lead.conversion) : undefined,
  externalIds: [...lead.externalIds],
  createDate: dateOf(lead.createDate),
  createTime: lead.createTime,
  updateTime: lead.updateTime,
  etag: etagOf(lead),
});

const money = (amount: StoredAmount | null) =>
  amount ? moneyOf(BigInt(amount.micros), amount.currencyCode) : undefined;

function presentQualification(qualification: StoredQualification) {
  const answered = answeredOf(qualification);
  if (answered === 0) return undefined;
  const { budget, authority, need, timing } = qualification;
  return { budget: money(budget), authority, need, timing: dateOrNone(timing), answered };
}

const presentConversion = (conversion: StoredConversion): Conversion => ({
  ...conversion,
  state: numberOf(Conversion_State, conversion.state),
  amount: money(conversion.amount),
  expectedCloseDate: dateOrNone(conversion.expectedCloseDate),
  recognise: conversion.recognise ?? false,
  time: new Date(conversion.time),
});
