// Holds what a projection keeps against the newest states of its source, each aggregate with everything that is kept of it.
import { type Share, transaction } from "@guanxi/kit/transaction";
import { type ApplyOptions, settingsIfKnown } from "./apply.ts";
import type { Archive } from "./archive.ts";
import type { Held, Reckoning } from "./held.ts";
import type { Received } from "./received.ts";
import { here, type Side, type Stretch, there, versionOf } from "./sides.ts";
import { type Tally, tallying } from "./tally.ts";

export interface Difference {
  readonly id: string;
  readonly kind: "LOST" | "EXTRA" | "CHANGED";
}

export interface Comparing {
  readonly tenantId: string;
  readonly archive: Archive;
  /** Until our readers have passed a place in the stream. */
  readonly passed: (streamSequence: bigint) => Promise<void>;
}

/** Of one kind of aggregate. Versions are summed up with their ids, as the source counts them. */
export interface HeldAgainst {
  readonly held: Held;
  readonly versionsHere: Tally;
  readonly allThere: Tally;
  readonly allHere: Tally;
  readonly differences: readonly Difference[];
}

const BEFORE_ALL = "00000000-0000-0000-0000-000000000000";
const BEHIND_ALL = "ffffffff-ffff-ffff-ffff-ffffffffffff";
/** So often what changes meanwhile is looked at again: one that changes several times a second comes to rest for one of them. */
const ROUNDS = 20;

/**
 * Differences are those that are there still when they are looked at again: the readers go on all the while. `see` is shown the
 * newest event of each aggregate once.
 */
export async function compare(
  options: ApplyOptions,
  comparing: Comparing,
  see: (page: readonly Received[]) => void,
): Promise<HeldAgainst[]> {
  const { tenantId, archive } = comparing;
  const looks = await looking(options, tenantId);
  let after = BEFORE_ALL;
  for await (const page of archive.newest({ tenantId })) {
    see(page);
    const upTo = page.at(-1)!.event.meta.aggregateId;
    await readingIn(options, tenantId, (share) =>
      eachOf(looks, (look) => look.see(share, page, { after, upTo })),
    );
    after = upTo;
  }
  const rest = { after, upTo: BEHIND_ALL };
  await readingIn(options, tenantId, (share) => eachOf(looks, (look) => look.see(share, [], rest)));
  for (let round = 0; round < ROUNDS && looks.some((look) => look.isOpen(round)); round += 1)
    await lookAgain(options, comparing, looks);
  return looks.map((look) => look.end());
}

type Look = ReturnType<typeof lookAt>;

const eachOf = (looks: readonly Look[], work: (look: Look) => Promise<void>) => Promise.all(looks.map(work));

async function looking(options: ApplyOptions, tenantId: string): Promise<Look[]> {
  const settings = await settingsIfKnown(options, tenantId);
  const at = { timeZone: settings?.timeZone ?? "UTC" };
  return options.reader.reactions.flatMap(({ held }) => (held ? [lookAt(held, at)] : []));
}

async function lookAgain(
  options: ApplyOptions,
  { tenantId, archive, passed }: Comparing,
  looks: readonly Look[],
): Promise<void> {
  const ids = [...new Set(looks.flatMap((look) => look.suspects()))].sort();
  const newest: Received[] = [];
  for await (const page of archive.newest({ tenantId, ids })) newest.push(...page);
  await passed(BigInt(newest.reduce((last, { sequence }) => Math.max(last, sequence), 0)));
  await readingIn(options, tenantId, (share) => eachOf(looks, (look) => look.seeAgain(share, newest)));
}

interface Suspect {
  readonly there: Side | undefined;
  readonly here: Side | undefined;
}

/** What agrees is summed up at once; what does not waits for its second look. */
function lookAt(held: Held, at: Reckoning) {
  const suspects = new Map<string, Suspect>();
  const sums = {
    versionsHere: tallying(),
    allThere: tallying(),
    allHere: tallying(),
  };

  function add(id: string, { there, here }: Suspect): void {
    if (textOf(there)) sums.allThere.add(`${id} ${textOf(there)}`);
    if (textOf(here)) sums.allHere.add(`${id} ${textOf(here)}`);
    if (here && here.version > 0) sums.versionsHere.add(versionOf(id, here));
  }

  function weigh(id: string, suspect: Suspect): void {
    if (textOf(suspect.there) !== textOf(suspect.here)) suspects.set(id, suspect);
    else {
      suspects.delete(id);
      add(id, suspect);
    }
  }

  async function see(share: Share, page: readonly Received[], stretch: Stretch): Promise<void> {
    const told = there(held, page, at);
    const ours = await here(held, share, stretch);
    for (const id of new Set([...told.keys(), ...ours.keys()]))
      weigh(id, { there: told.get(id), here: ours.get(id) });
  }

  return {
    see,
    suspects: () => [...suspects.keys()],
    /** Whoever is newer here than there was changed meanwhile. */
    isOpen: (round: number) =>
      suspects.size > 0 &&
      (round === 0 ||
        [...suspects.values()].some(({ there, here }) => (here?.version ?? 0) > (there?.version ?? 0))),
    async seeAgain(share: Share, newest: readonly Received[]): Promise<void> {
      const ids = [...suspects.keys()];
      const mine = newest.filter(({ event }) => suspects.has(event.meta.aggregateId));
      const told = there(held, mine, at);
      const ours = await here(held, share, { ids });
      for (const id of ids) weigh(id, { there: told.get(id), here: ours.get(id) });
    },
    end(): HeldAgainst {
      for (const [id, suspect] of suspects) add(id, suspect);
      const differences = [...suspects].map(([id, suspect]) => ({ id, kind: kindOf(suspect) }));
      const { versionsHere, allThere, allHere } = sums;
      return {
        held,
        versionsHere: versionsHere.total(),
        allThere: allThere.total(),
        allHere: allHere.total(),
        differences: differences.sort((a, b) => (a.id < b.id ? -1 : 1)),
      };
    },
  };
}

/** Of some aggregates nothing is kept, and that is right. */
const textOf = (side: Side | undefined) => (side && side.rowCount > 0 ? side.text : "");

function kindOf({ there, here }: Suspect): Difference["kind"] {
  const [rowsThere, rowsHere] = [there?.rowCount ?? 0, here?.rowCount ?? 0];
  if (rowsHere < rowsThere) return "LOST";
  return rowsHere > rowsThere ? "EXTRA" : "CHANGED";
}

const READING = [
  { text: "set transaction isolation level repeatable read read only" },
  { text: "set local statement_timeout = 0" },
];

/** All that it asks is of one moment, and takes as long as it takes. */
export async function readingIn<T>(
  { db }: Pick<ApplyOptions, "db">,
  tenantId: string,
  work: (share: Share) => Promise<T>,
): Promise<T> {
  const tx = transaction(db, { tenantId, opening: () => READING });
  try {
    return await work(tx.share());
  } finally {
    await tx.rollback();
  }
}
