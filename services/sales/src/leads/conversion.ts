// What a lead becomes: told to the customer service with ids chosen beforehand, and kept to what it answers.
import type { ConvertLeadRequest } from "@guanxi/contract/guanxi/sales/v1/lead_service";
import { refuse } from "@guanxi/kit/refuse";
import { amountViolations } from "../amounts.ts";
import { dayViolations, sentDay } from "../dates.ts";
import type { LeadState, StoredConversion } from "./lead-state.ts";
import { entered } from "./lead-status.ts";
import { invalid, storedAmount } from "./lead.ts";

export interface ConversionSetting {
  readonly now: Date;
  newId(): string;
  /** Of the opportunity; empty where none is wished for. */
  readonly pipelineId: string;
}

export function requireQualified({ status }: LeadState): void {
  if (status !== "QUALIFIED")
    throw refuse("precondition", "LEAD_NOT_QUALIFIED", `The lead is ${status}: qualify it first.`);
}

export function convert(lead: LeadState, request: ConvertLeadRequest, setting: ConversionSetting): LeadState {
  requireQualified(lead);
  const violations = [
    ...amountViolations("amount", request.amount),
    ...dayViolations("expected_close_date", request.expectedCloseDate),
  ];
  if (violations.length > 0) throw invalid(violations);
  const conversion = chosen(lead, request, setting);
  return entered({ ...lead, conversion }, "CONVERTED", setting.now);
}

function chosen(lead: LeadState, request: ConvertLeadRequest, setting: ConversionSetting): StoredConversion {
  const { newId, now, pipelineId } = setting;
  const { withoutOpportunity } = request;
  return {
    conversionId: newId(),
    state: "PENDING",
    customerId: request.customerId.toLowerCase() || newId(),
    existingCustomer: request.customerId !== "",
    // Without an organisation the person is the customer.
    contactId: lead.personName && lead.organisationName ? newId() : "",
    opportunityId: withoutOpportunity ? "" : newId(),
    opportunityName: withoutOpportunity ? "" : request.opportunityName || nameOfLead(lead),
    amount: withoutOpportunity ? null : storedAmount(request.amount),
    expectedCloseDate: withoutOpportunity ? null : sentDay(request.expectedCloseDate),
    pipelineId: withoutOpportunity ? "" : pipelineId,
    refusal: "",
    recognise: true,
    time: now.toISOString(),
  };
}

const nameOfLead = ({ organisationName, personName }: LeadState) => organisationName || personName || "";

/** An answer may come twice, or late: it counts for the try that it is about, and once. */
export const awaits = ({ status, conversion }: LeadState, conversionId: string): boolean =>
  status === "CONVERTED" && conversion?.state === "PENDING" && conversion.conversionId === conversionId;

/** With the customer that it became, who may have been there before. */
export function complete(lead: LeadState, customerId: string, now: Date): LeadState {
  const conversion = lead.conversion!;
  const existingCustomer = conversion.existingCustomer || customerId !== conversion.customerId;
  return {
    ...lead,
    conversion: { ...conversion, state: "DONE", customerId, existingCustomer, time: now.toISOString() },
    updateTime: now,
  };
}

/** Nothing was made: the lead is as it was before, and knows why. */
export const putBack = (lead: LeadState, refusal: string, now: Date): LeadState =>
  entered(
    { ...lead, conversion: { ...lead.conversion!, state: "REFUSED", refusal, time: now.toISOString() } },
    "QUALIFIED",
    now,
  );
