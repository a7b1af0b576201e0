// The 1/10 sample of CDNOW through order events, as a company's own orders come: the published figures are those of a run.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  type ValueRun,
  ValuePlan_PurchaseModel as Model,
  ValueRun_State as State,
} from "@guanxi/contract/guanxi/analytics/v1/value_service";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { dateOf } from "@guanxi/kit/days";
import { idOf, type Sold, startValues, unitsOf } from "./value-rig.ts";

const FILE = join(import.meta.dirname, "../../../../shared/data/cdnow/cdnowElog.csv");
const isHere = existsSync(FILE);
const absent = isHere ? "" : " (skipped: ../shared/data is not at hand)";

const sold = (): Sold[] =>
  readFileSync(FILE, "utf8")
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => {
      const [, sample, date, , sales] = line.split(",") as [string, string, string, string, string];
      const day = `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}`;
      return { customerId: idOf(Number(sample)), day, net: Number(sales), currencyCode: "USD" };
    });

const within = (value: number | undefined, target: number, share: number) =>
  expect(Math.abs(value! / target - 1), `${value}, and not ${target}`).toBeLessThan(share);

const CALIBRATED = { cutOffDate: dateOf("1997-10-01") };
const HELD_OUT = { cutOffDate: dateOf("1998-07-01"), holdOutStartDate: dateOf("1997-10-01") };

describe.skipIf(!isHere)(`CDNOW${absent}`, { timeout: 120_000 }, () => {
  let rig: Awaited<ReturnType<typeof startValues>>;
  let lin: Awaited<ReturnType<typeof rig.service.user>>;
  beforeAll(async () => {
    rig = await startValues();
    lin = await rig.service.user({ currencyCode: "USD" });
    await rig.sell(lin.tenantId, sold());
  }, 180_000);
  afterAll(() => rig?.stop());

  const parametersWithin = (run: ValueRun, targets: Record<string, number>, share: number) => {
    for (const [name, target] of Object.entries(targets)) within(run.parameters[name], target, share);
  };

  test("R025 parameters, likelihoods and counts are those of the studies", async () => {
    const run = await rig.run(lin, CALIBRATED);
    expect(run).toMatchObject({
      state: State.COMPLETED,
      warnings: [],
      customerCount: 2357,
      repeatCustomerCount: 946,
      repeatPurchaseCount: 2457,
      scoredCount: 2357,
      otherCurrencyOrderCount: 0,
      ordersWithoutCustomer: 0,
    });
    parametersWithin(run, { r: 0.24259, alpha: 4.41353, a: 0.79289, b: 2.42575 }, 0.005);
    parametersWithin(run, { p: 6.2488, q: 3.7446, gamma: 15.4477 }, 0.005);
    expect(Math.abs(run.purchaseLogLikelihood + 9582.43)).toBeLessThan(0.01);
    expect(Math.abs(run.valueLogLikelihood + 4055.92)).toBeLessThan(0.01);
    expect(run.correlation).toBeCloseTo(0.114, 3);
  });

  test("R025 what each customer is worth is what the studies say", async () => {
    const first = await rig.valueOf(lin, idOf(1));
    expect(first).toMatchObject({ repeatPurchases: 2 });
    expect([first.recencyWeeks, first.ageWeeks].map((weeks) => weeks.toFixed(2))).toEqual(["30.43", "38.86"]);
    expect(Math.abs(unitsOf(first.clv) - 36)).toBeLessThan(0.05);
    within(first.probabilityAlive, 0.72661, 0.001);
    const targets = [24.66, 18.91, 35.17, 35.17, 35.17, 71.46, 18.91, 35.17, 27.28, 35.17];
    for (const [place, target] of targets.entries()) {
      const { expectedPurchaseValue } = await rig.valueOf(lin, idOf(place + 1));
      expect(Math.abs(unitsOf(expectedPurchaseValue) - target)).toBeLessThan(0.02);
    }
  });

  test("R025 purchases to expect in 39 weeks are those of the studies", async () => {
    await rig.run(lin, { ...CALIBRATED, plan: { horizonWeeks: 39 } });
    within((await rig.valueOf(lin, idOf(1))).expectedPurchases, 1.2259, 0.001);
    const all = await rig.list(lin);
    const heaviest = all.reduce((most, each) => (each.repeatPurchases > most.repeatPurchases ? each : most));
    expect(heaviest).toMatchObject({ repeatPurchases: 29, ageWeeks: 38 });
    within(heaviest.expectedPurchases, 20.054, 0.001);
    within(heaviest.probabilityAlive, 0.96913, 0.001);
    const never = all.find(
      ({ repeatPurchases, ageWeeks }) => repeatPurchases === 0 && ageWeeks.toFixed(2) === "38.86",
    )!;
    within(never.expectedPurchases, 0.19478, 0.001);
    expect(never.probabilityAlive).toBe(1);
  });

  test("R111 purchases kept back are foretold as well as in the studies, and no better", async () => {
    const { holdOut, customerCount } = await rig.run(lin, HELD_OUT);
    expect(customerCount).toBe(2357);
    expect(holdOut).toMatchObject({ weeks: 39, actualPurchases: 1882 });
    within(holdOut!.predictedPurchases, 1653.4, 0.005);
    within(holdOut!.meanAbsoluteError, 0.7855, 0.005);
    within(holdOut!.rootMeanSquareError, 1.608, 0.005);
    within(holdOut!.correlation, 0.6256, 0.005);
    expect(holdOut!.cyclePredictions).toBe(507); // customers with three purchases or more
    expect(holdOut!.cycleHits).toBeGreaterThan(50);
  });

  test("R025 Pareto/NBD has the published parameters and likelihood too", async () => {
    const run = await rig.run(lin, { ...HELD_OUT, plan: { purchaseModel: Model.PARETO_NBD } });
    parametersWithin(run, { r: 0.553, alpha: 10.578, s: 0.606, beta: 11.669 }, 0.005);
    expect(Math.abs(run.purchaseLogLikelihood + 9594.98)).toBeLessThan(0.01);
    expect(run.holdOut!.actualPurchases).toBe(1882);
    expect(run.holdOut!.predictedPurchases).toBeGreaterThan(1500);
    expect(run.holdOut!.predictedPurchases).toBeLessThan(1882);
  });
});
