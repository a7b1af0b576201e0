import type { MarketStudy } from "@guanxi/contract/guanxi/marketing/v1/market_study";
import { MarketStudyReopened } from "@guanxi/contract/guanxi/marketing/v1/market_study_events";
import type { ReopenMarketStudyRequest } from "@guanxi/contract/guanxi/marketing/v1/market_study_service";
import { matchEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { lock, record } from "@guanxi/kit/store";
import { reopen } from "../study.ts";
import { presentStudy } from "../present.ts";
import { studies } from "../studies.ts";

export const reopenMarketStudy = command<ReopenMarketStudyRequest, MarketStudy>(async (request, at) => {
  const before = await lock(at, studies, request.studyId);
  matchEtag(before, request.etag);
  const after = reopen(before, at.now);
  return presentStudy(after === before ? before : record(at, studies, after, MarketStudyReopened));
});
