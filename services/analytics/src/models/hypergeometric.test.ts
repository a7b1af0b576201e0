import fc from "fast-check";
import { expect, test } from "vitest";
import { betaRule, hypergeometric } from "./hypergeometric.ts";
import { digamma, logBeta, logGamma } from "./log-gamma.ts";

const off = (value: number, expected: number) => Math.abs(value / expected - 1);

// mpmath 1.3 with 50 digits.
test.each([
  [0.5, 1.2, 3.4, 0.3, 1.059967712024288],
  [0.243, 2.426, 2.719, 0.9, 1.565675512441047],
  [2.243, 4.426, 5.22, 0.99, 1911.8606794961847],
  [0.75, 0.5, 1.25, 0.999999, 6.556183938209202],
  [12.5, 0.3, 4, -250, 0.13070405885284508],
  [400.25, 1.06, 401.3, 0.999, 586.8385609089715],
  [30.1, 36.7, 64.2, 0.99999, 4.117574914406074e28],
  [100.4, 1.04, 101.4, 0.5, 2.035546385596037],
  [3, 0.05, 0.1, -0.01, 0.9852817723661259],
  [0.3, 50, 60, 0.99, 1.7119235122742962],
])("₂F₁(%d, %d; %d; %d) is that of arithmetic in 50 digits", (a, b, c, z, expected) => {
  expect(off(hypergeometric(a, b, c, z), expected)).toBeLessThan(2e-9);
});

test.each([-1000, -3, -0.5, 0.001, 0.3, 0.9, 0.999, 0.999999])("₂F₁ at %d is what closed forms say", (z) => {
  expect(off(hypergeometric(1, 1, 2, z), -Math.log1p(-z) / z)).toBeLessThan(1e-9);
  expect(off(hypergeometric(2.7, 1.3, 2.7, z), (1 - z) ** -1.3)).toBeLessThan(1e-8);
  const root = Math.sqrt(Math.abs(z));
  expect(
    off(hypergeometric(0.5, 1, 1.5, z), z > 0 ? Math.atanh(root) / root : Math.atan(root) / root),
  ).toBeLessThan(1e-9);
});

test.each([0.1, 0.5, 0.9, 0.999])("₂F₁(½, ½; 1; %d²) is the complete elliptic integral", (k) => {
  let [a, b] = [1, Math.sqrt(1 - k * k)];
  while (Math.abs(a - b) > 1e-15) [a, b] = [(a + b) / 2, Math.sqrt(a * b)]; // Gauss: K = π/2 over the mean
  expect(off((hypergeometric(0.5, 0.5, 1, k * k) * Math.PI) / 2, Math.PI / 2 / a)).toBeLessThan(1e-9);
});

test("₂F₁ goes to Gauss's sum as its argument goes to 1", () => {
  const [a, b, c] = [0.4, 1.1, 5.3];
  const sum = Math.exp(logGamma(c) + logGamma(c - a - b) - logGamma(c - a) - logGamma(c - b));
  expect(off(hypergeometric(a, b, c, 1 - 1e-12), sum)).toBeLessThan(1e-9);
});

const parameter = fc.double({ min: 0.1, max: 15, noNaN: true });
const argument = fc.oneof(
  fc.double({ min: -50, max: 0.9999, noNaN: true }),
  fc.double({ min: 1e-6, max: 1e-2, noNaN: true }).map((gap) => 1 - gap),
);

test("₂F₁ keeps the relations of its neighbours", () => {
  fc.assert(
    fc.property(parameter, parameter, parameter, argument, (a, b, more, z) => {
      const c = b + 1 + more;
      const f = hypergeometric(a, b, c, z);
      // (a − b)·F = a·F(a + 1) − b·F(b + 1), Abramowitz and Stegun 15.2.14.
      const [left, right] = [a * hypergeometric(a + 1, b, c, z), b * hypergeometric(a, b + 1, c, z)];
      expect(Math.abs(left - right - (a - b) * f)).toBeLessThan(1e-6 * (left + right + Math.abs(a - b) * f));
      if (a < c) expect(off(hypergeometric(b, a, c, z), f)).toBeLessThan(1e-6);
    }),
  );
});

test("a rule of beta points has the distribution's moments, however skew or narrow", () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.05, max: 400, noNaN: true }),
      fc.double({ min: 0.05, max: 1000, noNaN: true }),
      (a, b) => {
        const { points, weights } = betaRule(a, b);
        const mean = (f: (p: number) => number) => points.reduce((sum, p, i) => sum + weights[i]! * f(p), 0);
        expect(
          off(
            mean(() => 1),
            1,
          ),
        ).toBeLessThan(1e-12);
        expect(
          off(
            mean((p) => p),
            a / (a + b),
          ),
        ).toBeLessThan(1e-6);
        expect(
          off(
            mean((p) => p * p),
            (a * (a + 1)) / (a + b) / (a + b + 1),
          ),
        ).toBeLessThan(1e-6);
      },
    ),
  );
});

test("what ₂F₁ is not known for is refused", () => {
  for (const [a, b, c, z] of [
    [1, 2, 1.5, 0.3],
    [1, 2, 3, 1],
    [0, 2, 3, 0.1],
    [1, 2, 3, Number.NaN],
  ] as const)
    expect(() => hypergeometric(a, b, c, z)).toThrow(RangeError);
});

test.each([
  [0.001, 6.907178885383853, -1000.5755719318103],
  [0.25, 1.2880225246980774, -4.2274535333762655],
  [1.5, -0.12078223763524522, 0.03648997397857652],
  [2, 0, 0.42278433509846713],
  [9.999, 12.799575780077413, 2.2516474172057355],
  [10, 12.801827480081469, 2.251752589066721],
  [123.456, 469.60554712992945, 4.811829323828985],
  [1e6, 12815504.569147611, 13.815510057964191],
])("ln Γ and its slope at %d are those of arithmetic in 50 digits", (x, log, slope) => {
  expect(Math.abs(logGamma(x) - log)).toBeLessThan(4e-15 * Math.max(1, Math.abs(log)));
  expect(Math.abs(digamma(x) - slope)).toBeLessThan(4e-15 * Math.max(1, Math.abs(slope)));
});

test("ln B is that of factorials", () => expect(off(logBeta(3, 4), Math.log(1 / 60))).toBeLessThan(1e-14));
