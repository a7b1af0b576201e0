import { MarketStudy } from "@guanxi/contract/guanxi/marketing/v1/market_study";
import { MarketStudyCreated } from "@guanxi/contract/guanxi/marketing/v1/market_study_events";
import type { CreateMarketStudyRequest } from "@guanxi/contract/guanxi/marketing/v1/market_study_service";
import { command } from "@guanxi/kit/handler";
import { record } from "@guanxi/kit/store";
import { create } from "../study.ts";
import { presentStudy } from "../present.ts";
import { requireCompetitors } from "../require-competitors.ts";
import { studies } from "../studies.ts";

export const createMarketStudy = command<CreateMarketStudyRequest, MarketStudy>(async (request, at) => {
  const sent = MarketStudy.fromPartial(request.marketStudy ?? {});
  await requireCompetitors(at, sent);
  return presentStudy(record(at, studies, create(sent, at.newId(), at.now), MarketStudyCreated));
});
