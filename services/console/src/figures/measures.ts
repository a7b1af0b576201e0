// Which number of a row of sales is drawn.
import type { SalesFigure } from "@guanxi/client/gen/guanxi";
import { amountOf } from "../text/format.ts";
import type { FigureName } from "./figure-words.ts";
import type { Kind } from "./sheet.ts";

export interface Measure {
  name: FigureName;
  kind: Kind;
  of(row: SalesFigure): number;
}

export const MEASURES = {
  revenue: { name: "revenue", kind: "money", of: ({ netAmount }) => amountOf(netAmount ?? {}) },
  margin: { name: "margin", kind: "money", of: ({ marginAmount }) => amountOf(marginAmount ?? {}) },
  orders: { name: "order_count", kind: "count", of: ({ orderCount }) => orderCount },
} satisfies Record<string, Measure>;

export type MeasureName = keyof typeof MEASURES;

/** The currency of most of the orders, since amounts of two are never added. */
export function mainCurrency(rows: readonly SalesFigure[]): string {
  const counts = new Map<string, number>();
  for (const { currencyCode, orderCount } of rows)
    counts.set(currencyCode, (counts.get(currencyCode) ?? 0) + orderCount);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? "CNY";
}
