// What amounts may be, in whole millionths of a currency's unit.
import type { Money } from "@guanxi/contract/google/type/money";
import { MICROS, microsOf } from "@guanxi/kit/micros";

/** Far below what the database holds, so that a sum of lines that are each below it does not overflow unseen. */
const TOO_LARGE = 1_000_000_000_000n * MICROS;

/** The amount in millionths. A text says what is wrong with it. */
export function readMicros(money: Money): bigint | string {
  const { units, nanos } = money;
  if (nanos % 1000 !== 0) return "must have at most six decimals";
  const disagree = (units > 0n && nanos < 0) || (units < 0n && nanos > 0);
  if (disagree || Math.abs(nanos) > 999_999_999)
    return "must have units and nanos of one sign, nanos below one";
  const micros = microsOf(money);
  return isTooLarge(micros) ? tooLarge : micros;
}

export const tooLarge = "must be below a trillion";
export const isTooLarge = (micros: bigint) => micros >= TOO_LARGE || micros <= -TOO_LARGE;
