import { isDeepStrictEqual } from "node:util";
import { Competitor } from "@guanxi/contract/guanxi/marketing/v1/competitor";
import { CompetitorChanged } from "@guanxi/contract/guanxi/marketing/v1/competitor_events";
import type { UpdateCompetitorRequest } from "@guanxi/contract/guanxi/marketing/v1/competitor_service";
import { requireEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { merge } from "@guanxi/kit/merge";
import { lock, record } from "@guanxi/kit/store";
import { change } from "../competitor.ts";
import { presentCompetitor } from "../present.ts";
import { competitors } from "../competitors.ts";

export const updateCompetitor = command<UpdateCompetitorRequest, Competitor>(async (request, at) => {
  const { competitor: sent, etag, updateMask } = request;
  const before = await lock(at, competitors, sent?.competitorId ?? "");
  requireEtag(before, etag);
  const kept = at.check(
    Competitor,
    merge(Competitor, presentCompetitor(before), sent, updateMask),
    "competitor",
  );
  const after = change(before, kept, at.now);
  if (isDeepStrictEqual({ ...after, updateTime: before.updateTime }, before))
    return presentCompetitor(before);
  return presentCompetitor(record(at, competitors, after, CompetitorChanged));
});
