import type { MarketStudy } from "@guanxi/contract/guanxi/marketing/v1/market_study";
import type { GetMarketStudyRequest } from "@guanxi/contract/guanxi/marketing/v1/market_study_service";
import { query } from "@guanxi/kit/handler";
import { get } from "@guanxi/kit/store";
import { presentStudy } from "../present.ts";
import { studies } from "../studies.ts";

export const getMarketStudy = query<GetMarketStudyRequest, MarketStudy>(async ({ studyId }, at) =>
  presentStudy(await get(at, studies, studyId)),
);
