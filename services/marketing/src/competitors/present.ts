import {
  type Competitor,
  Competitor_State,
  type CompetitorProduct,
} from "@guanxi/contract/guanxi/marketing/v1/competitor";
import { dateOrNone } from "@guanxi/kit/days";
import { numberOf } from "@guanxi/kit/enum-names";
import { etagOf } from "@guanxi/kit/etag";
import { microsOfDecimal, moneyOf } from "@guanxi/kit/micros";
import type { CompetitorState, StoredProduct } from "./competitor-state.ts";

/** The whole public state, as events carry it. */
export const presentCompetitor = (competitor: CompetitorState): Competitor => ({
  competitorId: competitor.competitorId,
  name: competitor.name,
  website: competitor.website,
  strengths: [...competitor.strengths],
  weaknesses: [...competitor.weaknesses],
  products: competitor.products.map(presentProduct),
  note: competitor.note,
  state: numberOf(Competitor_State, competitor.state),
  createTime: competitor.createTime,
  updateTime: competitor.updateTime,
  etag: etagOf(competitor),
});

const presentProduct = ({
  name,
  price,
  currencyCode,
  priceDate,
  productId,
}: StoredProduct): CompetitorProduct => ({
  name,
  price: price === null ? undefined : moneyOf(microsOfDecimal(price), currencyCode ?? ""),
  priceDate: dateOrNone(priceDate),
  productId: productId ?? "",
});
