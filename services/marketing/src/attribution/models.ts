// How one sale is shared among the touches before it. Shares are whole millionths and add up to one, whatever the model.
import type { AttributionModel } from "@guanxi/contract/guanxi/marketing/v1/attribution_service";
import type { NameOf } from "@guanxi/kit/enum-names";
import { MICROS } from "@guanxi/kit/micros";

export type Model = NameOf<typeof AttributionModel>;

const HALF_LIFE_MS = 7 * 86_400_000;
const WEIGHT = 1e12;

/** One share for each touch: `ages` are milliseconds before the sale, the oldest touch first. */
export function sharesOf(model: Model, ages: readonly number[]): bigint[] {
  if (ages.length === 0) return [];
  return split(MICROS, WEIGHTS[model](ages));
}

const WEIGHTS = {
  FIRST_TOUCH: (ages: readonly number[]) => ages.map((_, index) => (index === 0 ? 1n : 0n)),
  LAST_TOUCH: (ages: readonly number[]) => ages.map((_, index) => (index === ages.length - 1 ? 1n : 0n)),
  LINEAR: (ages: readonly number[]) => ages.map(() => 1n),
  /** By how much older each is than the newest: of touches that are all years old the powers would be nothing. */
  TIME_DECAY: (ages: readonly number[]) => {
    const newest = ages.at(-1)!;
    return ages.map((age) => BigInt(Math.round(WEIGHT * 2 ** ((newest - age) / HALF_LIFE_MS))));
  },
  POSITION: (ages: readonly number[]) => positions(ages.length),
} as const;

/** 40, 20 spread over the rest, 40. */
function positions(count: number): bigint[] {
  if (count <= 2) return Array<bigint>(count).fill(1n);
  const between = BigInt(count - 2);
  const end = 2n * between; // 40 : 20/between is 2 * between : 1
  return [end, ...Array<bigint>(count - 2).fill(1n), end];
}

/** An amount by weights, to the last millionth: what rounding leaves goes to those who lost most by it, the first of equals. */
export function split(amount: bigint, weights: readonly bigint[]): bigint[] {
  const sum = weights.reduce((all, weight) => all + weight, 0n);
  const size = amount < 0n ? -amount : amount;
  const parts = weights.map((weight, index) => ({
    index,
    part: (size * weight) / sum,
    rest: (size * weight) % sum,
  }));
  const left = Number(size - parts.reduce((all, { part }) => all + part, 0n));
  const byRest = parts.toSorted((a, b) => (a.rest === b.rest ? a.index - b.index : a.rest > b.rest ? -1 : 1));
  const raised = new Set(byRest.slice(0, left).map(({ index }) => index));
  return parts.map(({ index, part }) => (amount < 0n ? -1n : 1n) * (part + (raised.has(index) ? 1n : 0n)));
}
