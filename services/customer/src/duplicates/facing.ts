// Names laid beside each other. Forms and people exchange the given and the family name, and leave out one of the two.
import type { Compared, Name, Word } from "./compared.ts";
import { ABSENT, WORD, wordLevel } from "./likeness.ts";

/** How two words agree, and the one that both have where they are the same. */
interface Slot {
  readonly level: number;
  readonly text: string;
}

export interface Facing {
  readonly given: Slot;
  readonly family: Slot;
}

const NOTHING: Slot = { level: ABSENT, text: "" };
const NAMELESS: Way = { facing: { given: NOTHING, family: NOTHING }, worth: Number.NEGATIVE_INFINITY };

/** The best of all ways to lay the names of the two beside each other; a to b is as b to a. */
export function facingOf(a: Compared, b: Compared): Facing {
  let best = NAMELESS;
  for (const left of a.names) for (const right of b.names) best = bestOf(best, waysOf(left, right));
  return best.facing;
}

/** Of those that are worth the same, the first. */
const bestOf = (best: Way, ways: readonly Way[]): Way =>
  ways.reduce((most, way) => (way.worth > most.worth ? way : most), best);

interface Way {
  readonly facing: Facing;
  readonly worth: number;
}

/** Of two ways that agree as much, the one in which the family name agrees more. */
const worthOf = ({ given, family }: Facing) =>
  Math.max(given.level, 0) + Math.max(family.level, 0) + family.level / 10;

const CROSSED = 0.5; // worth so much less, for names stand mostly in their order

function waysOf(a: Name, b: Name): Way[] {
  const straight =
    a.key === b.key ? sameKey(a, b) : { given: slotOf(a.given, b.given), family: slotOf(a.family, b.family) };
  const ways = [{ facing: straight, worth: worthOf(straight) }];
  if (!a.given && !b.given) return ways;
  // Beside the only word of a name stands one word of the other; what does not agree may be the other part.
  const slots = [slotOf(a.given, b.family), slotOf(a.family, b.given)] as const;
  const [given, family] = slots[0].level <= slots[1].level ? slots : [slots[1], slots[0]];
  const crossed = { given, family };
  return [...ways, { facing: crossed, worth: worthOf(crossed) - CROSSED }];
}

/** Elk I Menzies is Elki Menzies: a space that slipped in is none of the name. */
const sameKey = (a: Name, b: Name): Facing => {
  const [given, family] = [slotOf(a.given, b.given), slotOf(a.family, b.family)];
  if (!a.given || !b.given) return { given, family };
  const same = (slot: Slot): Slot => (slot.level === WORD.same ? slot : { level: WORD.same, text: "" });
  return { given: same(given), family: same(family) };
};

function slotOf(a: Word | undefined, b: Word | undefined): Slot {
  if (!a || !b) return NOTHING;
  const level = wordLevel(a, b);
  return { level, text: level === WORD.same ? a.text : "" };
}
