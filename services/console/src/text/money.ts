import type { Money } from "./format.ts";

/** What somebody typed, exactly: a number would lose the cents of large amounts. Undefined of nothing. */
export function moneyOf(
  typed: string | number | null | undefined,
  currencyCode: string,
): Required<Money> | undefined {
  const text = String(typed ?? "").trim();
  const found = /^(-?)(\d+)(?:\.(\d{0,9})\d*)?$/.exec(text);
  if (!found) return undefined;
  const [, sign = "", units = "0", decimals = ""] = found;
  const nanos = Number(`${sign}${decimals.padEnd(9, "0")}`);
  const whole = units.replace(/^0+(?=\d)/, "");
  return { currencyCode, units: whole === "0" ? "0" : `${sign}${whole}`, nanos: nanos === 0 ? 0 : nanos };
}

/** As it is typed: 1234.5 */
export function typedOf(money: Money | undefined): string {
  if (!money) return "";
  const { units = "0", nanos = 0 } = money;
  const decimals = String(Math.abs(nanos)).padStart(9, "0").replace(/0+$/, "");
  const sign = nanos < 0 && !units.startsWith("-") ? "-" : "";
  return `${sign}${units}${decimals && `.${decimals}`}`;
}

/** For sums that are shown short; what counts to the cent stays text. */
export const numberOf = (money: Money): number => Number(typedOf(money));
