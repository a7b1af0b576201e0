import type { Chance } from "./chance.ts";
import type { Customer } from "./people.ts";
import { owners, products } from "./words.ts";

export interface OrderLine {
  readonly order: string;
  readonly customer: string;
  readonly owner: string;
  readonly day: number;
  readonly product: string;
  readonly quantity: number;
  /** Millionths of a yuan. */
  readonly listPrice: bigint;
  readonly discount: bigint;
  readonly unitCost: bigint;
}

/** So do customers buy here, by the week; what a model that is fitted should find again. */
export const truth = { r: 0.8, alpha: 12, a: 1.2, b: 6 };

/** A customer's days of purchase as BG/NBD has it: at a rate of their own, until they leave after one of them. */
export function purchaseDays(today: number, draw: Chance): number[] {
  const rate = draw.gamma(truth.r, truth.alpha) / 7;
  const leaves = draw.beta(truth.a, truth.b);
  const days: number[] = [];
  for (let day = draw.below(today - 30); day < today; day += Math.max(1, Math.round(draw.wait(rate)))) {
    days.push(day);
    if (days.length > 1 && draw.happens(leaves)) break;
  }
  return days;
}

export function linesOf(order: string, customer: Customer, day: number, draw: Chance): OrderLine[] {
  const owner = customer.owner || draw.one(owners);
  return Array.from({ length: draw.between(1, 4) }, () => {
    const [product, , , price, cost] = draw.one(products);
    const quantity = Math.max(1, Math.round(customer.size * draw.between(1, price < 100 ? 60 : 6)));
    const listPrice = micros(price);
    const discount = (listPrice * BigInt(quantity) * BigInt(draw.one([0, 0, 0, 5, 10]))) / 100n;
    return {
      order,
      customer: customer.id,
      owner,
      day,
      product,
      quantity,
      listPrice,
      discount,
      unitCost: micros(cost),
    };
  });
}

const micros = (yuan: number) => BigInt(Math.round(yuan * 100)) * 10_000n;
