import type { Competitor } from "@guanxi/contract/guanxi/marketing/v1/competitor";
import type { GetCompetitorRequest } from "@guanxi/contract/guanxi/marketing/v1/competitor_service";
import { query } from "@guanxi/kit/handler";
import { get } from "@guanxi/kit/store";
import { presentCompetitor } from "../present.ts";
import { competitors } from "../competitors.ts";

export const getCompetitor = query<GetCompetitorRequest, Competitor>(async ({ competitorId }, at) =>
  presentCompetitor(await get(at, competitors, competitorId)),
);
