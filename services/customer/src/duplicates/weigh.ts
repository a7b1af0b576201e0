// What speaks for and against a pair, field by field: a rare name that two share says more than a frequent one.
import type { Compared } from "./compared.ts";
import { facingOf } from "./facing.ts";
import type { Field } from "./fields.ts";
import { atHome, bitsAt, type Model, priorBits } from "./model.ts";

export type Frequencies = readonly ReadonlyMap<string, number>[];

export function frequenciesOf(fields: readonly Field[], book: readonly Compared[]): Frequencies {
  return fields.map((field) => {
    const counts = new Map<string, number>();
    for (const customer of book)
      for (const value of new Set(field.values(customer))) counts.set(value, (counts.get(value) ?? 0) + 1);
    return counts;
  });
}

export interface FieldWeight {
  readonly field: string;
  readonly level: string;
  /** Two to the power of it: so many times likelier of one customer than of two. */
  readonly bits: number;
  /** So many customers have the value that both have; 0 where that does not count. */
  readonly holders: number;
}

export interface Weighing {
  readonly model: Model;
  readonly frequencies: Frequencies;
  readonly customers: number;
}

export interface Weighed {
  /** With what is known of all pairs beforehand. */
  readonly bits: number;
  readonly weights: readonly FieldWeight[];
}

export function weigh(weighing: Weighing, a: Compared, b: Compared): Weighed {
  const { model } = weighing;
  const facing = facingOf(a, b);
  const levels = model.fields.map((field) => field.compare(a, b, facing));
  const weights = model.fields.map((field, index) => {
    const level = levels[index]!;
    const shared = field.shared(a, b, level, facing);
    const holders = shared === "" ? 0 : (weighing.frequencies[index]!.get(shared) ?? 0);
    const bits = atHome(model, index, levels, bitsOf(weighing, index, level, holders));
    return { field: field.name, level: field.levels[level]?.name ?? "", bits, holders };
  });
  const bits = weights.reduce((sum, each) => sum + each.bits, priorBits(model));
  return { bits, weights: weights.filter(({ level }) => level !== "") };
}

/** As many records as these speak for what is expected of a field; the others for the value itself. */
const EXPECTED_HOLDERS = 1000;

function bitsOf({ model, customers }: Weighing, index: number, level: number, holders: number): number {
  if (holders === 0) return bitsAt(model, index, level);
  // Without these two: that they share it is what is to be explained.
  const usual = EXPECTED_HOLDERS * model.fields[index]!.levels[level]!.u;
  const byChance = (Math.max(0, holders - 2) + usual) / (customers + EXPECTED_HOLDERS);
  return Math.log2(model.m[index]![level]! / byChance);
}
