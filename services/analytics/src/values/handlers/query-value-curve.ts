import type {
  QueryValueCurveRequest,
  QueryValueCurveResponse,
  ValueCurve,
} from "@guanxi/contract/guanxi/analytics/v1/value_service";
import { query } from "@guanxi/kit/handler";
import { moneyOf } from "@guanxi/kit/micros";
import { type CurrencyCurve, curvesOf } from "../value-curves.ts";

export const queryValueCurve = query<QueryValueCurveRequest, QueryValueCurveResponse>(
  async ({ filter }, at) => ({ curves: (await curvesOf(at, filter)).map(present) }),
);

function present({ currencyCode, count, purchases, value }: CurrencyCurve): ValueCurve {
  const points = Array.from(value, (units, week) => ({
    week,
    expectedPurchases: purchases[week]!,
    clv: moneyOf(BigInt(Math.round(units * 1e6)), currencyCode),
  }));
  return { currencyCode, customerCount: count, points };
}
