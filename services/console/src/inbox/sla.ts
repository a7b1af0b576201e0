// The clocks of a case as one reads them: which promise comes next, and how pressing it is. Each instant is the service's, which
// knows opening hours and pauses; here only the time until then is told.
import type { Case, SlaTarget } from "@guanxi/client/gen/guanxi";

export type Tone = "late" | "soon" | "calm" | "paused" | "met" | "none";

export interface Clock {
  tone: Tone;
  target?: SlaTarget;
  /** Until it is due; of what is late, since then, as a negative number. */
  seconds?: number;
}

const PRESSING: readonly Tone[] = ["late", "soon", "calm", "paused", "met", "none"];

/** How one promise stands. */
export function clockOf(target: SlaTarget, now: number): Clock {
  const { state, dueTime, metTime, breachTime, targetSeconds } = target;
  if (state === "STATE_PAUSED") return { tone: "paused", target };
  if (state === "STATE_MET") return { tone: "met", target };
  if (state === "STATE_BREACHED") return late(target, metTime ? undefined : (breachTime ?? dueTime), now);
  if (state !== "STATE_RUNNING" || !dueTime) return { tone: "none", target };
  const seconds = (Date.parse(dueTime) - now) / 1000;
  // The service says so in a moment; nobody should read a promise as kept meanwhile.
  if (seconds <= 0) return late(target, dueTime, now);
  return { tone: seconds < Number(targetSeconds) / 5 ? "soon" : "calm", target, seconds };
}

function late(target: SlaTarget, since: string | undefined, now: number): Clock {
  return since
    ? { tone: "late", target, seconds: (Date.parse(since) - now) / 1000 }
    : { tone: "late", target };
}

/** The one to show where there is room for one: what still can be done something about, the most pressing first. */
export function nextClock({ sla, status }: Pick<Case, "sla" | "status">, now: number): Clock {
  const clocks = (sla?.targets ?? []).map((target) => clockOf(target, now));
  const running = clocks.filter(({ seconds }) => seconds !== undefined);
  const over = ["STATUS_RESOLVED", "STATUS_CLOSED", "STATUS_CANCELLED", "STATUS_MERGED"].includes(status);
  if (running.length > 0 && !over) return running.reduce(first);
  return clocks.filter(({ tone }) => over || tone === "paused").reduce(first, { tone: "none" });
}

function first(a: Clock, b: Clock): Clock {
  const [x, y] = [PRESSING.indexOf(a.tone), PRESSING.indexOf(b.tone)];
  if (x !== y) return x < y ? a : b;
  return (b.seconds ?? 0) < (a.seconds ?? 0) ? b : a;
}

/** 05:09; what has less than an hour is watched by the second. */
export function minutesAndSeconds(seconds: number): string {
  const whole = Math.floor(Math.abs(seconds));
  return `${String(Math.floor(whole / 60)).padStart(2, "0")}:${String(whole % 60).padStart(2, "0")}`;
}
