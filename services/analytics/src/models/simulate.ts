// Customers whose truth is known, for tests and `verify-models.ts`: the models' own stories, told with a seeded generator.
import { randomBeta, randomExponential, randomGamma, randomLcg, randomUniform } from "d3-random";
import type { BgNbd } from "./bg-nbd.ts";
import type { GammaGamma } from "./gamma-gamma.ts";
import type { Histories } from "./histories.ts";
import type { ParetoNbd } from "./pareto-nbd.ts";

interface Book {
  readonly customers: number;
  readonly weeks: number;
  readonly seed: number;
}

/** Customers come evenly over the weeks, and are seen until their end; times are whole days, as orders have them. */
export function simulateBgNbd({ r, alpha, a, b }: BgNbd, book: Book): Histories {
  const random = randomLcg(book.seed);
  const rate = randomGamma.source(random)(r, 1 / alpha);
  const chance = randomBeta.source(random)(a, b);
  const uniform = randomUniform.source(random)();
  const mayStay = () => {
    const p = chance();
    return { leaves: () => uniform() < p, until: Infinity };
  };
  return simulate(book, random, rate, mayStay);
}

export function simulateParetoNbd({ r, alpha, s, beta }: ParetoNbd, book: Book): Histories {
  const random = randomLcg(book.seed);
  const leaving = randomGamma.source(random)(s, 1 / beta);
  const exponential = randomExponential.source(random);
  const mayStay = () => ({ leaves: () => false, until: exponential(leaving())() });
  return simulate(book, random, randomGamma.source(random)(r, 1 / alpha), mayStay);
}

interface Stay {
  readonly leaves: () => boolean;
  readonly until: number;
}

function simulate(book: Book, random: () => number, rate: () => number, mayStay: () => Stay): Histories {
  const { customers, weeks } = book;
  const wait = randomExponential.source(random)(1);
  const histories = {
    repeats: new Int32Array(customers),
    recency: new Int32Array(customers),
    age: new Int32Array(customers),
  };
  for (let i = 0; i < customers; i++) {
    const days = 1 + Math.floor(random() * weeks * 7);
    const { x, day } = purchases(days, rate() / 7, mayStay(), wait);
    histories.repeats[i] = x;
    histories.recency[i] = day;
    histories.age[i] = days;
  }
  return histories;
}

/** Whole days, yet no two purchases merged into one: merging takes 5 % off α, which is a fact of shops and not of the fit. */
function purchases(days: number, perDay: number, { leaves, until }: Stay, wait: () => number) {
  let [x, day] = [0, 0];
  for (let time = wait() / perDay; time < Math.min(days, until * 7); time += wait() / perDay) {
    [x, day] = [x + 1, Math.max(1, Math.round(time))];
    if (leaves()) break;
  }
  return { x, day };
}

/** The mean value of the repeat purchases of each customer, 0 for those without. */
export function simulateValues(
  { p, q, gamma }: GammaGamma,
  { repeats }: Histories,
  seed: number,
): Float64Array {
  const random = randomLcg(seed);
  const source = randomGamma.source(random);
  const nu = source(q, 1 / gamma);
  return Float64Array.from(repeats, (x) => (x > 0 ? source(p * x, 1 / (nu() * x))() : 0));
}
