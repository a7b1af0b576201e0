// `node --conditions=source services/analytics/src/models/verify-models.ts [customers]`: fits to customers whose truth is known,
// a million unless said, and prints what was found and how long it took. The tests run it with 20,000.
import { type BgNbd, bgNbd, fitBgNbd } from "./bg-nbd.ts";
import { clvBy } from "./clv.ts";
import { fitGammaGamma } from "./gamma-gamma.ts";
import { gradesOf } from "./grade.ts";
import type { Histories } from "./histories.ts";
import { logGamma } from "./log-gamma.ts";
import { fitParetoNbd } from "./pareto-nbd.ts";
import type { PurchaseFit } from "./purchase-model.ts";
import { type RfmInput, rfmScores } from "./rfm.ts";
import { simulateBgNbd, simulateParetoNbd, simulateValues } from "./simulate.ts";
import { weeksOf } from "./summary.ts";

export interface Figure {
  readonly name: string;
  readonly expected: number;
  readonly found: number;
  /** Of the expected. */
  readonly tolerance: number;
}

interface Timing {
  readonly name: string;
  readonly milliseconds: number;
  /** Milliseconds of the processor, of which a busy machine gives less than time passes. */
  readonly processor: number;
}

const MILLION = 1_000_000;
const WEEKS = 104;
const TRUTH = {
  bgNbd: { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 },
  paretoNbd: { r: 0.553, alpha: 10.578, s: 0.606, beta: 11.669 },
  values: { p: 6.25, q: 3.74, gamma: 15.44 },
};
// Standard deviation of ln(found/true) over 60 seeds with 20,000 customers each, where no mean was off by more than 1.1 of its
// standard errors. It goes with one over the root of the customers.
const SCATTER = {
  bgNbd: { r: 0.016, alpha: 0.027, a: 0.051, b: 0.079 },
  paretoNbd: { r: 0.029, alpha: 0.026, s: 0.062, beta: 0.119 },
  values: { p: 0.069, q: 0.026, gamma: 0.094 },
};
const SCATTER_CUSTOMERS = 20_000;
const DEVIATIONS = 3;

export function verifyModels(customers: number): { figures: Figure[]; timings: Timing[] } {
  const timings: Timing[] = [];
  const timed = <Result>(name: string, run: () => Result): Result => {
    const [began, before] = [performance.now(), process.cpuUsage()];
    const result = run();
    const processor = process.cpuUsage(before).user / 1000;
    timings.push({ name, milliseconds: performance.now() - began, processor });
    return result;
  };
  const book = { customers, weeks: WEEKS, seed: 0.42 };
  const histories = simulateBgNbd(TRUTH.bgNbd, book);
  const means = simulateValues(TRUTH.values, histories, 0.7);
  const often = timed("BG/NBD fit", () => fitBgNbd(histories));
  const much = timed("Gamma-Gamma fit", () => fitGammaGamma(histories.repeats, means));
  const others = simulateParetoNbd(TRUTH.paretoNbd, book);
  const pareto = timed("Pareto/NBD fit", () => fitParetoNbd(others));
  const clv = clvBy(bgNbd(often.parameters), much, { weeks: 52, yearlyRate: 0.15 });
  const scored = timed("CLV of 52 weeks by weeks", () => scoresOf(histories, means, clv));
  timed("grades", () => gradesOf(scored, [0.1, 0.3, 0.6]));
  timed("RFM scores", () => rfmScores(rfmInputOf(histories, means)));
  return {
    figures: [
      ...foundAgain("BG/NBD", "bgNbd", customers, often),
      ...foundAgain("Pareto/NBD", "paretoNbd", customers, pareto),
      ...foundAgain("Gamma-Gamma", "values", customers, much),
      likelihoodFigure(histories, often),
    ],
    timings,
  };
}

function foundAgain(
  name: string,
  of: keyof typeof TRUTH,
  customers: number,
  fit: { parameters: object },
): Figure[] {
  const found = fit.parameters as Record<string, number>;
  const scatter = SCATTER[of] as Record<string, number>;
  return Object.entries(TRUTH[of]).map(([key, expected]) => ({
    name: `${name} ${key}`,
    expected,
    found: found[key]!,
    tolerance: DEVIATIONS * scatter[key]! * Math.sqrt(SCATTER_CUSTOMERS / customers),
  }));
}

/** Beside a sum over customers one by one, by the formula with gamma functions: equal to a millionth. */
function likelihoodFigure({ repeats, recency, age }: Histories, fit: PurchaseFit<BgNbd>): Figure {
  let [sum, lost] = [0, 0];
  for (let i = 0; i < repeats.length; i++) {
    const more = logOf(fit.parameters, repeats[i]!, weeksOf(recency[i]!), weeksOf(age[i]!)) - lost;
    const next = sum + more; // Kahan's, so that the yardstick is better than what it measures
    lost = next - sum - more;
    sum = next;
  }
  const tolerance = 1e-6 / Math.abs(sum);
  return { name: "BG/NBD log-likelihood", expected: sum, found: fit.logLikelihood, tolerance };
}

function logOf({ r, alpha, a, b }: BgNbd, x: number, tx: number, T: number): number {
  const ways = logGamma(r + x) - logGamma(r) + r * Math.log(alpha) + logGamma(a + b) - logGamma(b);
  const stays = logGamma(b + x) - logGamma(a + b + x) - (r + x) * Math.log(alpha + T);
  const odds = x === 0 ? 0 : (a / (b + x - 1)) * ((alpha + T) / (alpha + tx)) ** (r + x);
  return ways + stays + Math.log1p(odds);
}

function scoresOf(
  { repeats, recency, age }: Histories,
  means: Float64Array,
  clv: ReturnType<typeof clvBy>,
): Float64Array {
  return means.map((meanValue, i) => {
    const [tx, T] = [weeksOf(recency[i]!), weeksOf(age[i]!)];
    return clv({ x: repeats[i]!, tx, T, meanValue, share: 1 }).clv;
  });
}

function rfmInputOf({ repeats, recency, age }: Histories, means: Float64Array): RfmInput {
  return {
    recencyDays: recency.map((last, i) => age[i]! - last),
    frequency: repeats.map((x) => x + 1),
    revenueMicros: BigInt64Array.from(means, (mean, i) =>
      BigInt(Math.round(mean * (repeats[i]! + 1) * MILLION)),
    ),
  };
}

export const holds = ({ expected, found, tolerance }: Figure): boolean =>
  Math.abs(found / expected - 1) <= tolerance;

function print(customers: number): void {
  const { figures, timings } = verifyModels(customers);
  const line = (...cells: string[]) =>
    `${cells.map((cell, i) => (i === 0 ? cell.padEnd(28) : cell.padStart(18))).join("")}\n`;
  let text = line(`${customers} customers`, "expected", "found", "off by", "at most");
  for (const figure of figures) {
    const { name, expected, found, tolerance } = figure;
    const off = Math.abs(found / expected - 1);
    text += line(
      name,
      expected.toFixed(6),
      found.toFixed(6),
      off.toExponential(1),
      tolerance.toExponential(1),
    );
  }
  for (const { name, milliseconds, processor } of timings)
    text += line(name, `${milliseconds.toFixed(0)} ms`, `${processor.toFixed(0)} ms of CPU`);
  process.stdout.write(text);
  if (!figures.every(holds)) process.exitCode = 1;
}

if (import.meta.main) print(Number(process.argv[2] ?? MILLION));
