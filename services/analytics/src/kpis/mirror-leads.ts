import { mirror } from "@guanxi/bus/reaction";
import { Lead, Lead_Status } from "@guanxi/contract/guanxi/sales/v1/lead";
import { nameOf } from "@guanxi/kit/enum-names";
import { dayOf } from "@guanxi/kit/days";
import { type LeadFact, leadFacts } from "./lead-facts.ts";

export const mirrorLeads = mirror(
  Lead,
  leadFacts,
  ({ leadId, createDate, status }, { version }): LeadFact => {
    if (!createDate) throw new Error(`the lead ${leadId} has no day of creation`);
    return { leadId, createDate: dayOf(createDate), status: nameOf(Lead_Status, status) ?? "", version };
  },
);
