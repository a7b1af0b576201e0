// The curves of scored customers: their histories out of the table, the models out of the runs that scored them.
import type { At } from "@guanxi/kit/at";
import { built, find } from "@guanxi/kit/store";
import type { BgNbd } from "../models/bg-nbd.ts";
import { bgNbd } from "../models/bg-nbd.ts";
import { type ParetoNbd, paretoNbd } from "../models/pareto-nbd.ts";
import type { PurchaseModel } from "../models/purchase-model.ts";
import { type Alike, type Curve, curveOf } from "../models/value-curve.ts";
import { parameters } from "../parameters.ts";
import { valueFields } from "./customer-values.ts";
import type { ValueRunState } from "./value-run.ts";
import { valueRuns } from "./value-runs.ts";

interface History extends Alike {
  readonly valueRunId: string;
  readonly currencyCode: string;
  readonly count: number;
}

export interface CurrencyCurve extends Curve {
  readonly currencyCode: string;
  readonly count: number;
}

export async function curvesOf(at: At, filter: string): Promise<CurrencyCurve[]> {
  const histories = await historiesOf(at, filter);
  const runs = await find(at, valueRuns, [...new Set(histories.map(({ valueRunId }) => valueRunId))]);
  const curves: CurrencyCurve[] = [];
  for (const [currencyCode, ofCurrency] of Map.groupBy(histories, (history) => history.currencyCode)) {
    const parts: Curve[] = [];
    for (const [runId, groups] of Map.groupBy(ofCurrency, ({ valueRunId }) => valueRunId)) {
      const run = runs.find(({ valueRunId }) => valueRunId === runId);
      if (run) parts.push(await curveBy(run, groups));
    }
    const count = ofCurrency.reduce((sum, history) => sum + history.count, 0);
    curves.push({ currencyCode, count, ...together(parts) });
  }
  return curves;
}

async function historiesOf(at: At, filter: string): Promise<History[]> {
  const { values, addFilter } = parameters();
  const where = ["not v.cleared", "v.clv_micros is not null", addFilter(filter, valueFields, "v", at)];
  const text = `
select v.value_run_id as "valueRunId", v.currency_code as "currencyCode", v.repeat_purchases as x, v.age_weeks as "T",
  count(*)::int as count, sum(v.probability_alive) as alive,
  sum(v.probability_alive * v.expected_purchase_value_micros / 1e6)::float8 as worth
from customer_values v where ${where.filter(Boolean).join(" and ")}
group by 1, 2, 3, 4 order by 2, 1, 3, 4`;
  return built<History>(at, { text, values });
}

const curveBy = (run: ValueRunState, groups: readonly Alike[]): Promise<Curve> =>
  curveOf(modelOf(run), { weeks: run.plan.horizonWeeks, yearlyRate: run.plan.yearlyDiscountRate }, groups);

/** As it was fitted: the parameters are kept to the last bit. */
function modelOf({ plan, findings }: ValueRunState): PurchaseModel {
  const fitted = findings?.parameters as unknown;
  return plan.purchaseModel === "BG_NBD" ? bgNbd(fitted as BgNbd) : paretoNbd(fitted as ParetoNbd);
}

function together(parts: readonly Curve[]): Curve {
  const weeks = Math.max(...parts.map(({ value }) => value.length));
  const sum = (column: keyof Curve) =>
    Float64Array.from({ length: weeks }, (_, week) =>
      parts.reduce((sum, part) => sum + part[column][Math.min(week, part[column].length - 1)]!, 0),
    );
  return { purchases: sum("purchases"), value: sum("value") };
}
