import { Lead } from "@guanxi/contract/guanxi/sales/v1/lead";
import { LeadCreated } from "@guanxi/contract/guanxi/sales/v1/lead_events";
import type { CreateLeadRequest } from "@guanxi/contract/guanxi/sales/v1/lead_service";
import { command } from "@guanxi/kit/handler";
import { record } from "@guanxi/kit/store";
import { requireUser } from "@guanxi/kit/users";
import { take } from "../lead.ts";
import { leads } from "../leads.ts";
import { present } from "../present.ts";

export const createLead = command<CreateLeadRequest, Lead>(async (request, at) => {
  const sent = Lead.fromPartial(request.lead ?? {});
  const lead = take(sent, at.newId(), at);
  await requireUser(at, sent.ownerId, "lead.owner_id");
  return present(record(at, leads, lead, LeadCreated));
});
