import type { Opportunity } from "@guanxi/contract/guanxi/sales/v1/opportunity";
import { OpportunityLost } from "@guanxi/contract/guanxi/sales/v1/opportunity_events";
import type { LoseOpportunityRequest } from "@guanxi/contract/guanxi/sales/v1/opportunity_service";
import { matchEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { lock, record } from "@guanxi/kit/store";
import { dayOrNone } from "../particulars.ts";
import { lose } from "../opportunity.ts";
import { opportunities } from "../opportunities.ts";
import { present } from "../present.ts";
import { settingFor } from "../setting.ts";

export const loseOpportunity = command<LoseOpportunityRequest, Opportunity>(async (request, at) => {
  const before = await lock(at, opportunities, request.opportunityId);
  matchEtag(before, request.etag);
  const setting = await settingFor(at, before.pipelineId);
  const after = lose(before, { ...request, closeDate: dayOrNone(request.closeDate, "close_date") }, setting);
  if (after === before) return present(before);
  return present(record(at, opportunities, after, OpportunityLost));
});
