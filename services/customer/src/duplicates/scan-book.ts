// All of one book, from the records to the pairs that may be one customer: arithmetic only.
import { type Blocks, blocksOf, pairsIn } from "./blocks.ts";
import { clustersOf, type Linked } from "./clusters.ts";
import type { Compared } from "./compared.ts";
import { fieldsOf, type Field } from "./fields.ts";
import { bitsBefore, chanceOf, fit, levelsOf, patterns, priorBits } from "./model.ts";
import { type FieldWeight, frequenciesOf, weigh, type Weighing } from "./weigh.ts";

export interface FoundPair {
  readonly a: Compared;
  readonly b: Compared;
  readonly score: number;
  readonly bits: number;
  readonly priorBits: number;
  readonly weights: readonly FieldWeight[];
  /** The first of those that are one customer by all pairs together; undefined where the others speak against it. */
  readonly cluster: string | undefined;
}

export interface ScanCounts {
  readonly customers: number;
  readonly pairsCompared: number;
  readonly pairsKept: number;
  readonly clusters: number;
  readonly splitBlocks: number;
  readonly pairsLeftOut: number;
}

export interface ScannedBook {
  /** Made one after the other, for there may be many. */
  readonly pairs: Iterable<FoundPair>;
  readonly counts: ScanCounts;
}

/** Fewer are better told apart by a person who looks at both. */
const LEAST_SCORE = 50;

export function scanBook(kind: string, book: readonly Compared[]): ScannedBook {
  const blocks = blocksOf(book);
  const fields = fieldsOf(kind, book);
  const model = fit(fields, book, {
    candidates: candidatesOf(fields, book, blocks),
    chance: chancePairs(fields, book),
    pairs: (book.length * (book.length - 1)) / 2,
  });
  const weighing: Weighing = { model, frequencies: frequenciesOf(fields, book), customers: book.length };
  const { linked, pairsCompared } = compareAll(weighing, book, blocks);
  const clusters = clustersOf(linked, (a, b) => weigh(weighing, book[a]!, book[b]!).bits);
  const kept = keptOf(linked, clusters);
  const { splitBlocks, leftOutPairs } = blocks;
  const counts: ScanCounts = {
    customers: book.length,
    pairsCompared,
    pairsKept: kept.size,
    clusters: clusters.length,
    splitBlocks,
    pairsLeftOut: leftOutPairs,
  };
  return { pairs: pairsOf(weighing, book, kept, clusters), counts };
}

/** More pairs teach nothing more; they are taken evenly from all blocks. */
const MOST_LEARNT_FROM = 300_000;

function candidatesOf(fields: readonly Field[], book: readonly Compared[], blocks: Blocks) {
  const found = patterns();
  const upTo = blocks.members.reduce((sum, { length }) => sum + (length * (length - 1)) / 2, 0);
  const step = Math.max(1, Math.ceil(upTo / MOST_LEARNT_FROM));
  for (let block = 0; block < blocks.members.length; block += step)
    for (const [a, b] of pairsIn(blocks, block)) found.add(levelsOf(fields, book[a]!, book[b]!), step);
  return found;
}

const BY_CHANCE = 50_000;

/** Always the same ones for the same book, so that a scan can be done again. */
function chancePairs(fields: readonly Field[], book: readonly Compared[]) {
  const found = patterns();
  if (book.length < 2) return found;
  let state = 1;
  const place = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * book.length);
  };
  const wanted = Math.min(BY_CHANCE, (book.length * (book.length - 1)) / 2);
  for (let count = 0; count < wanted; count += 1) {
    const [a, b] = [place(), place()];
    if (a !== b) found.add(levelsOf(fields, book[a]!, book[b]!));
  }
  return found;
}

/** A pair so far below is not lifted by the rarity of its values. */
const HOPELESS_BITS = -20;

function compareAll(weighing: Weighing, book: readonly Compared[], blocks: Blocks) {
  const linked: Linked[] = [];
  let pairsCompared = 0;
  for (let block = 0; block < blocks.members.length; block += 1)
    for (const [a, b] of pairsIn(blocks, block)) {
      pairsCompared += 1;
      const [left, right] = [book[a]!, book[b]!];
      if (bitsBefore(weighing.model, levelsOf(weighing.model.fields, left, right)) < HOPELESS_BITS) continue;
      const { bits } = weigh(weighing, left, right);
      if (chanceOf(bits) * 100 >= LEAST_SCORE) linked.push({ a, b, bits });
    }
  return { linked, pairsCompared };
}

/** The likely pairs, and those that are one customer by way of others. */
function keptOf(linked: readonly Linked[], clusters: readonly (readonly number[])[]): Set<string> {
  const kept = new Set(linked.map(({ a, b }) => `${a} ${b}`));
  for (const group of clusters) keepEvery(kept, group);
  return kept;
}

/** Every two of them, once. */
function keepEvery(kept: Set<string>, group: readonly number[]): void {
  for (const a of group) for (const b of group) if (a < b) kept.add(`${a} ${b}`);
}

function* pairsOf(
  weighing: Weighing,
  book: readonly Compared[],
  kept: ReadonlySet<string>,
  clusters: readonly (readonly number[])[],
): Generator<FoundPair> {
  const clusterOf = new Map(clusters.flatMap((group) => group.map((place) => [place, group[0]!] as const)));
  for (const pair of kept) {
    const [a, b] = pair.split(" ").map(Number) as [number, number];
    const { bits, weights } = weigh(weighing, book[a]!, book[b]!);
    const [one, other] = [clusterOf.get(a), clusterOf.get(b)];
    yield {
      a: book[a]!,
      b: book[b]!,
      score: Math.min(99, Math.max(1, Math.round(100 * chanceOf(bits)))),
      bits,
      priorBits: priorBits(weighing.model),
      weights,
      cluster: one !== undefined && one === other ? book[one]!.customerId : undefined,
    };
  }
}
