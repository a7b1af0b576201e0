import { Competitor } from "@guanxi/contract/guanxi/marketing/v1/competitor";
import { CompetitorCreated } from "@guanxi/contract/guanxi/marketing/v1/competitor_events";
import type { CreateCompetitorRequest } from "@guanxi/contract/guanxi/marketing/v1/competitor_service";
import { command } from "@guanxi/kit/handler";
import { record } from "@guanxi/kit/store";
import { create } from "../competitor.ts";
import { presentCompetitor } from "../present.ts";
import { competitors } from "../competitors.ts";

export const createCompetitor = command<CreateCompetitorRequest, Competitor>(async (request, at) => {
  const sent = Competitor.fromPartial(request.competitor ?? {});
  return presentCompetitor(record(at, competitors, create(sent, at.newId(), at.now), CompetitorCreated));
});
