import type {
  CompetitorStanding,
  GetCompetitorStandingRequest,
} from "@guanxi/contract/guanxi/marketing/v1/competitor_service";
import { query } from "@guanxi/kit/handler";
import { moneyOf } from "@guanxi/kit/micros";
import { get } from "@guanxi/kit/store";
import { daysAsked } from "../../dates.ts";
import { competitors } from "../competitors.ts";
import { type DealSum, dealSums } from "../deals.ts";

export const getCompetitorStanding = query<GetCompetitorStandingRequest, CompetitorStanding>(
  async ({ competitorId, fromDate, toDate }, at) => {
    const [sums] = await Promise.all([
      dealSums(at, competitorId, daysAsked(fromDate, toDate)),
      get(at, competitors, competitorId),
    ]);
    const count = (outcome: DealSum["outcome"]) =>
      sums.filter((sum) => sum.outcome === outcome).reduce((all, sum) => all + sum.count, 0);
    const [open, won, lost] = [count("OPEN"), count("WON"), count("LOST")];
    return {
      competitorId,
      open: BigInt(open),
      won: BigInt(won),
      lost: BigInt(lost),
      winRate: won + lost === 0 ? undefined : won / (won + lost),
      amounts: amountsOf(sums),
    };
  },
);

function amountsOf(sums: readonly DealSum[]) {
  const currencies = [...new Set(sums.flatMap(({ currencyCode }) => currencyCode ?? []))].sort();
  const amount = (currency: string, outcome: DealSum["outcome"]) =>
    sums.find((sum) => sum.currencyCode === currency && sum.outcome === outcome)?.amount ?? 0n;
  return currencies.map((currency) => ({
    won: moneyOf(amount(currency, "WON"), currency),
    lost: moneyOf(amount(currency, "LOST"), currency),
  }));
}
