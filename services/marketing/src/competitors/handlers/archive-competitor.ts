import type { Competitor } from "@guanxi/contract/guanxi/marketing/v1/competitor";
import { CompetitorArchived } from "@guanxi/contract/guanxi/marketing/v1/competitor_events";
import type { ArchiveCompetitorRequest } from "@guanxi/contract/guanxi/marketing/v1/competitor_service";
import { matchEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { lock, record } from "@guanxi/kit/store";
import { archive } from "../competitor.ts";
import { presentCompetitor } from "../present.ts";
import { competitors } from "../competitors.ts";

export const archiveCompetitor = command<ArchiveCompetitorRequest, Competitor>(async (request, at) => {
  const before = await lock(at, competitors, request.competitorId);
  matchEtag(before, request.etag);
  const after = archive(before, at.now);
  return presentCompetitor(after === before ? before : record(at, competitors, after, CompetitorArchived));
});
