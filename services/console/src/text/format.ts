// Numbers, money, times and names as each language writes them.
import dayjs from "dayjs";
import { type Language } from "./language.ts";
import { useLanguage } from "./texts.ts";

const LOCALES: Record<Language, string> = { zh: "zh-CN", en: "en" };

/** google.type.Money as JSON has it. */
export interface Money {
  currencyCode?: string;
  units?: string;
  nanos?: number;
}

export const amountOf = ({ units = "0", nanos = 0 }: Money): number => Number(units) + nanos / 1e9;

export interface Format {
  /** ¥1,234.50; for rows and forms, where each cent counts. */
  money(money: Money | undefined): string;
  /** ¥123.4万, $1.2M; for sums that one takes in at a glance. */
  shortMoney(amount: number, currencyCode: string): string;
  number(value: number | string | undefined, digits?: number): string;
  shortNumber(value: number): string;
  /** 0.6342 is 63.4 %. */
  percent(ratio: number | undefined, digits?: number): string;
  date(time: string | Date | undefined): string;
  time(time: string | Date | undefined): string;
  /** With the day of the week, for the head of a page. */
  day(time: Date): string;
  /** 3 天前, in 2 hours. */
  fromNow(time: string | Date | undefined): string;
  /** 2 小时 5 分钟, of seconds. */
  duration(seconds: number): string;
}

export function useFormat(): Format {
  return FORMATS[useLanguage()];
}

function formatOf(language: Language): Format {
  const locale = LOCALES[language];
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  const money = (amount: number, currency: string, options: Intl.NumberFormatOptions) =>
    new Intl.NumberFormat(locale, {
      style: "currency",
      currency: currency || "CNY",
      currencyDisplay: "narrowSymbol",
      ...options,
    }).format(amount);
  return {
    money: (value) => (value ? money(amountOf(value), value.currencyCode ?? "", {}) : ""),
    shortMoney: (amount, currency) =>
      money(amount, currency, { notation: "compact", maximumFractionDigits: 1, minimumFractionDigits: 0 }),
    number: (value, digits = 2) =>
      value === undefined
        ? ""
        : new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(Number(value)),
    shortNumber: (value) =>
      new Intl.NumberFormat(locale, { notation: "compact", maximumFractionDigits: 1 }).format(value),
    percent: (ratio, digits = 1) =>
      ratio === undefined
        ? ""
        : new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: digits }).format(ratio),
    date: (time) => (time ? dayjs(time).format(language === "zh" ? "YYYY-MM-DD" : "MMM D, YYYY") : ""),
    time: (time) =>
      time ? dayjs(time).format(language === "zh" ? "YYYY-MM-DD HH:mm" : "MMM D, YYYY HH:mm") : "",
    day: (time) => new Intl.DateTimeFormat(locale, { dateStyle: "full" }).format(time),
    fromNow: (time) => (time ? fromNow(relative, new Date(time).getTime() - Date.now()) : ""),
    duration: (seconds) => duration(locale, seconds),
  };
}

const FORMATS: Record<Language, Format> = { zh: formatOf("zh"), en: formatOf("en") };

const UNITS = [
  ["year", 31_557_600],
  ["month", 2_629_800],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
] as const;

function fromNow(relative: Intl.RelativeTimeFormat, milliseconds: number): string {
  const seconds = milliseconds / 1000;
  const [unit, size] = UNITS.find(([, size]) => Math.abs(seconds) >= size) ?? (["second", 1] as const);
  return relative.format(Math.trunc(seconds / size), unit);
}

/** The two largest parts: nobody wants to know the seconds of days. */
function duration(locale: string, seconds: number): string {
  const parts: string[] = [];
  let rest = Math.abs(seconds);
  for (const [unit, size] of [...UNITS.slice(2), ["second", 1] as const]) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0)
      parts.push(
        new Intl.NumberFormat(locale, {
          style: "unit",
          unit,
          unitDisplay: "short",
          maximumFractionDigits: 0,
        }).format(count),
      );
    if (parts.length === 2 || (parts.length === 1 && count === 0)) break;
  }
  return (
    parts.join(" ") ||
    new Intl.NumberFormat(locale, { style: "unit", unit: "second", unitDisplay: "short" }).format(0)
  );
}
