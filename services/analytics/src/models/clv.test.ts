import fc from "fast-check";
import { expect, test } from "vitest";
import { bgNbd, fitBgNbd } from "./bg-nbd.ts";
import { clvBy, weeklyRate } from "./clv.ts";
import { dayText } from "./day-number.ts";
import { fitGammaGamma } from "./gamma-gamma.ts";
import { gradesOf, rankShares } from "./grade.ts";
import { paretoNbd } from "./pareto-nbd.ts";
import { simulateBgNbd, simulateValues } from "./simulate.ts";
import {
  historiesOf,
  meanValueOf,
  meanValuesOf,
  type Purchase,
  summarise,
  unitsOf,
  weeksOf,
} from "./summary.ts";

const VALUES = { parameters: { p: 6.25, q: 3.74, gamma: 15.44 }, populationMean: 35.2 };
const MODELS = [
  bgNbd({ r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 }),
  paretoNbd({ r: 0.553, alpha: 10.578, s: 0.606, beta: 11.669 }),
];

const someModel = fc.constantFrom(...MODELS);
const customer = fc
  .record({
    x: fc.nat(30),
    T: fc.integer({ min: 30, max: 150 }),
    share: fc.double({ min: 0.6, max: 1, noNaN: true }),
    meanValue: fc.double({ min: 1, max: 1e4, noNaN: true }),
  })
  .map(({ x, T, share, meanValue }) => ({ x, T, tx: x === 0 ? 0 : T * share, meanValue, share: 1 }));

test("R025 CLV rises with the horizon, and falls with the discount rate", () => {
  fc.assert(
    fc.property(someModel, customer, fc.integer({ min: 1, max: 100 }), (model, who, weeks) => {
      const by = (horizon: number, yearlyRate: number) =>
        clvBy(model, VALUES, { weeks: horizon, yearlyRate })(who).clv;
      expect(by(weeks + 1, 0.15)).toBeGreaterThan(by(weeks, 0.15));
      expect(by(weeks, 0.3)).toBeLessThan(by(weeks, 0.15));
    }),
    { numRuns: 40 },
  );
});

test("R025 CLV falls with silence", () => {
  fc.assert(
    fc.property(someModel, customer, fc.integer({ min: 1, max: 50 }), (model, who, silence) => {
      const clv = clvBy(model, VALUES, { weeks: 26, yearlyRate: 0.15 });
      expect(clv({ ...who, T: who.T + silence }).clv).toBeLessThan(clv(who).clv);
    }),
    { numRuns: 40 },
  );
});

test("R025 the scale of money and the share of margin scale CLV", () => {
  const { parameters, populationMean } = VALUES;
  const cents = {
    parameters: { ...parameters, gamma: parameters.gamma * 100 },
    populationMean: populationMean * 100,
  };
  fc.assert(
    fc.property(someModel, customer, fc.double({ min: -1, max: 1, noNaN: true }), (model, who, share) => {
      const horizon = { weeks: 10, yearlyRate: 0.1 };
      const clv = clvBy(model, VALUES, horizon);
      const inCents = clvBy(model, cents, horizon)({ ...who, meanValue: who.meanValue * 100 });
      expect(inCents.clv / clv(who).clv).toBeCloseTo(100, 9);
      expect(clv({ ...who, share }).clv).toBeCloseTo(clv(who).clv * share, 9);
    }),
    { numRuns: 40 },
  );
});

test("R025 without a discount, CLV is the purchases times their value", () => {
  const value = clvBy(MODELS[0]!, VALUES, { weeks: 52, yearlyRate: 0 })({
    x: 2,
    tx: 30,
    T: 39,
    meanValue: 22,
    share: 1,
  });
  expect(value.clv).toBeCloseTo(value.purchases * value.purchaseValue, 12);
});

test("weekly rates make the yearly rate", () => expect((1 + weeklyRate(0.15)) ** 52).toBeCloseTo(1.15, 12));

test("a horizon that is no whole number of weeks is refused", () => {
  expect(() => clvBy(MODELS[0]!, VALUES, { weeks: 0, yearlyRate: 0.1 })).toThrow("whole number of weeks");
  expect(() => clvBy(MODELS[0]!, VALUES, { weeks: 5, yearlyRate: -1 })).toThrow("above −1");
});

const START = 20_000;
const END = START + 364;

/** A book of ordinary customers, in units, with orders on whole days. */
function book(): Purchase[] {
  const histories = simulateBgNbd(
    { r: 0.5, alpha: 6, a: 0.8, b: 2.5 },
    { customers: 1500, weeks: 52, seed: 0.7 },
  );
  const means = simulateValues(VALUES.parameters, histories, 0.3);
  return [...histories.repeats].flatMap((x, i) => {
    const first = END - histories.age[i]!;
    const valueMicros = BigInt(Math.round((means[i]! || 35) * 1e6));
    const dayOf = (k: number) => dayText(first + Math.round((histories.recency[i]! * k) / Math.max(x, 1)));
    return Array.from({ length: x + 1 }, (_, k) => ({ customerId: `c${i}`, day: dayOf(k), valueMicros }));
  });
}

test.each([
  ["last month", END - 30],
  ["at the beginning", START],
])("R030 a steady buyer ranks above one huge order %s of equal revenue", (_, day) => {
  const huge = { customerId: "huge", day: dayText(day), valueMicros: 12_000_000_000n };
  const steady = Array.from({ length: 12 }, (_month, month) => ({
    customerId: "steady",
    day: dayText(START + month * 30),
    valueMicros: 1_000_000_000n,
  }));
  const summaries = summarise([...book(), huge, ...steady], dayText(END));
  const histories = historiesOf(summaries);
  const values = fitGammaGamma(histories.repeats, meanValuesOf(summaries));
  const clv = clvBy(bgNbd(fitBgNbd(histories).parameters), values, { weeks: 52, yearlyRate: 0.15 });
  const scored = summaries.map((summary) => {
    const { repeats, recencyDays, ageDays } = summary;
    const [tx, T] = [weeksOf(recencyDays), weeksOf(ageDays)];
    return clv({ x: repeats, tx, T, meanValue: meanValueOf(summary), share: 1 }).clv;
  });
  const shares = rankShares(Float64Array.from(scored));
  const at = (id: string) => summaries.findIndex(({ customerId }) => customerId === id);
  expect(unitsOf(summaries[at("huge")]!.revenueMicros)).toBe(unitsOf(summaries[at("steady")]!.revenueMicros));
  expect(scored[at("steady")]!).toBeGreaterThan(20 * scored[at("huge")]!);
  expect(shares[at("steady")]!).toBeLessThan(0.01);
  expect(shares[at("huge")]!).toBeGreaterThan(0.1);
  expect(gradesOf(Float64Array.from(scored), [0.1, 0.3, 0.6])[at("steady")]).toBe("A");
});
