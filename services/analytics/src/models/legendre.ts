/** Gauss and Legendre's points and weights on (0, 1): Newton's method from the roots' known neighbourhood. */
export function legendreRule(count: number): { points: Float64Array; weights: Float64Array } {
  const points = new Float64Array(count);
  const weights = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    let z = Math.cos((Math.PI * (i + 0.75)) / (count + 0.5));
    for (let round = 0; round < 8; round++) z -= legendre(count, z).value / legendre(count, z).slope;
    points[i] = (1 - z) / 2;
    weights[i] = 1 / ((1 - z * z) * legendre(count, z).slope ** 2);
  }
  return { points, weights };
}

function legendre(degree: number, z: number): { value: number; slope: number } {
  let [before, value] = [0, 1];
  for (let n = 1; n <= degree; n++)
    [before, value] = [value, ((2 * n - 1) * z * value - (n - 1) * before) / n];
  return { value, slope: (degree * (z * value - before)) / (z * z - 1) };
}
