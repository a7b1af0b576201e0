import { Source_Channel } from "@guanxi/contract/guanxi/customer/v1/customer";
import type {
  ChannelCost,
  GetChannelCostsRequest,
  GetChannelCostsResponse,
} from "@guanxi/contract/guanxi/marketing/v1/attribution_service";
import { namesOf } from "@guanxi/kit/enum-names";
import { query } from "@guanxi/kit/handler";
import { divide, moneyOf } from "@guanxi/kit/micros";
import { daysAsked } from "../../dates.ts";
import { customersByChannel, type SpentRow, spentByKind } from "../channels.ts";

export const getChannelCosts = query<GetChannelCostsRequest, GetChannelCostsResponse>(async (request, at) => {
  const days = daysAsked(request.fromDate, request.toDate);
  const [came, spent] = await Promise.all([customersByChannel(at, days), spentByKind(at, days)]);
  const channels = namesOf(Source_Channel).map((name) => {
    const channel = Source_Channel[name];
    const customers = came.get(channel) ?? 0;
    return costOf(
      channel,
      customers,
      spent.filter(({ kind }) => nameOfKind(kind) === name),
      at.currencyCode,
    );
  });
  return { channels: channels.filter(({ customers, campaigns }) => customers > 0n || campaigns > 0n) };
});

/** "Trade show" is TRADE_SHOW. */
const nameOfKind = (kind: string) =>
  kind
    .trim()
    .toUpperCase()
    .replaceAll(/[\s-]+/g, "_");

function costOf(
  channel: Source_Channel,
  came: number,
  spent: readonly SpentRow[],
  currencyCode: string,
): ChannelCost {
  const ours = spent.filter((row) => row.currencyCode === currencyCode);
  const cost = ours.reduce((all, row) => all + row.cost, 0n);
  return {
    channel,
    customers: BigInt(came),
    campaigns: BigInt(spent.reduce((all, { count }) => all + count, 0)),
    cost: moneyOf(cost, currencyCode),
    costPerCustomer: came === 0 ? undefined : moneyOf(divide(cost, BigInt(came)), currencyCode),
  };
}
