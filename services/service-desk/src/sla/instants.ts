// The instants at which something is to be said of a case: a promise broken, a step of the escalation reached.
import { type Clock, reach, type TargetKind } from "./clock.ts";
import type { Decision } from "./decide.ts";
import type { StoredStep } from "./policy.ts";

export interface Instant {
  readonly kind: TargetKind;
  /** Reached, or ahead if nothing changes. */
  readonly time: number;
  readonly reached: boolean;
  /** Null where the promise itself is broken. */
  readonly step: (StoredStep & { readonly level: number }) | null;
  /** What it is told once for: each wait for a next response is broken once. */
  readonly what: string;
  readonly beginTime: number;
}

/** What holds for a case. */
export type Promised = Pick<Decision, "opening" | "promises" | "escalation" | "stepsOf">;

/** Steps of a policy are taken once for a case, by the first clock that reaches them. */
export const instantsOf = (promised: Promised, clock: Clock): Instant[] =>
  [breachOf(promised, clock), ...stepInstants(promised, clock)].filter((instant) => instant !== null);

function breachOf({ opening, promises }: Promised, clock: Clock): Instant | null {
  const { kind } = clock;
  return instant(clock, reach(opening, clock, promises[kind]), {
    kind,
    step: null,
    what: `BREACH ${kind}`,
    beginTime: kind === "NEXT_RESPONSE" ? clock.beginTime : 0, // a start may become an earlier one by a merge
  });
}

const stepInstants = ({ opening, promises, escalation, stepsOf }: Promised, clock: Clock) =>
  escalation.flatMap((step, index) => {
    if (step.targetKind !== clock.kind) return [];
    const seconds = (promises[clock.kind] * step.percent) / 100 + step.offsetMinutes * 60;
    return instant(clock, reach(opening, clock, Math.max(0, seconds)), {
      kind: clock.kind,
      step: { ...step, level: index + 1 },
      what: `STEP ${stepsOf} ${index + 1}`, // another policy names others
      beginTime: 0,
    });
  });

function instant(
  { state }: Clock,
  { reachTime, dueTime }: ReturnType<typeof reach>,
  what: Omit<Instant, "time" | "reached">,
): Instant | null {
  const time = reachTime ?? (state === "RUNNING" ? dueTime : null);
  return time === null ? null : { ...what, time, reached: reachTime !== null };
}
