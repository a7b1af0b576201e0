// How the clocks of a case stand under its promises. What still runs goes by what is promised now. What has ended keeps the
// promise under which it ended: a case that becomes more pressing, or a calendar with longer hours, breaks no promise that
// was kept. Opened again it runs, and goes by what is promised then.
import { type Clock, clocksOf, type Mark, type StoredTarget, targetOf, type TargetKind } from "./clock.ts";
import { type Instant, instantsOf, type Promised } from "./instants.ts";

/** A clock as it stands; of one that has ended, as it stood then. */
export interface KeptClock {
  readonly kind: TargetKind;
  readonly beginTime: number;
  readonly answerTime: number | null;
  readonly target: StoredTarget;
  /** What it has reached, or will; whether it has been said is asked elsewhere. */
  readonly instants: readonly Instant[];
}

export interface Standing {
  /** First response and resolution, and next response once the customer has waited for one. */
  readonly targets: readonly StoredTarget[];
  /** In the order of time. */
  readonly instants: readonly Instant[];
  /** To be handed in the next time. */
  readonly kept: readonly KeptClock[];
}

/** Pure: replayed from the events of a case, each with what was promised then, it gives the same. */
export function reckon(
  promised: Promised,
  marks: readonly Mark[],
  now: Date,
  kept: readonly KeptClock[] = [],
): Standing {
  const left = [...kept];
  const clocks = clocksOf(marks, now);
  const stands = clocks.map((clock) =>
    standOf(promised, clock, isEnded(clock) ? takeFormer(clock, left) : undefined),
  );
  const last = new Map(stands.map(({ target }) => [target.kind, target]));
  return {
    targets: [...last.values()],
    instants: stands.flatMap(({ instants }) => instants).toSorted((a, b) => a.time - b.time),
    kept: stands.filter((_, index) => isEnded(clocks[index]!)),
  };
}

const isEnded = ({ state }: Clock) => state === "ANSWERED" || state === "VOID";

function standOf(promised: Promised, clock: Clock, former: KeptClock | undefined): KeptClock {
  const { kind, beginTime, answerTime } = clock;
  if (former && former.beginTime === beginTime && former.answerTime === answerTime) return former;
  // Somebody has said since that it was answered earlier, or begun: by the promise of then it is reckoned anew.
  const seconds = former?.target.targetSeconds ?? promised.promises[kind];
  const target = targetOf(promised.opening, clock, seconds);
  const promises = { ...promised.promises, [kind]: seconds };
  return { kind, beginTime, answerTime, target, instants: instantsOf({ ...promised, promises }, clock) };
}

/**
 * The same one; a merge may have given it an earlier beginning, but each wait for a next response is another one. Out of what is
 * left, since two waits may begin and end in one instant.
 */
function takeFormer({ kind, beginTime, answerTime }: Clock, left: KeptClock[]): KeptClock | undefined {
  const isLike = (each: KeptClock) =>
    each.kind === kind && (kind !== "NEXT_RESPONSE" || each.beginTime === beginTime);
  const same = left.findIndex((each) => isLike(each) && each.answerTime === answerTime);
  const index = same < 0 ? left.findIndex(isLike) : same;
  return index < 0 ? undefined : left.splice(index, 1)[0];
}
