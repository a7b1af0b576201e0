// What the lines of an order come to. All amounts are millionths of the order's currency.
import { divide, MICROS, microsOfDecimal } from "@guanxi/kit/micros";
import { isTooLarge } from "../money.ts";

/** As it is kept: amounts as text, since jsonb would make them floating numbers. */
export interface StoredLine {
  readonly productId: string | null;
  readonly productCode: string;
  readonly description: string;
  /** As written. */
  readonly quantity: string;
  readonly listPrice: string;
  readonly discount: string;
  /** Null where it is not known. */
  readonly unitCost: string | null;
}

export interface LineAmounts {
  readonly list: bigint;
  readonly discount: bigint;
  readonly net: bigint;
  readonly cost: bigint | null;
}

export interface Totals {
  readonly listMicros: bigint;
  readonly discountMicros: bigint;
  readonly netMicros: bigint;
  readonly costMicros: bigint;
  readonly marginMicros: bigint;
  readonly linesWithoutCost: number;
}

export function amountsOf({ quantity, listPrice, discount, unitCost }: StoredLine): LineAmounts {
  const count = microsOfDecimal(quantity);
  const times = (price: string) => divide(count * BigInt(price), MICROS);
  const list = times(listPrice);
  const off = BigInt(discount);
  return { list, discount: off, net: list - off, cost: unitCost === null ? null : times(unitCost) };
}

/** Sums of rounded lines, so that the lines on paper add up. */
export function totalsOf(lines: readonly StoredLine[]): Totals {
  const all = lines.map(amountsOf);
  const known = all.flatMap(({ net, cost }) => (cost === null ? [] : [{ net, cost }]));
  return {
    listMicros: sum(all.map(({ list }) => list)),
    discountMicros: sum(all.map(({ discount }) => discount)),
    netMicros: sum(all.map(({ net }) => net)),
    costMicros: sum(known.map(({ cost }) => cost)),
    marginMicros: sum(known.map(({ net, cost }) => net - cost)),
    linesWithoutCost: all.length - known.length,
  };
}

export const isTotalTooLarge = (totals: Totals): boolean =>
  Object.values(totals).some((total) => typeof total === "bigint" && isTooLarge(total));

const sum = (amounts: readonly bigint[]) => amounts.reduce((all, one) => all + one, 0n);
