import { cellFault, type Parsed } from "./fault.ts";

/** A number as it was written: its digits, of which `scale` are decimals, and what stood around it. */
export interface Written {
  readonly negative: boolean;
  readonly digits: string;
  readonly scale: number;
  /** The words before and after it, without sign and unit: a currency, if it is money. */
  readonly words: string;
}

export type DecimalSign = "." | ",";

const NUMBER = /^([^\d.,]*)((?:\d[\d.,' ]*\d|\d)[.,]?|[.,]\d+)(?:e([+-]?\d{1,2}))?([^\d]*)$/i;
const LONGEST = 100;
const UNITS: Readonly<Record<string, number>> = { 万: 4, 萬: 4, 亿: 8, 億: 8 };

/** As a person or a program writes it: 1,234.50 · 1.234,50 · 1 234,50 · (5) · 5- · 1.2万. */
export function writtenNumber(text: string, decimal: DecimalSign | undefined): Parsed<Written> {
  const { before, body, exponent, after } = split(text);
  const around = body === "" ? undefined : signOf(before, after);
  if (!around) return noNumber(text);
  const sign = signIn(body, decimal);
  if (sign === "ambiguous") return ambiguous(text);
  const [whole = "", fraction = "", ...more] = sign ? body.split(sign) : [body];
  if (more.length > 0 || !isGrouped(whole) || /\D/.test(fraction)) return noNumber(text);
  const digits = whole.replaceAll(/\D/g, "") + fraction;
  return { value: { ...around, ...shifted(digits, fraction.length - exponent - around.shift) } };
}

/** A number, empty if there is none, and what stands around it. */
function split(text: string): { before: string; body: string; exponent: number; after: string } {
  const parts = text.length > LONGEST ? null : NUMBER.exec(simple(text));
  const [, before = "", body = "", exponent = "0", after = ""] = parts ?? [];
  return { before, body, exponent: Number(exponent), after };
}

/** Full-width signs, the many blanks and apostrophes that group digits, and the true minus, as plain ones. */
const simple = (text: string) =>
  text.normalize("NFKC").trim().replaceAll(/[−–]/g, "-").replaceAll("’", "'").replaceAll(/\s/g, " ");

/** Undefined: the signs around the number make no sense. */
function signOf(
  before: string,
  after: string,
): { negative: boolean; words: string; shift: number } | undefined {
  const signs = (before + after).replaceAll(/[^-+()]/g, "");
  if (!/^([-+]?|\(\))$/.test(signs)) return undefined;
  const rest = (text: string) => text.replaceAll(/[-+()\s]/g, "");
  const tail = rest(after);
  const shift = UNITS[tail.charAt(0)] ?? 0;
  const words = rest(before) + (shift > 0 ? tail.slice(1) : tail);
  return { negative: signs === "-" || signs === "()", words, shift };
}

/** Which of its signs parts the decimals; undefined if none does. */
function signIn(body: string, said: DecimalSign | undefined): DecimalSign | "ambiguous" | undefined {
  // A number that is written otherwise than its column is said to be does not group then, and is refused.
  if (said) return body.includes(said) ? said : undefined;
  const { parts, sure } = signs(body);
  // 1,234 is a thousand here and a bit more than one there; before 1.234 programs mean decimals.
  return parts === "," && !sure ? "ambiguous" : parts;
}

/** Which sign parts the decimals of this number, if one does, and which does in numbers like it, if that is sure. */
function signs(body: string): { parts: DecimalSign | undefined; sure: DecimalSign | undefined } {
  const last = /[.,](?=[^.,]*$)/.exec(body)?.[0] as DecimalSign | undefined;
  if (!last) return { parts: undefined, sure: undefined };
  const other = last === "." ? "," : ".";
  if (body.includes(other)) return { parts: last, sure: last };
  if (body.indexOf(last) < body.lastIndexOf(last)) return { parts: undefined, sure: other };
  return { parts: last, sure: /^[1-9]\d{0,2}[.,]\d{3}$/.test(body) ? undefined : last };
}

/** 1,234,567 and 12,34,567 (as India groups) and 1234567, but not 1,23. */
const isGrouped = (whole: string) =>
  /^\d*$|^\d{1,3}([., '])\d{3}(\1\d{3})*$|^\d{1,2}(,\d\d)*,\d{3}$/.test(whole);

function shifted(digits: string, scale: number): { digits: string; scale: number } {
  const padded = scale < 0 ? digits + "0".repeat(-scale) : digits.padStart(scale + 1, "0");
  const places = Math.max(scale, 0);
  const fraction = padded.slice(padded.length - places).replace(/0+$/, "");
  const whole = padded.slice(0, padded.length - places).replace(/^0+(?=\d)/, "");
  return { digits: whole + fraction, scale: fraction.length };
}

/** As programs take it: -1234.5 */
export function plainDecimal({ negative, digits, scale }: Written): string {
  const whole = digits.slice(0, digits.length - scale);
  const text = scale > 0 ? `${whole}.${digits.slice(digits.length - scale)}` : whole;
  return negative && text !== "0" ? `-${text}` : text;
}

/** Which sign a number shows to part decimals, if it shows it beyond doubt. */
export const decimalShown = (text: string): DecimalSign | undefined => signs(split(text).body).sure;

const noNumber = (text: string) => cellFault("NOT_A_NUMBER", text, "is no number.");

const ambiguous = (text: string) =>
  cellFault(
    "NUMBER_AMBIGUOUS",
    text,
    "may be thousands or decimals: say which sign the file has before decimals.",
  );
