import { isDeepStrictEqual } from "node:util";
import { MarketStudy } from "@guanxi/contract/guanxi/marketing/v1/market_study";
import { MarketStudyChanged } from "@guanxi/contract/guanxi/marketing/v1/market_study_events";
import type { UpdateMarketStudyRequest } from "@guanxi/contract/guanxi/marketing/v1/market_study_service";
import { requireEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { merge } from "@guanxi/kit/merge";
import { lock, record } from "@guanxi/kit/store";
import { change } from "../study.ts";
import { presentStudy } from "../present.ts";
import { requireCompetitors } from "../require-competitors.ts";
import { studies } from "../studies.ts";

export const updateMarketStudy = command<UpdateMarketStudyRequest, MarketStudy>(async (request, at) => {
  const { marketStudy: sent, etag, updateMask } = request;
  const before = await lock(at, studies, sent?.studyId ?? "");
  requireEtag(before, etag);
  const kept = at.check(
    MarketStudy,
    merge(MarketStudy, presentStudy(before), sent, updateMask),
    "market_study",
  );
  await requireCompetitors(at, kept);
  const after = change(before, kept, at.now);
  if (isDeepStrictEqual({ ...after, updateTime: before.updateTime }, before)) return presentStudy(before);
  return presentStudy(record(at, studies, after, MarketStudyChanged));
});
