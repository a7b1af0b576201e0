// What is added up of orders. Amounts and quantities are millionths.
import type { OrderLine } from "@guanxi/contract/guanxi/sales/v1/order";
import { microsOf, microsOfDecimal } from "@guanxi/kit/micros";

export interface Sums {
  readonly orderCount: number;
  readonly lineCount: number;
  readonly quantityMicros: bigint;
  readonly listMicros: bigint;
  readonly discountMicros: bigint;
  readonly netMicros: bigint;
  /** Of the lines whose cost is known, as is the margin. */
  readonly costMicros: bigint;
  readonly marginMicros: bigint;
  readonly linesWithoutCost: number;
}

export const NOTHING: Sums = {
  orderCount: 0,
  lineCount: 0,
  quantityMicros: 0n,
  listMicros: 0n,
  discountMicros: 0n,
  netMicros: 0n,
  costMicros: 0n,
  marginMicros: 0n,
  linesWithoutCost: 0,
};

/** Without the order that it stands in. */
export function sumsOfLine({ quantity, discount, netAmount, costAmount }: OrderLine): Sums {
  const netMicros = netAmount ? microsOf(netAmount) : 0n;
  const discountMicros = discount ? microsOf(discount) : 0n;
  const costMicros = costAmount ? microsOf(costAmount) : 0n;
  return {
    orderCount: 0,
    lineCount: 1,
    quantityMicros: microsOfDecimal(quantity),
    listMicros: netMicros + discountMicros,
    discountMicros,
    netMicros,
    costMicros,
    marginMicros: costAmount ? netMicros - costMicros : 0n,
    linesWithoutCost: costAmount ? 0 : 1,
  };
}

/** `sign` takes away what was counted before. */
export function plus(a: Sums, b: Sums, sign: 1 | -1 = 1): Sums {
  const whole = BigInt(sign);
  return {
    orderCount: a.orderCount + sign * b.orderCount,
    lineCount: a.lineCount + sign * b.lineCount,
    quantityMicros: a.quantityMicros + whole * b.quantityMicros,
    listMicros: a.listMicros + whole * b.listMicros,
    discountMicros: a.discountMicros + whole * b.discountMicros,
    netMicros: a.netMicros + whole * b.netMicros,
    costMicros: a.costMicros + whole * b.costMicros,
    marginMicros: a.marginMicros + whole * b.marginMicros,
    linesWithoutCost: a.linesWithoutCost + sign * b.linesWithoutCost,
  };
}

export const isNothing = (sums: Sums): boolean => Object.values(sums).every((value) => !value);
