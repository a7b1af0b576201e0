// What is known of a competitor, and how it changes.
import type { Competitor, CompetitorProduct } from "@guanxi/contract/guanxi/marketing/v1/competitor";
import { decimalOf, microsOf } from "@guanxi/kit/micros";
import { amountViolations } from "../amounts.ts";
import { refuseAny, sentDay } from "../dates.ts";
import type { CompetitorState, StoredProduct } from "./competitor-state.ts";

export const create = (sent: Competitor, competitorId: string, now: Date): CompetitorState => ({
  competitorId,
  ...particulars(sent),
  state: "ACTIVE",
  createTime: now,
  updateTime: now,
  version: 0,
});

export const change = (before: CompetitorState, sent: Competitor, now: Date): CompetitorState => ({
  ...before,
  ...particulars(sent),
  updateTime: now,
});

export const archive = (before: CompetitorState, now: Date): CompetitorState =>
  before.state === "ARCHIVED" ? before : { ...before, state: "ARCHIVED", updateTime: now };

function particulars({ name, website, strengths, weaknesses, products, note }: Competitor) {
  refuseAny(
    products.flatMap(({ price }, index) => amountViolations(`competitor.products[${index}].price`, price)),
  );
  return {
    name,
    website,
    strengths: [...strengths],
    weaknesses: [...weaknesses],
    products: products.map(storedProduct),
    note,
  };
}

const storedProduct = ({ name, price, priceDate, productId }: CompetitorProduct): StoredProduct => ({
  name,
  price: price ? decimalOf(microsOf(price)) : null,
  currencyCode: price?.currencyCode ?? null,
  priceDate: sentDay(priceDate),
  productId: productId.toLowerCase() || null,
});
