// What the models know of a customer: when there were purchases, and what the repeat ones brought.
import { dayNumber } from "./day-number.ts";
import type { Histories } from "./histories.ts";
import { DAYS_PER_WEEK } from "./histories.ts";

export interface Purchase {
  readonly customerId: string;
  /** Where the customer's tenant is, as 2026-01-31. */
  readonly day: string;
  /** Millionths of the currency unit; a return has its minus, on the day on which it came. */
  readonly valueMicros: bigint;
  /** Absent where the cost of a line is not known. */
  readonly marginMicros?: bigint | undefined;
}

export interface PurchaseSummary {
  readonly customerId: string;
  /** Days with a purchase in ascending order, as days since 1970-01-01. At least one. */
  readonly days: Int32Array;
  /** Purchases after the first one: x. */
  readonly repeats: number;
  /** Days from the first purchase to the last one: tₓ. */
  readonly recencyDays: number;
  /** Days from the first purchase to the last day that counts: T. */
  readonly ageDays: number;
  /** What the repeat purchases brought: z̄ times x. */
  readonly repeatMicros: bigint;
  /** Of all days, returns with their minus. */
  readonly revenueMicros: bigint;
  /** Of those days whose cost is known, and the revenue of these. */
  readonly marginMicros: bigint;
  readonly costedMicros: bigint;
}

interface Day {
  readonly day: number;
  readonly value: bigint;
  readonly hasReturn: boolean;
  readonly margin: bigint | undefined;
}

/**
 * One summary for each customer with a purchase up to and with the last day, by customer id; later purchases are left out.
 * A day is one purchase, of the sum of its orders and returns. Where returns take all of it or more, the day is none: somebody who
 * brings something back has not bought; it counts in the revenue all the same. An order that was free is one: of CDNOW's
 * customers eight began with one. Sums are exact, and so are the same in any order.
 */
export function summarise(purchases: Iterable<Purchase>, lastDay: string): PurchaseSummary[] {
  const end = dayNumber(lastDay);
  const numbers = new Map<string, number>(); // a date is read once and not for each of ten million orders
  const books = new Map<string, Map<number, Day>>();
  for (const { customerId, day: text, valueMicros, marginMicros } of purchases) {
    const day = numbers.get(text) ?? dayNumber(text);
    numbers.set(text, day);
    if (day > end) continue;
    const book = books.get(customerId) ?? new Map<number, Day>();
    books.set(customerId, book);
    const before = book.get(day) ?? { day, value: 0n, margin: 0n, hasReturn: false };
    book.set(day, {
      day,
      value: before.value + valueMicros,
      margin: plus(before.margin, marginMicros),
      hasReturn: before.hasReturn || valueMicros < 0n,
    });
  }
  return [...books]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([customerId, book]) => summaryOf(customerId, [...book.values()], end) ?? []);
}

const isPurchase = ({ value, hasReturn }: Day) => value > 0n || (value === 0n && !hasReturn);

const plus = (a: bigint | undefined, b: bigint | undefined) =>
  a === undefined || b === undefined ? undefined : a + b;

function summaryOf(customerId: string, all: readonly Day[], end: number): PurchaseSummary | undefined {
  const bought = all.filter(isPurchase).sort((a, b) => a.day - b.day);
  const [first, ...repeats] = bought;
  if (!first) return;
  const costed = all.filter(({ margin }) => margin !== undefined);
  return {
    customerId,
    days: Int32Array.from(bought, ({ day }) => day),
    repeats: repeats.length,
    recencyDays: bought.at(-1)!.day - first.day,
    ageDays: end - first.day,
    repeatMicros: sumOf(repeats.map(({ value }) => value)),
    revenueMicros: sumOf(all.map(({ value }) => value)),
    marginMicros: sumOf(costed.map(({ margin }) => margin!)),
    costedMicros: sumOf(costed.map(({ value }) => value)),
  };
}

const sumOf = (values: readonly bigint[]) => values.reduce((sum, value) => sum + value, 0n);

/** z̄ in currency units, 0 without repeats: the first purchase is not in it. */
export const meanValueOf = ({ repeatMicros, repeats }: PurchaseSummary): number =>
  repeats === 0 ? 0 : unitsOf(repeatMicros) / repeats;

/** The nearest double: the only place where money stops being exact. */
export const unitsOf = (micros: bigint): number => Number(micros) / 1e6;

export const weeksOf = (days: number): number => days / DAYS_PER_WEEK;

export const historiesOf = (summaries: readonly PurchaseSummary[]): Histories => ({
  repeats: Int32Array.from(summaries, ({ repeats }) => repeats),
  recency: Int32Array.from(summaries, ({ recencyDays }) => recencyDays),
  age: Int32Array.from(summaries, ({ ageDays }) => ageDays),
});

export const meanValuesOf = (summaries: readonly PurchaseSummary[]): Float64Array =>
  Float64Array.from(summaries, meanValueOf);
