// BG/BB (Fader, Hardie and Shang 2010), for what can happen once in a period, as a gift to a yearly appeal: at each of n occasions
// one who is still there acts with a chance that is beta(α, β) over people, and leaves before it with one that is beta(γ, δ).
import { logBeta } from "./log-gamma.ts";
import { minimise } from "./minimise.ts";
import type { PurchaseFit } from "./purchase-model.ts";

export interface BgBb {
  readonly alpha: number;
  readonly beta: number;
  readonly gamma: number;
  readonly delta: number;
}

/** So many people with x acts at n occasions, the last of them at occasion tx, 0 for none. */
export interface Occasions {
  readonly x: number;
  readonly tx: number;
  readonly n: number;
  readonly count: number;
}

const DIFFERENCE = 1e-5; // central differences are good to 1e-10 here, and the rows are few

/** Maximum likelihood over the logarithms of the parameters. The same rows in any order give the same bits. */
export function fitBgBb(rows: readonly Occasions[]): PurchaseFit<BgBb> {
  const sorted = rows.toSorted((a, b) => a.n - b.n || a.x - b.x || a.tx - b.tx || a.count - b.count);
  sorted.forEach(check);
  const customers = sorted.reduce((sum, { count }) => sum + count, 0);
  const objective = (logs: Float64Array) => {
    const parameters = parametersOf(logs);
    return -sorted.reduce((sum, row) => sum + row.count * logLikelihood(parameters, row), 0) / customers;
  };
  const { point, value, converged } = minimise(
    (logs, gradient) => {
      for (let i = 0; i < 4; i++) {
        const at = (step: number) => objective(logs.with(i, logs[i]! + step));
        gradient[i] = (at(DIFFERENCE) - at(-DIFFERENCE)) / (2 * DIFFERENCE);
      }
      return objective(logs);
    },
    [0, 0, 0, 0],
  );
  return { parameters: parametersOf(point), logLikelihood: -value * customers, customers, converged };
}

const parametersOf = (logs: Float64Array): BgBb => {
  const [alpha, beta, gamma, delta] = logs.map(Math.exp) as unknown as [number, number, number, number];
  return { alpha, beta, gamma, delta };
};

function check({ x, tx, n, count }: Occasions): void {
  const isWhole = [x, tx, n, count].every((part) => Number.isInteger(part) && part >= 0);
  if (isWhole && x <= tx && tx <= n && x > 0 === tx > 0) return;
  throw new RangeError(
    `${count} times x ${x}, tx ${tx}, n ${n} is none: whole numbers, x ≤ tx ≤ n, tx 0 exactly where x is.`,
  );
}

/** One who is still there, or who left after the last act, before occasion tx+1, tx+2 … n. */
function logLikelihood({ alpha, beta, gamma, delta }: BgBb, { x, tx, n }: Omit<Occasions, "count">): number {
  let sum = Math.exp(
    logBeta(alpha + x, beta + n - x) +
      logBeta(gamma, delta + n) -
      logBeta(alpha, beta) -
      logBeta(gamma, delta),
  );
  for (let i = tx; i < n; i++) {
    sum += Math.exp(
      logBeta(alpha + x, beta + i - x) +
        logBeta(gamma + 1, delta + i) -
        logBeta(alpha, beta) -
        logBeta(gamma, delta),
    );
  }
  return Math.log(sum);
}

/** Acts expected at the next occasions; the sum over them has no pole at γ = 1, as the closed form has. */
export function expectedActs(parameters: BgBb, row: Omit<Occasions, "count">, occasions: number): number {
  const { alpha, beta, gamma, delta } = parameters;
  const { x, n } = row;
  const acts = logBeta(alpha + x + 1, beta + n - x) - logBeta(alpha, beta) - logLikelihood(parameters, row);
  let sum = 0;
  for (let i = 1; i <= occasions; i++)
    sum += Math.exp(acts + logBeta(gamma, delta + n + i) - logBeta(gamma, delta));
  return sum;
}
