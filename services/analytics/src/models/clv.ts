// Customer lifetime value: what the purchases to come will bring, discounted to the cut-off.
//
// E[M] · Σ over t = 1 … H of (E[Y(t)] − E[Y(t−1)])/(1+d)^t, in weeks. E[M] of a customer who bought once is the population's
// mean: the value of the one purchase tells the model nothing, however large (R030), and that they are certainly alive, by
// BG/NBD, still leaves them the few purchases of those who bought once.
import { expectedValue, type ValueFit } from "./gamma-gamma.ts";
import type { History, PurchaseModel } from "./purchase-model.ts";

export interface Horizon {
  readonly weeks: number;
  /** By which money that comes a year later is worth less, as 0.15. */
  readonly yearlyRate: number;
}

export interface Purchaser extends History {
  /** z̄, of any use where x is above 0. */
  readonly meanValue: number;
  /** 1 for a value in revenue; margin over revenue for one in margin, below 0 where the customer costs money. */
  readonly share: number;
}

export interface Value {
  readonly alive: number;
  /** Purchases within the horizon, not discounted. */
  readonly purchases: number;
  /** What one of them brings. */
  readonly purchaseValue: number;
  readonly clv: number;
}

const WEEKS_PER_YEAR = 52;

/** Compounded: 52 of them make the yearly rate. */
export const weeklyRate = (yearlyRate: number): number => Math.expm1(Math.log1p(yearlyRate) / WEEKS_PER_YEAR);

/**
 * Weekly steps: four-weekly ones make every value 0.4 % less, and a million customers take 2 s by weeks and half a second by
 * four. The sum of the steps is found once for each (x, T) there is, some ten thousand, and not for each customer: when the
 * last purchase was says only how likely the customer is still alive.
 */
export function clvBy(
  model: PurchaseModel,
  values: Pick<ValueFit, "parameters" | "populationMean">,
  horizon: Horizon,
): (customer: Purchaser) => Value {
  const ifAlive = purchasesToCome(model, horizon);
  return ({ x, tx, T, meanValue, share }) => {
    const alive = model.alive(x, tx, T);
    const { purchases, discounted } = ifAlive(x, T);
    const purchaseValue = share * expectedValue(values, x, meanValue);
    return { alive, purchases: alive * purchases, purchaseValue, clv: alive * discounted * purchaseValue };
  };
}

interface ToCome {
  readonly purchases: number;
  readonly discounted: number;
}

function purchasesToCome(
  model: PurchaseModel,
  { weeks, yearlyRate }: Horizon,
): (x: number, T: number) => ToCome {
  if (!(Number.isInteger(weeks) && weeks > 0))
    throw new RangeError("The horizon is a whole number of weeks above 0.");
  if (!(yearlyRate > -1)) throw new RangeError("The yearly rate is a number above −1, as 0.15.");
  const perWeek = 1 / (1 + weeklyRate(yearlyRate));
  const known = new Map<number, Map<number, ToCome>>();
  return (x, T) => {
    const ofX = known.get(x) ?? new Map<number, ToCome>();
    known.set(x, ofX);
    const found = ofX.get(T) ?? discountedSum(model, x, T, weeks, perWeek);
    ofX.set(T, found);
    return found;
  };
}

function discountedSum(model: PurchaseModel, x: number, T: number, weeks: number, perWeek: number): ToCome {
  let [before, discounted, factor] = [0, 0, 1];
  for (let week = 1; week <= weeks; week++) {
    const purchases = model.purchasesIfAlive(x, T, week);
    factor *= perWeek;
    discounted += (purchases - before) * factor;
    before = purchases;
  }
  return { purchases: before, discounted };
}
