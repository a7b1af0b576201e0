// @stdlib's gammaln and digamma are as exact, but bring 169 packages for two functions; with an asymptotic series
// from 10 on, which is exact to the last bits, each takes a few lines.

const SERIES_FROM = 10;
const HALF_LOG_TWO_PI = 0.9189385332046727;

/** ln Γ(x) for x > 0. */
export function logGamma(x: number): number {
  let shift = 1;
  let z = x;
  for (; z < SERIES_FROM; z++) shift *= z;
  const w = 1 / (z * z);
  const series =
    1 / 12 + w * (-1 / 360 + w * (1 / 1260 + w * (-1 / 1680 + w * (1 / 1188 - (w * 691) / 360360))));
  return (z - 0.5) * Math.log(z) - z + HALF_LOG_TWO_PI + series / z - Math.log(shift);
}

/** Γ'(x)/Γ(x) for x > 0. */
export function digamma(x: number): number {
  let shift = 0;
  let z = x;
  for (; z < SERIES_FROM; z++) shift += 1 / z;
  const w = 1 / (z * z);
  const tail = w * (1 / 240 - w * (1 / 132 - (w * 691) / 32760));
  return Math.log(z) - 0.5 / z - w * (1 / 12 - w * (1 / 120 - w * (1 / 252 - tail))) - shift;
}

/** ln B(a, b). */
export const logBeta = (a: number, b: number) => logGamma(a) + logGamma(b) - logGamma(a + b);
