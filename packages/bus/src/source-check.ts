// Whether the tables of a source say what its own events say, though it goes on all the while.
import type { Comparing } from "./compare.ts";
import type { Received } from "./received.ts";
import { modulo, summandOf, type Tally, versionText } from "./tally.ts";

/** UNCHECKED: the source changed so much while it was counted that it could not be told. */
export type SourceCheck = "AGREES" | "DIFFERS" | "UNCHECKED";

export interface Checked {
  readonly source: Tally;
  readonly check: SourceCheck;
}

/** So often a source is counted where its events do not explain what it counted. */
const ATTEMPTS = 5;

/**
 * Of each kind of aggregate the sum of ids and versions, as the events up to a place in the stream leave them, and as each
 * later event does.
 */
export function toldFrom(place: number) {
  const sums = new Map<string, bigint[]>();
  const late = new Set<string>();

  function sumsOf(type: string): bigint[] {
    const known = sums.get(type) ?? [0n];
    sums.set(type, known);
    return known;
  }

  return {
    /** Each aggregate's newest event, once. */
    see(page: readonly Received[]): void {
      for (const received of page) {
        const { type, id, after } = stepOf(received);
        if (received.sequence > place) late.add(id);
        else add(sumsOf(type), after);
      }
    },
    /** All that came behind the place, in its order: the first of an aggregate says in which version that found it. */
    goOn(tail: readonly Step[]): void {
      for (const { type, id, before } of tail) if (late.delete(id)) add(sumsOf(type), before);
      for (const { type, before, after } of tail) sumsOf(type).push(sumsOf(type).at(-1)! - before + after);
    },
    /** By how much these are more than the events, for each moment that there was. */
    excesses: (type: string, { checksum }: Tally): Set<bigint> =>
      new Set(sumsOf(type).map((sum) => modulo(BigInt(`0x${checksum}`) - sum))),
  };
}

const add = (sums: bigint[], summand: bigint) => sums.push(sums.pop()! + summand);

/** What an event takes out of the sum of its kind, and puts in. */
interface Step {
  readonly type: string;
  readonly id: string;
  readonly before: bigint;
  readonly after: bigint;
}

function stepOf({ event: { meta, envelope } }: Received): Step {
  const { aggregateType: type, aggregateId: id, version } = meta;
  const before = version > 1 ? summandOf(versionText(id, version - 1)) : 0n;
  const after = envelope.state.length > 0 ? summandOf(versionText(id, version)) : 0n;
  return { type, id, before, after };
}

type Told = ReturnType<typeof toldFrom>;

interface Asked {
  readonly told: Told;
  readonly place: number;
  readonly types: readonly string[];
}

/**
 * A count is of one moment, and so it has to be what the events up to some moment make. Where it is none of these, it is more or
 * less by the same at every attempt if the source is wrong, and by another if an event just overtook another.
 */
export async function checkSource(
  { archive, tenantId }: Comparing,
  { told, place, types }: Asked,
): Promise<Map<string, Checked>> {
  const checked = new Map<string, Checked>();
  const constant = new Map<string, Set<bigint>>();
  let after = place;
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const { counts } = await archive.counts(tenantId);
    const tail: Step[] = [];
    for await (const page of archive.pages({ tenantId, after })) {
      tail.push(...page.map(stepOf));
      after = page.at(-1)!.sequence;
    }
    told.goOn(tail);
    const open = counts.filter(
      ({ aggregateType: type }) => types.includes(type) && checked.get(type)?.check !== "AGREES",
    );
    for (const { aggregateType: type, count, checksum } of open) {
      const source = { count: Number(count), checksum };
      const excesses = told.excesses(type, source);
      const same = constant.get(type)?.intersection(excesses) ?? excesses;
      constant.set(type, same);
      checked.set(type, { source, check: verdictOf(excesses, same) });
    }
    if (open.every(({ aggregateType }) => checked.get(aggregateType)!.check === "AGREES")) break;
  }
  return checked;
}

function verdictOf(excesses: ReadonlySet<bigint>, same: ReadonlySet<bigint>): SourceCheck {
  if (excesses.has(0n)) return "AGREES";
  return same.size > 0 ? "DIFFERS" : "UNCHECKED";
}
