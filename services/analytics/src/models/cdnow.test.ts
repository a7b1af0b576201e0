// The 1/10 sample of CDNOW (Fader and Hardie), from its orders: 2,357 people who first bought in January to March 1997.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { bgNbd, fitBgNbd } from "./bg-nbd.ts";
import { clvBy } from "./clv.ts";
import { expectedValue, fitGammaGamma } from "./gamma-gamma.ts";
import { fitParetoNbd, paretoNbd } from "./pareto-nbd.ts";
import { expectedOfNew, expectedPurchases, type PurchaseModel } from "./purchase-model.ts";
import { cycleAccuracy, nextPurchase, type Outcome } from "./purchase-cycle.ts";
import {
  historiesOf,
  meanValuesOf,
  type Purchase,
  type PurchaseSummary,
  summarise,
  weeksOf,
} from "./summary.ts";

const FOLDER = join(import.meta.dirname, "../../../../../shared/data/cdnow");
const isHere = existsSync(FOLDER);
const absent = isHere ? "" : " (skipped: ../shared/data is not at hand)";
const CALIBRATION_END = "1997-09-30";
const HOLD_OUT_END = "1998-06-30";

const linesOf = (name: string) => readFileSync(join(FOLDER, name), "utf8").trim().split("\n").slice(1);

function purchases(): Purchase[] {
  return linesOf("cdnowElog.csv").map((line) => {
    const [, customerId, date, , sales] = line.split(",") as [string, string, string, string, string];
    const day = `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6, 8)}`;
    return {
      customerId: customerId.padStart(4, "0"),
      day,
      valueMicros: BigInt(Math.round(Number(sales) * 1e6)),
    };
  });
}

const within = (value: number, target: number, share: number) =>
  expect(Math.abs(value / target - 1), `${value}, and not ${target}`).toBeLessThan(share);

