// What is known of all customers who have bought, column by column: a million of them as objects would be half a gigabyte.
import { inputHash } from "../models/model-version.ts";
import type { PurchaseSummary } from "../models/summary.ts";

/** One entry for each customer, by ascending id. The columns can be handed over to another thread. */
export interface Book {
  readonly repeats: Int32Array;
  readonly recencyDays: Int32Array;
  readonly ageDays: Int32Array;
  readonly repeatMicros: BigInt64Array;
  readonly revenueMicros: BigInt64Array;
  /** Over all lines whose cost is known. */
  readonly marginMicros: BigInt64Array;
  /** Of the days whose cost is known, and the revenue of these. */
  readonly costedMarginMicros: BigInt64Array;
  readonly costedMicros: BigInt64Array;
  /** The days of purchase of all of them, as days since 1970-01-01, and where each customer's end in that list. */
  readonly days: Int32Array;
  readonly daysEnd: Int32Array;
  /** Of a hold-out: purchases in it, and the day of the first one or 0. */
  readonly laterPurchases: Int32Array;
  readonly nextDay: Int32Array;
}

type Column = Int32Array | BigInt64Array;

/** Grows by halves, so that nobody has to know beforehand how many will come. */
function growing<T extends Column>(of: new (length: number) => T) {
  let values = new of(1024);
  let length = 0;
  return {
    add(value: T[number]) {
      if (length === values.length) {
        const longer = new of(length + (length >> 1));
        longer.set(values as never);
        values = longer;
      }
      values[length++] = value;
    },
    taken: () => values.slice(0, length) as T,
  };
}

/** A customer, with what comes after the last day that the models see: nothing but in a hold-out. */
export interface Entry {
  readonly summary: PurchaseSummary;
  readonly marginMicros: bigint;
  readonly laterPurchases: number;
  readonly nextDay: number;
}

export function bookWriter() {
  const numbers = {
    repeats: growing(Int32Array),
    recencyDays: growing(Int32Array),
    ageDays: growing(Int32Array),
    days: growing(Int32Array),
    daysEnd: growing(Int32Array),
    laterPurchases: growing(Int32Array),
    nextDay: growing(Int32Array),
  };
  const amounts = {
    repeatMicros: growing(BigInt64Array),
    revenueMicros: growing(BigInt64Array),
    marginMicros: growing(BigInt64Array),
    costedMarginMicros: growing(BigInt64Array),
    costedMicros: growing(BigInt64Array),
  };
  let end = 0;
  return {
    add({ summary, marginMicros, laterPurchases, nextDay }: Entry) {
      numbers.repeats.add(summary.repeats);
      numbers.recencyDays.add(summary.recencyDays);
      numbers.ageDays.add(summary.ageDays);
      for (const day of summary.days) numbers.days.add(day);
      numbers.daysEnd.add((end += summary.days.length));
      numbers.laterPurchases.add(laterPurchases);
      numbers.nextDay.add(nextDay);
      amounts.repeatMicros.add(summary.repeatMicros);
      amounts.revenueMicros.add(summary.revenueMicros);
      amounts.marginMicros.add(marginMicros);
      amounts.costedMarginMicros.add(summary.marginMicros);
      amounts.costedMicros.add(summary.costedMicros);
    },
    taken(): Book {
      const ints = Object.entries(numbers).map(([name, column]) => [name, column.taken()]);
      const bigs = Object.entries(amounts).map(([name, column]) => [name, column.taken()]);
      return Object.fromEntries([...ints, ...bigs]) as Book;
    },
  };
}

/** The days of purchase of one customer, in ascending order. */
export const daysOf = ({ days, daysEnd }: Book, customer: number): Int32Array =>
  days.subarray(customer === 0 ? 0 : daysEnd[customer - 1]!, daysEnd[customer]);

/** Of a batch, to go into the hash of the whole. */
export function batchHash(entries: readonly Entry[]): string {
  const more = entries.map(({ marginMicros, laterPurchases, nextDay }) =>
    [marginMicros, laterPurchases, nextDay].join(" "),
  );
  return `${inputHash(entries.map(({ summary }) => summary))} ${more.join()}\n`;
}
