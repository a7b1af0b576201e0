// How the value of many customers builds up, week by week: the sums of which a customer lifetime value is the last one.
import { setImmediate as breathe } from "node:timers/promises";
import { type Horizon, weeklyRate } from "./clv.ts";
import type { PurchaseModel } from "./purchase-model.ts";

/** Customers of one history, whose purchases to come are alike but for being alive and for what one of them brings. */
export interface Alike {
  /** Repeat purchases. */
  readonly x: number;
  /** Weeks from the first purchase to the cut-off. */
  readonly T: number;
  /** Sum of the probabilities of being alive. */
  readonly alive: number;
  /** Sum of these times what one purchase brings. */
  readonly worth: number;
}

/** By week, from the cut-off, 0, to the horizon. */
export interface Curve {
  readonly purchases: Float64Array;
  readonly value: Float64Array;
}

/** A thousand customers have about as many histories; a million, some ten thousand, which take two seconds. */
const AT_ONCE = 100;

export async function curveOf(
  model: PurchaseModel,
  { weeks, yearlyRate }: Horizon,
  groups: readonly Alike[],
): Promise<Curve> {
  const curve = { purchases: new Float64Array(weeks + 1), value: new Float64Array(weeks + 1) };
  const perWeek = 1 / (1 + weeklyRate(yearlyRate));
  for (const [place, group] of groups.entries()) {
    if (place % AT_ONCE === AT_ONCE - 1) await breathe();
    add(curve, model, group, perWeek);
  }
  return curve;
}

function add(
  { purchases, value }: Curve,
  model: PurchaseModel,
  { x, T, alive, worth }: Alike,
  perWeek: number,
): void {
  let [before, discounted, factor] = [0, 0, 1];
  for (let week = 1; week < value.length; week++) {
    const ifAlive = model.purchasesIfAlive(x, T, week);
    factor *= perWeek;
    discounted += (ifAlive - before) * factor;
    before = ifAlive;
    purchases[week]! += alive * ifAlive;
    value[week]! += worth * discounted;
  }
}
