// Amounts are whole millionths of a currency's unit: exact, and a number to the database.
import type { Money } from "@guanxi/contract/google/type/money";

const MICROS = 1_000_000n;
/** Far below what the database holds, so that a sum of lines that are each below it does not overflow unseen. */
const TOO_LARGE = 1_000_000_000_000n * MICROS;

export const moneyOf = (micros: bigint, currencyCode: string): Money => ({
  currencyCode,
  units: micros / MICROS,
  nanos: Number(micros % MICROS) * 1000,
});

/** The amount in millionths. A text says what is wrong with it. */
export function microsOf({ units, nanos }: Money): bigint | string {
  if (nanos % 1000 !== 0) return "must have at most six decimals";
  const disagree = (units > 0n && nanos < 0) || (units < 0n && nanos > 0);
  if (disagree || Math.abs(nanos) > 999_999_999)
    return "must have units and nanos of one sign, nanos below one";
  const micros = units * MICROS + BigInt(nanos / 1000);
  return isTooLarge(micros) ? tooLarge : micros;
}

export const tooLarge = "must be below a trillion";
export const isTooLarge = (micros: bigint) => micros >= TOO_LARGE || micros <= -TOO_LARGE;

/** To the nearest whole number; halves away from zero, so that what is given back cancels what was bought. */
export function divide(dividend: bigint, divisor: bigint): bigint {
  const size = dividend < 0n ? -dividend : dividend;
  const rounded = (2n * size + divisor) / (2n * divisor);
  return dividend < 0n ? -rounded : rounded;
}
