// Fellegi and Sunter's model of record linkage, learnt from the book itself by expectation and maximisation: how often records of
// one customer agree in a field, how often records of two do, and how many pairs are one customer. Nobody has to mark pairs.
import type { Compared } from "./compared.ts";
import { facingOf } from "./facing.ts";
import { AT, type Field } from "./fields.ts";
import { ABSENT } from "./likeness.ts";

export interface Model {
  readonly fields: readonly Field[];
  /** Of each field and level. */
  readonly m: readonly (readonly number[])[];
  readonly u: readonly (readonly number[])[];
  /** Of all pairs of the book so many are one customer. */
  readonly share: number;
}

/** The level of each field. */
export type Levels = readonly number[];

export function levelsOf(fields: readonly Field[], a: Compared, b: Compared): Levels {
  const facing = facingOf(a, b);
  return fields.map((field) => field.compare(a, b, facing));
}

/** Pairs with the same levels are one pattern, however many there are. */
export interface Patterns {
  add(levels: Levels, weight?: number): void;
  all(): readonly Pattern[];
}

interface Pattern {
  readonly levels: Levels;
  weight: number;
}

export function patterns(): Patterns {
  const byKey = new Map<string, Pattern>();
  return {
    add(levels, weight = 1) {
      const key = levels.join();
      const known = byKey.get(key);
      if (known) known.weight += weight;
      else byKey.set(key, { levels, weight });
    },
    all: () => [...byKey.values()],
  };
}

export interface Evidence {
  /** Of pairs that share a key. */
  readonly candidates: Patterns;
  /** Of pairs taken by chance: what two customers have in common. */
  readonly chance: Patterns;
  readonly pairs: number;
}

/** So many pairs weigh what is expected beforehand: in a small book it decides, in a large one the book does. */
const EXPECTED_M = 20;
const EXPECTED_U = 100;
/** One of so many customers stands in the book twice, before anything is known; in a book of few, as in one of a hundred. */
const EXPECTED_TWICE = 20;
const MOST_EXPECTED = 0.001;
/** Of so many pairs that is expected to be known: a book of few says little of how many of its pairs are one. */
const EXPECTED_PAIRS = 1000;
const MOST_ROUNDS = 50;
const SETTLED = 1e-5;

export function fit(fields: readonly Field[], book: readonly Compared[], evidence: Evidence): Model {
  const pairs = Math.max(1, evidence.pairs);
  let model: Model = {
    fields,
    m: fields.map(({ levels }) => levels.map(({ m }) => m)),
    u: fields.map(({ levels }) => levels.map(({ u }) => u)),
    share: expectedShare(book.length, pairs),
  };
  const [candidates, chance] = [evidence.candidates.all(), evidence.chance.all()];
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const next = improved(model, candidates, chance, { pairs, customers: book.length });
    const change = Math.abs(Math.log(next.share / model.share));
    model = next;
    if (change < SETTLED) break;
  }
  return model;
}

const expectedShare = (customers: number, pairs: number) =>
  Math.min(MOST_EXPECTED, customers / EXPECTED_TWICE / pairs);

function improved(
  model: Model,
  candidates: readonly Pattern[],
  chance: readonly Pattern[],
  { pairs, customers }: { readonly pairs: number; readonly customers: number },
): Model {
  const { fields } = model;
  const one = counter(fields, ({ m }) => EXPECTED_M * m);
  const two = counter(fields, ({ u }) => EXPECTED_U * u);
  let found = 0;
  for (const { levels, weight } of candidates) {
    const likely = weight * chanceOf(bitsBefore(model, levels));
    found += likely;
    one.add(levels, likely);
  }
  for (const { levels, weight } of chance)
    two.add(levels, weight * (1 - chanceOf(bitsBefore(model, levels))));
  const expected = EXPECTED_PAIRS * expectedShare(customers, pairs);
  const share = (found + expected) / (pairs + EXPECTED_PAIRS);
  return { fields, m: one.shares(), u: two.shares(), share };
}

function counter(fields: readonly Field[], before: (level: Field["levels"][number]) => number) {
  const counts = fields.map(({ levels }) => levels.map(before));
  return {
    add(levels: Levels, weight: number) {
      levels.forEach((level, index) => {
        if (level !== ABSENT) counts[index]![level]! += weight;
      });
    },
    shares: () =>
      counts.map((each) => {
        const sum = each.reduce((a, b) => a + b, 0);
        return each.map((count) => count / sum);
      }),
  };
}

export const priorBits = ({ share }: Model) => Math.log2(share / (1 - share));

export const chanceOf = (bits: number) => 1 / (1 + 2 ** -bits);

/** At one address two people often have one family name, which therefore says little there. */
const AT_HOME_BITS = 1;

export function atHome({ fields }: Model, index: number, levels: Levels, bits: number): number {
  if (fields[index]!.name !== "family_name") return bits;
  const address = levels[fields.findIndex(({ name }) => name === "address")]!;
  return address >= AT.near ? Math.min(bits, AT_HOME_BITS) : bits;
}

/** Before the frequency of values counts. */
export function bitsBefore(model: Model, levels: Levels): number {
  let bits = priorBits(model);
  for (let index = 0; index < levels.length; index += 1)
    bits += atHome(model, index, levels, bitsAt(model, index, levels[index]!));
  return bits;
}

export const bitsAt = ({ m, u }: Model, field: number, level: number): number =>
  level === ABSENT ? 0 : Math.log2(m[field]![level]! / u[field]![level]!);
