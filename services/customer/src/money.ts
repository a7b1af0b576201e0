// Amounts and quantities are whole millionths: exact, and a number to the database.
import type { Money } from "@guanxi/contract/google/type/money";

const MICROS = 1_000_000n;

export const moneyOf = (micros: bigint, currencyCode: string): Money => ({
  currencyCode,
  units: micros / MICROS,
  nanos: Number(micros % MICROS) * 1000,
});

/** What finer decimals an amount may have is of no account: sales refuses them. */
export const microsOfMoney = ({ units, nanos }: Money): bigint =>
  units * MICROS + BigInt(Math.trunc(nanos / 1000));

/** 12500000n -> "12.5" */
export function decimalOf(micros: bigint): string {
  const size = micros < 0n ? -micros : micros;
  const fraction = String(size % MICROS)
    .padStart(6, "0")
    .replace(/0+$/, "");
  return `${micros < 0n ? "-" : ""}${size / MICROS}${fraction && `.${fraction}`}`;
}
