import type { Lead } from "@guanxi/contract/guanxi/sales/v1/lead";
import type { GetLeadRequest } from "@guanxi/contract/guanxi/sales/v1/lead_service";
import { query } from "@guanxi/kit/handler";
import { get } from "@guanxi/kit/store";
import { leads } from "../leads.ts";
import { present } from "../present.ts";

export const getLead = query<GetLeadRequest, Lead>(async ({ leadId }, at) =>
  present(await get(at, leads, leadId)),
);
