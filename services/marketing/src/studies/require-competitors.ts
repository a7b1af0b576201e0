import type { MarketStudy } from "@guanxi/contract/guanxi/marketing/v1/market_study";
import type { At } from "@guanxi/kit/at";
import { refuse } from "@guanxi/kit/refuse";
import { find } from "@guanxi/kit/store";
import { competitors } from "../competitors/competitors.ts";

export async function requireCompetitors(at: At, { competitorIds }: MarketStudy): Promise<void> {
  const ids = competitorIds.map((id) => id.toLowerCase());
  const known = new Set((await find(at, competitors, ids)).map(({ competitorId }) => competitorId));
  const missing = ids.filter((id) => !known.has(id));
  if (missing.length === 0) return;
  throw refuse("invalid", "UNKNOWN_COMPETITOR", `There is no competitor ${missing.join(", ")} here.`, [
    {
      field: "market_study.competitor_ids",
      description: "names somebody who is not here",
      reason: "UNKNOWN_COMPETITOR",
    },
  ]);
}
