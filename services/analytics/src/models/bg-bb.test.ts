import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { expectedActs, fitBgBb, type Occasions } from "./bg-bb.ts";

const DONATIONS = join(import.meta.dirname, "../../../../../shared/data/btyd-donations/donations.csv");
const isHere = existsSync(DONATIONS);
const absent = isHere ? "" : " (skipped: ../shared/data is not at hand)";

function donations(): Occasions[] {
  const lines = readFileSync(DONATIONS, "utf8").trim().split("\n").slice(1);
  return lines.map((line) => {
    const [x, tx, n, count] = line.split(",").map(Number) as [number, number, number, number];
    return { x, tx, n, count };
  });
}

test.skipIf(!isHere)(`BG/BB finds what the paper found of 11,104 donors${absent}`, () => {
  const rows = donations();
  const { parameters, logLikelihood, customers, converged } = fitBgBb(rows);
  expect(converged).toBe(true);
  expect(customers).toBe(11_104);
  expect(parameters.alpha).toBeCloseTo(1.204, 3);
  expect(parameters.beta).toBeCloseTo(0.75, 3);
  expect(parameters.gamma).toBeCloseTo(0.657, 3);
  expect(parameters.delta).toBeCloseTo(2.783, 3);
  expect(logLikelihood).toBeCloseTo(-33_225.58, 2);
  const total = rows.reduce((sum, row) => sum + row.count * expectedActs(parameters, row, 5), 0);
  expect(total).toBeCloseTo(12_884.2, 1);
  expect(fitBgBb(rows.toReversed())).toEqual(fitBgBb(rows));
});

test("acts expected rise with the occasions, and fall with silence", () => {
  const parameters = { alpha: 1.2, beta: 0.75, gamma: 0.66, delta: 2.8 };
  const at = (tx: number, occasions: number) => expectedActs(parameters, { x: 2, tx, n: 6 }, occasions);
  expect(at(6, 5)).toBeGreaterThan(at(6, 4));
  expect(at(6, 5)).toBeGreaterThan(at(3, 5));
});

test("what cannot be is refused", () => {
  expect(() => fitBgBb([{ x: 3, tx: 2, n: 6, count: 1 }])).toThrow("x ≤ tx ≤ n");
  expect(() => fitBgBb([{ x: 0, tx: 2, n: 6, count: 1 }])).toThrow("tx 0 exactly where x is");
});
