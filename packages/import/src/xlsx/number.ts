/** How the cells of a style show a number, as far as it says what the number is. */
export interface NumberStyle {
  readonly hasDay: boolean;
  readonly hasClock: boolean;
  /** Digits that are always shown: article 007. */
  readonly digits: number;
}

export const PLAIN_STYLE: NumberStyle = { hasDay: false, hasClock: false, digits: 0 };
const DAY_MS = 86_400_000;

const between = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);
const DAYS = new Set([...between(14, 17), 22, ...between(27, 31), 36, ...between(50, 58)]);
const CLOCKS = new Set([...between(18, 22), ...between(32, 35), ...between(45, 47)]);

/** Of the formats that have a number and no text: those of dates, in Chinese, Japanese and Korean too. */
export const numberedStyle = (id: number): NumberStyle => ({
  hasDay: DAYS.has(id),
  hasClock: CLOCKS.has(id),
  digits: 0,
});

/** Of a format's text, as in yyyy"年"m"月"d"日";@ */
export function styleOf(code: string): NumberStyle {
  const signs = code
    .replaceAll(/"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]|am\/pm|a\/p/gi, "")
    .split(";", 1)[0];
  if (signs === undefined || /general/i.test(signs)) return PLAIN_STYLE;
  if (/^0+$/.test(signs)) return { ...PLAIN_STYLE, digits: signs.length };
  const hasClock = /[hs]/i.test(signs);
  return { hasDay: /[yd]/i.test(signs) || (/m/i.test(signs) && !hasClock), hasClock, digits: 0 };
}

/** A number as a text: a day where it is one, else its digits, never with an exponent that hides them. */
export function numberText(written: string, style: NumberStyle, from1904: boolean): string {
  const value = Number(written);
  if (written.trim() === "" || !Number.isFinite(value)) return written;
  if ((style.hasDay || style.hasClock) && value >= 0 && value < 2_958_466)
    return stampText(value, style, from1904);
  const digits = plainDigits(written, value);
  return style.digits > 0 && /^\d+$/.test(digits) ? digits.padStart(style.digits, "0") : digits;
}

/** A spreadsheet keeps fifteen digits: 2.9500000000000002 is its 2.95. What has lost digits stays as it is. */
function plainDigits(written: string, value: number): string {
  if (/^-?\d+$/.test(written) || Math.abs(value) >= 1e15) return written;
  const text = String(Number(value.toPrecision(15)));
  return text.includes("e")
    ? Number(text)
        .toFixed(20)
        .replace(/\.?0+$/, "")
    : text;
}

function stampText(serial: number, { hasDay, hasClock }: NumberStyle, from1904: boolean): string {
  const moment = Math.round(serial * DAY_MS);
  const clock = clockText(moment % DAY_MS);
  if (!hasDay && moment < DAY_MS) return clock;
  if (!hasDay && hasClock && serial < 366) return elapsedText(moment);
  const day = dayText(Math.floor(moment / DAY_MS), from1904);
  return moment % DAY_MS === 0 && !hasClock ? day : `${day} ${clock}`;
}

/** Excel counts a 29 February 1900 that never was, so that days before it are one further on. */
function dayText(days: number, from1904: boolean): string {
  if (!from1904 && days === 60) return "1900-02-29";
  const first = from1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, days < 60 ? 31 : 30);
  return new Date(first + days * DAY_MS).toISOString().slice(0, 10);
}

const clockText = (moment: number) =>
  new Date(moment)
    .toISOString()
    .slice(11, 23)
    .replace(/\.000$/, "");

/** 30:15:00, as [h]:mm:ss shows hours of more than a day. */
function elapsedText(moment: number): string {
  const hours = Math.floor(moment / 3_600_000);
  return `${hours}${clockText(moment).slice(2)}`;
}
