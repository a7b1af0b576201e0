import { Opportunity } from "@guanxi/contract/guanxi/sales/v1/opportunity";
import { OpportunityOpened } from "@guanxi/contract/guanxi/sales/v1/opportunity_events";
import type { CreateOpportunityRequest } from "@guanxi/contract/guanxi/sales/v1/opportunity_service";
import { command } from "@guanxi/kit/handler";
import { record } from "@guanxi/kit/store";
import { openOpportunity } from "../opportunity.ts";
import { opportunities, requireFree, requireKnown } from "../opportunities.ts";
import { present } from "../present.ts";
import { settingFor } from "../setting.ts";

export const createOpportunity = command<CreateOpportunityRequest, Opportunity>(async (request, at) => {
  const sent = Opportunity.fromPartial(request.opportunity ?? {});
  const setting = await settingFor(at, sent.pipelineId);
  const opportunity = openOpportunity(sent, { opportunityId: at.newId() }, setting);
  await Promise.all([requireKnown(at, opportunity), requireFree(at, opportunity)]);
  return present(record(at, opportunities, opportunity, OpportunityOpened));
});
