// Amounts that somebody sends: an amount of money with its currency, or none.
import type { Money } from "@guanxi/contract/google/type/money";
import type { Violation } from "@guanxi/kit/refuse";
import { moneyOf } from "@guanxi/kit/micros";
import { readMicros } from "./money.ts";

const CURRENCIES = new Set(Intl.supportedValuesOf("currency"));

export const isCurrency = (code: string) => CURRENCIES.has(code);

/** Of what `amountViolations` has let through. */
export const sentMicros = (money: Money | undefined): bigint | null => {
  const micros = money && readMicros(money);
  return typeof micros === "bigint" ? micros : null;
};

export const moneyOrNone = (micros: bigint | null, currencyCode: string | null): Money | undefined =>
  micros === null || currencyCode === null ? undefined : moneyOf(micros, currencyCode);

/** Not negative, in a currency that there is, and in that of something else where `currencyCode` says so. */
export function amountViolations(
  field: string,
  money: Money | undefined,
  currencyCode = money?.currencyCode,
): Violation[] {
  const [description, reason] = (money && problemOf(money, currencyCode ?? "")) ?? [];
  return description === undefined ? [] : [{ field, description, reason: reason ?? "INVALID_AMOUNT" }];
}

function problemOf(money: Money, wanted: string): [description: string, reason: string] | undefined {
  if (!isCurrency(money.currencyCode)) return ["needs a currency of ISO 4217, as in CNY", "UNKNOWN_CURRENCY"];
  if (money.currencyCode !== wanted) return [`must be in ${wanted}`, "CURRENCY_MISMATCH"];
  const micros = readMicros(money);
  if (typeof micros === "string") return [micros, "INVALID_AMOUNT"];
  return micros < 0n ? ["must not be negative", "INVALID_AMOUNT"] : undefined;
}
