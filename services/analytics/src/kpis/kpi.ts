import type { Kpi } from "@guanxi/contract/guanxi/analytics/v1/sales_figure_service";

interface Counted {
  readonly kpi: string;
  readonly numerator: number;
  readonly denominator: number;
  readonly definition: string;
}

/** A share, which has no value where there is nothing to take a share of. */
export const ratio = (counted: Counted, currencyCode = ""): Kpi => ({
  ...counted,
  value: counted.denominator === 0 ? undefined : counted.numerator / counted.denominator,
  unit: "ratio",
  currencyCode,
});

/** An amount for each of the denominator. */
export const amount = (counted: Counted, currencyCode: string): Kpi => ({
  ...ratio(counted, currencyCode),
  unit: currencyCode,
});

/** Exact up to nine thousand million of a currency's unit, as doubles are. */
export const units = (micros: bigint): number => Number(micros) / 1_000_000;
