// Amounts and quantities as whole millionths: exact, and a number to the database.
import type { Money } from "@guanxi/contract/google/type/money";

export const MICROS = 1_000_000n;

export const moneyOf = (micros: bigint, currencyCode: string): Money => ({
  currencyCode,
  units: micros / MICROS,
  nanos: Number(micros % MICROS) * 1000,
});

/** Of an amount that has been held against its rules: finer decimals are cut off. */
export const microsOf = ({ units, nanos }: Money): bigint =>
  units * MICROS + BigInt(Math.trunc(nanos / 1000));

/** "-1.5" is -1500000n. */
export function microsOfDecimal(text: string): bigint {
  const [, sign, whole = "0", fraction = ""] = /^(-?)(\d+)(?:\.(\d{1,6}))?$/.exec(text) ?? [];
  if (sign === undefined) throw new Error(`${text} is no decimal number with at most six decimals`);
  const micros = BigInt(whole + fraction.padEnd(6, "0"));
  return sign ? -micros : micros;
}

/** -1500000n is "-1.5". */
export function decimalOf(micros: bigint): string {
  const digits = String(micros < 0n ? -micros : micros).padStart(7, "0");
  const fraction = digits.slice(-6).replace(/0+$/, "");
  return `${micros < 0n ? "-" : ""}${digits.slice(0, -6)}${fraction && `.${fraction}`}`;
}

/** To the nearest whole number; halves away from zero, so that what is given back cancels what was bought. */
export function divide(dividend: bigint, divisor: bigint): bigint {
  const size = dividend < 0n ? -dividend : dividend;
  const rounded = (2n * size + divisor) / (2n * divisor);
  return dividend < 0n ? -rounded : rounded;
}
