import { type DecimalSign, type Written, writtenNumber } from "./decimal.ts";
import { cellFault, type Parsed } from "./fault.ts";

export interface MoneyValue {
  readonly micros: bigint;
  /** What the cell says, else what was said of the column. */
  readonly currencyCode: string | undefined;
}

const DOLLARS = ["USD", "CAD", "AUD", "NZD", "SGD", "HKD", "TWD"];

/** Which currencies a sign may mean; the first alone if nothing was said and it is the only one. */
const SIGNS: Readonly<Record<string, readonly string[]>> = {
  "¥": ["CNY", "JPY"],
  元: ["CNY"],
  人民币: ["CNY"],
  RMB: ["CNY"],
  円: ["JPY"],
  $: DOLLARS,
  US$: ["USD"],
  HK$: ["HKD"],
  NT$: ["TWD"],
  "€": ["EUR"],
  "£": ["GBP"],
  "₩": ["KRW"],
  "₹": ["INR"],
};

const CODES = new Set(Intl.supportedValuesOf("currency"));
const MOST = 2n ** 63n - 1n; // what a bigint column holds

export function moneyIn(
  text: string,
  decimal: DecimalSign | undefined,
  said: string | undefined,
): Parsed<MoneyValue> {
  const written = writtenNumber(text, decimal);
  if ("fault" in written) return written;
  const currency = currencyIn(written.value.words, text, said);
  if ("fault" in currency) return currency;
  const micros = microsOf(written.value, text);
  return "fault" in micros ? micros : { value: { micros: micros.value, currencyCode: currency.value } };
}

function microsOf({ negative, digits, scale }: Written, text: string): Parsed<bigint> {
  if (scale > 6) return cellFault("TOO_MANY_DECIMALS", text, "has more than six decimals: round it.");
  if (digits.length > 30) return cellFault("NUMBER_TOO_BIG", text, "is too big.");
  const micros = BigInt(digits) * 10n ** BigInt(6 - scale);
  if (micros > MOST) return cellFault("NUMBER_TOO_BIG", text, "is too big.");
  return { value: negative ? -micros : micros };
}

function currencyIn(words: string, text: string, said: string | undefined): Parsed<string | undefined> {
  if (words === "") return { value: said };
  const word = words.toUpperCase();
  const meant = SIGNS[word] ?? (CODES.has(word) ? [word] : undefined);
  if (!meant) return cellFault("NOT_A_NUMBER", text, "is no amount of money.");
  if (said && meant.includes(said)) return { value: said };
  if (said) return cellFault("OTHER_CURRENCY", text, `is not in ${said}: convert it, or import it apart.`);
  if (meant.length === 1) return { value: meant[0] };
  return cellFault(
    "CURRENCY_AMBIGUOUS",
    text,
    `may be ${meant.join(" or ")}: say the currency of the column.`,
  );
}
