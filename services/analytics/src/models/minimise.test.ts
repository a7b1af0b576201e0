import { expect, test } from "vitest";
import { minimise } from "./minimise.ts";

test("the bottom of Rosenbrock's valley is found from its far side", () => {
  const { point, converged } = minimise(
    (at, gradient) => {
      const [x, y] = at as unknown as [number, number];
      gradient.set([-2 * (1 - x) - 400 * x * (y - x * x), 200 * (y - x * x)]);
      return (1 - x) ** 2 + 100 * (y - x * x) ** 2 + 1; // a value above 0, as a likelihood has
    },
    [-1.2, 1],
  );
  expect(converged).toBe(true);
  for (const at of point) expect(at).toBeCloseTo(1, 5);
});

test("a slope without a floor ends, and is said not to have converged", () => {
  const { converged } = minimise(
    (at, gradient) => {
      gradient[0] = -1;
      return -at[0]!;
    },
    [0],
  );
  expect(converged).toBe(false);
});

test("where the objective is not a number, the search turns round", () => {
  const { point } = minimise(
    (at, gradient) => {
      gradient[0] = 1 - 1 / at[0]!;
      return at[0]! - Math.log(at[0]!);
    },
    [6],
  );
  expect(point[0]).toBeCloseTo(1, 6);
});
