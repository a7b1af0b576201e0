// Amounts that somebody sends: not negative, and in a currency that there is.
import type { Money } from "@guanxi/contract/google/type/money";
import { MICROS, microsOf } from "@guanxi/kit/micros";
import type { Violation } from "@guanxi/kit/refuse";

const CURRENCIES = new Set(Intl.supportedValuesOf("currency"));
/** Far below what the database holds, so that sums do not overflow unseen. */
const TOO_LARGE = 1_000_000_000_000n * MICROS;

export function amountViolations(field: string, money: Money | undefined): Violation[] {
  if (!money) return [];
  if (!CURRENCIES.has(money.currencyCode))
    return [{ field, description: "needs a currency of ISO 4217, as in CNY", reason: "UNKNOWN_CURRENCY" }];
  const description = problemOf(money);
  return description ? [{ field, description, reason: "INVALID_AMOUNT" }] : [];
}

function problemOf({ units, nanos }: Money): string | undefined {
  if (units < 0n || nanos < 0) return "must not be negative";
  if (nanos > 999_999_999 || nanos % 1000 !== 0) return "must have at most six decimals";
  return units * MICROS >= TOO_LARGE ? "must be below a trillion" : undefined;
}

/** Of what has been held against its rules. */
export const sentMicros = (money: Money | undefined): bigint | null => (money ? microsOf(money) : null);
