import { randomExponential, randomGamma, randomBeta, randomLcg } from "d3-random";

/** Draws that come out the same for the same seed, on every machine. */
export function chance(seed: number) {
  const source = randomLcg(seed);
  const below = (limit: number) => Math.floor(source() * limit);
  return {
    below,
    between: (from: number, to: number) => from + below(to - from + 1),
    one: <T>(list: readonly T[]): T => list[below(list.length)]!,
    happens: (probability: number) => source() < probability,
    gamma: (shape: number, rate: number) => randomGamma.source(source)(shape, 1 / rate)(),
    beta: (a: number, b: number) => randomBeta.source(source)(a, b)(),
    wait: (rate: number) => randomExponential.source(source)(rate)(),
  };
}

export type Chance = ReturnType<typeof chance>;
