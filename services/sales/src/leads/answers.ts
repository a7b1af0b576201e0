// What the customer service answers to a conversion. Lead and opportunity change together, or neither does.
import { on } from "@guanxi/bus/reaction";
import type { LeadIntake } from "@guanxi/contract/guanxi/customer/v1/lead_intake";
import { LeadRefused, LeadTaken } from "@guanxi/contract/guanxi/customer/v1/lead_intake_events";
import { Opportunity } from "@guanxi/contract/guanxi/sales/v1/opportunity";
import { LeadConversionCompleted, LeadConversionRefused } from "@guanxi/contract/guanxi/sales/v1/lead_events";
import { OpportunityOpened } from "@guanxi/contract/guanxi/sales/v1/opportunity_events";
import type { At } from "@guanxi/kit/at";
import { find, lock, record } from "@guanxi/kit/store";
import { opportunities } from "../opportunities/opportunities.ts";
import { openOpportunity } from "../opportunities/opportunity.ts";
import { pipelineFor } from "../pipelines/pipelines.ts";
import { awaits, complete, putBack } from "./conversion.ts";
import type { LeadState } from "./lead-state.ts";
import { leads } from "./leads.ts";
import { present } from "./present.ts";

export const completeConversion = on(LeadTaken, async ({ leadIntake }, at) => {
  const lead = await awaitingLead(at, leadIntake);
  if (!lead) return;
  const now = nowAfter(lead, at);
  const completed = complete(lead, leadIntake!.customerId, now);
  await open(at, completed, now);
  record(at, leads, completed, LeadConversionCompleted);
});

export const refuseConversion = on(LeadRefused, async ({ leadIntake }, at) => {
  const lead = await awaitingLead(at, leadIntake);
  if (lead) record(at, leads, putBack(lead, leadIntake!.refusal, nowAfter(lead, at)), LeadConversionRefused);
});

async function awaitingLead(at: At, intake: LeadIntake | undefined): Promise<LeadState | undefined> {
  const [found] = await find(at, leads, [intake?.leadId ?? ""]);
  if (!found) return undefined;
  const lead = await lock(at, leads, found.leadId);
  return awaits(lead, intake!.leadIntakeId) ? lead : undefined;
}

/** An answer has the time of another clock, which may be behind. */
const nowAfter = ({ updateTime }: LeadState, { now }: At) => (now > updateTime ? now : updateTime);

async function open(at: At, lead: LeadState, now: Date): Promise<void> {
  const { opportunityId, opportunityName, customerId, pipelineId } = lead.conversion!;
  if (opportunityId === "") return;
  const { source, conversion } = present(lead);
  const { initiator } = at.cause;
  const userId = initiator?.kind === "user" ? initiator.id : "";
  const sent = Opportunity.fromPartial({
    displayName: opportunityName,
    customerId,
    ownerId: lead.ownerId ?? "",
    amount: conversion?.amount,
    expectedCloseDate: conversion?.expectedCloseDate,
    source,
  });
  const pipeline = await pipelineFor(at, pipelineId);
  const setting = { now, today: at.today, userId, pipeline };
  const opened = openOpportunity(sent, { opportunityId, leadId: lead.leadId }, setting);
  record(at, opportunities, opened, OpportunityOpened);
}
