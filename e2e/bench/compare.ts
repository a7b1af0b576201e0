import { cpuOf, type Processes, sum } from "./cpu.ts";
import type { Seen } from "./load.ts";

export interface Side {
  readonly name: string;
  /** Whose CPU time counts. */
  readonly processes: Processes;
  run(seconds: number): Promise<Seen>;
  /** Resolves when nothing is left to do of what the load has caused: its CPU belongs to this side too. */
  settled?(): Promise<void>;
}

export interface Sample extends Seen {
  /** Microseconds per request, by process. */
  readonly cpu: Readonly<Record<string, number>>;
  readonly cpuTotal: number;
}

export interface Pace {
  readonly pairs: number;
  readonly seconds: number;
}

const WARM_UP_S = 2;

/** All sides in turn, again and again: a machine that slows down slows all of them. */
export async function inTurns(sides: readonly Side[], { pairs, seconds }: Pace): Promise<Sample[][]> {
  for (const side of sides) await sampleOf(side, Math.min(seconds, WARM_UP_S));
  const samples: Sample[][] = sides.map(() => []);
  for (let pair = 0; pair < pairs; pair++)
    for (const [index, side] of sides.entries()) samples[index]!.push(await sampleOf(side, seconds));
  return samples;
}

async function sampleOf({ processes, run, settled }: Side, seconds: number): Promise<Sample> {
  const before = cpuOf(processes);
  const seen = await run(seconds);
  await settled?.();
  const after = cpuOf(processes);
  const cpu = Object.fromEntries(
    Object.entries(after).map(([name, spent]) => [name, (spent - before[name]!) / seen.count]),
  );
  return { ...seen, cpu, cpuTotal: sum(Object.values(cpu)) };
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Of each pair the ratio, and of those the median: a slow moment then harms one pair, not the sum. */
export const medianRatio = (
  ours: readonly Sample[],
  theirs: readonly Sample[],
  of: (sample: Sample) => number,
) => median(ours.map((sample, index) => of(sample) / of(theirs[index]!)));