describe.skipIf(!isHere)(`CDNOW${absent}`, () => {
  const orders = isHere ? purchases() : [];
  const summaries = summarise(orders, CALIBRATION_END);
  const histories = historiesOf(summaries);
  const values = meanValuesOf(summaries);
  const fitted = () => bgNbd(fitBgNbd(histories).parameters);
  const total = (model: PurchaseModel, weeks: number) => {
    const of = ({ repeats, recencyDays, ageDays }: PurchaseSummary) =>
      expectedPurchases(model, { x: repeats, tx: weeksOf(recencyDays), T: weeksOf(ageDays) }, weeks);
    return summaries.reduce((sum, summary) => sum + of(summary), 0);
  };

  test("R110 the summary of each customer is the published one", () => {
    const published = linesOf("cdnow_customers_summary_with_transactions.csv").map((line) =>
      line.split(",").map(Number),
    );
    expect(summaries).toHaveLength(2357);
    for (const [i, [, x, tx, T, mean]] of published.entries()) {
      const { repeats, recencyDays, ageDays } = summaries[i]!;
      expect(repeats).toBe(x);
      expect(weeksOf(recencyDays)).toBeCloseTo(tx!, 1.99);
      expect(weeksOf(ageDays)).toBeCloseTo(T!, 1.99);
      expect(values[i]).toBeCloseTo(mean!, 1.9);
    }
    const counts = summaries.map(({ repeats }) => repeats);
    expect(counts.filter((x) => x > 0)).toHaveLength(946);
    expect(counts.reduce((sum, x) => sum + x, 0)).toBe(2457);
    const histogram = [0, 1, 2, 3, 4, 5, 6].map((x) => counts.filter((count) => count === x).length);
    expect(histogram).toEqual([1411, 439, 214, 100, 62, 38, 29]);
    expect(counts.filter((x) => x >= 7)).toHaveLength(64);
  });

  test("R025 BG/NBD has the published parameters, likelihood and expectations", () => {
    const { parameters, logLikelihood, converged } = fitBgNbd(histories);
    expect(converged).toBe(true);
    within(parameters.r, 0.24259, 0.005);
    within(parameters.alpha, 4.41353, 0.005);
    within(parameters.a, 0.79289, 0.005);
    within(parameters.b, 2.42575, 0.005);
    expect(Math.abs(logLikelihood + 9582.43)).toBeLessThan(0.01);
    const model = bgNbd(parameters);
    within(expectedOfNew(model, 52), 1.444, 0.001);
    within(expectedPurchases(model, { x: 2, tx: 30.43, T: 38.86 }, 39), 1.2259, 0.001);
    within(model.alive(2, 30.43, 38.86), 0.72661, 0.001);
    within(model.alive(2, 10, 38.86), 0.26854, 0.001);
    within(model.alive(2, 38, 38.86), 0.80508, 0.001);
    within(expectedPurchases(model, { x: 0, tx: 0, T: 38.86 }, 39), 0.19478, 0.001);
    expect(model.alive(0, 0, 38.86)).toBe(1);
    within(expectedPurchases(model, { x: 29, tx: 37.71, T: 38 }, 39), 20.054, 0.001);
    within(model.alive(29, 37.71, 38), 0.96913, 0.001);
  });

  test.each([
    [0.1429, 0.0078],
    [1, 0.0532],
    [3, 0.1506],
    [31.8571, 1.0405],
    [32, 1.0437],
    [78, 1.8576],
  ])(
    "R025 a new customer buys again in %d weeks %d times, as in the authors' spreadsheet",
    (weeks, times) => {
      expect(Math.abs(expectedOfNew(fitted(), weeks) - times)).toBeLessThan(5e-4);
    },
  );

  test("R025 Pareto/NBD has the published parameters, likelihood and expectations", () => {
    const { parameters, logLikelihood, converged } = fitParetoNbd(histories);
    expect(converged).toBe(true);
    within(parameters.r, 0.553, 0.005);
    within(parameters.alpha, 10.578, 0.005);
    within(parameters.s, 0.606, 0.005);
    within(parameters.beta, 11.669, 0.005);
    expect(Math.abs(logLikelihood + 9594.976)).toBeLessThan(0.01);
    const model = paretoNbd(parameters);
    expect(Math.abs(expectedPurchases(model, { x: 26, tx: 30.86, T: 31 }, 52) - 25.46)).toBeLessThan(0.02);
    expect(Math.abs(model.alive(26, 30.86, 31) - 0.9979)).toBeLessThan(1e-4);
  });

  test("R025 Gamma-Gamma has the published parameters, likelihood and values", () => {
    const fit = fitGammaGamma(histories.repeats, values);
    within(fit.parameters.p, 6.2488, 0.005);
    within(fit.parameters.q, 3.7446, 0.005);
    within(fit.parameters.gamma, 15.4477, 0.005);
    expect(fit.customers).toBe(946);
    within(fit.populationMean, 35.17, 0.001);
    expect(fit.correlation).toBeCloseTo(0.114, 3);
    expect(fit.isCorrelated).toBe(false);
    const target = [24.66, 18.91, 35.17, 35.17, 35.17, 71.46, 18.91, 35.17, 27.28, 35.17];
    for (const [i, mean] of target.entries())
      expect(Math.abs(expectedValue(fit, histories.repeats[i]!, values[i]!) - mean)).toBeLessThan(0.02);
    const clv = clvBy(fitted(), fit, { weeks: 52, yearlyRate: 0.15 });
    expect(Math.abs(clv({ x: 2, tx: 30.43, T: 38.86, meanValue: 22.35, share: 1 }).clv - 36)).toBeLessThan(
      0.05,
    );
  });

  test("R025 Gamma-Gamma has the published likelihood of the published summary, which rounds to cents", () => {
    const rows = linesOf("cdnow_customers_summary_with_transactions.csv").map((line) =>
      line.split(",").map(Number),
    );
    const repeats = Int32Array.from(rows, ([, x]) => x!);
    const { logLikelihood } = fitGammaGamma(
      repeats,
      Float64Array.from(rows, ([, , , , mean]) => mean!),
    );
    expect(Math.abs(logLikelihood + 4055.92)).toBeLessThan(0.01);
  });

  test("R025 of the 1,882 purchases kept back, each model foretells what is known of it: about an eighth less", () => {
    const until = summarise(orders, HOLD_OUT_END);
    const actual = until.reduce((sum, { repeats }, i) => sum + repeats - summaries[i]!.repeats, 0);
    expect(actual).toBe(1882);
    within(total(fitted(), 39), 1653, 0.002);
    const pareto = total(paretoNbd(fitParetoNbd(histories).parameters), 39);
    expect(pareto / actual).toBeGreaterThan(0.8);
    expect(pareto / actual).toBeLessThan(1);
  });

  test("R111 next purchases are foretold with an interval, and the hold-out says how well", () => {
    const until = summarise(orders, HOLD_OUT_END);
    const outcomes: Outcome[] = summaries.flatMap(({ days }, i) => {
      const predicted = nextPurchase(days, undefined);
      return predicted ? [{ predicted, actual: until[i]!.days[days.length] }] : [];
    });
    const { predictions, purchases: came, hits, biasDays } = cycleAccuracy(outcomes);
    expect(predictions).toBe(507); // two repeats or more
    expect(came).toBeGreaterThan(0.4 * predictions);
    expect(hits).toBeGreaterThan(0);
    // Who is asked about at the end of September has been silent for longer than their cycle more often than not.
    expect(biasDays).toBeGreaterThan(0);
  });
});
