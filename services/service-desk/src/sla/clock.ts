// The SLA clock: what the marks of a case say of its promises. Pure, so that it can be replayed from events.
//
// 1. Only business time counts. 2. What is promised is reckoned from the first start, whenever it changes; what has ended keeps
// the promise under which it ended (standing.ts). 3. Clocks stand still from pause to resume. 4. The first response is the first
// reply of a human being to the customer; a solution answers too. 5. The next response is owed only while the customer waits:
// from the customer's first word after an answer until the next answer, each wait anew. 6. Opened again, the clock of the
// resolution goes on; the time between counts for nothing. 7. A promise is broken once, at its due instant. An answer in that
// instant is too late: a span ends before its end. 8. Merged cases keep the earliest start. 9. Nothing is remembered but the marks,
// and what was promised when a clock ended.
import type { OpeningHours } from "../calendars/opening-hours.ts";

export type MarkKind =
  | "open"
  | "pause"
  | "resume"
  /** A public reply of a human being; machines and notes make none. */
  | "reply"
  /** A word of the customer. */
  | "customer"
  | "resolve"
  | "reopen"
  /** Cancelled, or merged into another. */
  | "stop";

/** Something that happened to a case and that its clocks go by. */
export interface Mark {
  readonly time: Date;
  readonly kind: MarkKind;
}

export type TargetKind = "FIRST_RESPONSE" | "NEXT_RESPONSE" | "RESOLUTION";
type TargetState = "RUNNING" | "PAUSED" | "MET" | "BREACHED" | "VOID";

/** Seconds of business time. */
export type Promises = Readonly<Record<TargetKind, number>>;

/** As it stands in the row of the case: times are ISO, since jsonb knows none. */
export interface StoredTarget {
  readonly kind: TargetKind;
  readonly state: TargetState;
  readonly targetSeconds: number;
  readonly dueTime: string | null;
  readonly metTime: string | null;
  readonly breachTime: string | null;
  readonly elapsedSeconds: number;
  readonly stated: boolean;
}

/** When a clock ran, whatever was promised. */
export interface Clock {
  readonly kind: TargetKind;
  /** Where it began: each wait for a next response has a clock of its own. */
  readonly beginTime: number;
  /** In their order; the last one of a clock that runs ends now. */
  readonly stretches: readonly (readonly [from: number, until: number])[];
  readonly state: "RUNNING" | "PAUSED" | "ANSWERED" | "VOID";
  readonly answerTime: number | null;
  /** Whether it ran when the answer came. */
  readonly ranTillAnswer: boolean;
}

/** The marks of a case that others go on in: it was begun when the first was, and hears what was said in each. */
export const mergeMarks = (own: readonly Mark[], absorbed: readonly Mark[]): Mark[] =>
  inOrder([...own, ...absorbed.filter(({ kind }) => SHARED.has(kind))]);

/** Whether it waits, is solved or over is a matter of the case itself. */
const SHARED = new Set<MarkKind>(["open", "customer", "reply"]);

const inOrder = (marks: readonly Mark[]) => marks.toSorted((a, b) => a.time.getTime() - b.time.getTime());

interface Running {
  kind: TargetKind;
  beginTime: number;
  stretches: [number, number][];
  since: number | null;
  state: "OWED" | "ANSWERED" | "VOID";
  answerTime: number | null;
  ranTillAnswer: boolean;
}

interface Course {
  first: Running | null;
  waits: Running[];
  resolution: Running | null;
  /** On hold, waiting, solved or over: nothing runs. */
  still: boolean;
  /** Cancelled, or merged into another: what is said then moves nothing. */
  over: boolean;
}

/** All clocks of a case; those of the next response in the order of the waits. */
export function clocksOf(marks: readonly Mark[], now: Date): Clock[] {
  const course: Course = { first: null, waits: [], resolution: null, still: false, over: false };
  const sorted = inOrder(marks);
  for (const { kind, time } of sorted) MARKED[kind](course, time.getTime());
  // Two processes' clocks differ: a mark may lie a moment ahead.
  const end = Math.max(now.getTime(), sorted.at(-1)?.time.getTime() ?? 0);
  return clocks(course).map(({ since, state, ...clock }) => ({
    ...clock,
    stretches: since === null ? clock.stretches : [...clock.stretches, [since, end]],
    state: state !== "OWED" ? state : since === null ? "PAUSED" : "RUNNING",
  }));
}

const clocks = ({ first, waits, resolution }: Course): Running[] =>
  [first, ...waits, resolution].filter((clock) => clock !== null);

const MARKED: Record<MarkKind, (course: Course, time: number) => void> = {
  open(course, time) {
    if (course.first) return; // of a case that was merged into this one later
    course.first = begin("FIRST_RESPONSE", time, course);
    course.resolution = begin("RESOLUTION", time, course);
  },
  pause(course, time) {
    course.still = true;
    for (const clock of clocks(course)) halt(clock, time);
  },
  resume(course, time) {
    course.still = false;
    for (const clock of clocks(course)) if (clock.state === "OWED") clock.since ??= time;
  },
  reply(course, time) {
    if (course.over) return;
    for (const clock of clocks(course)) if (clock !== course.resolution) answer(clock, time);
  },
  customer(course, time) {
    const waits = course.waits.at(-1)?.state === "OWED";
    if (!course.over && course.first?.state === "ANSWERED" && !waits)
      course.waits.push(begin("NEXT_RESPONSE", time, course));
  },
  resolve(course, time) {
    course.still = true;
    for (const clock of clocks(course)) answer(clock, time);
  },
  reopen(course, time) {
    course.still = course.over = false;
    for (const clock of clocks(course)) {
      if (clock.state === "VOID" || clock === course.resolution) clock.state = "OWED";
      if (clock.state !== "OWED") continue;
      clock.answerTime = null;
      clock.since ??= time;
    }
  },
  stop(course, time) {
    course.still = course.over = true;
    for (const clock of clocks(course)) {
      halt(clock, time);
      if (clock.state === "OWED") clock.state = "VOID";
    }
  },
};

const begin = (kind: TargetKind, time: number, { still }: Course): Running => ({
  kind,
  beginTime: time,
  stretches: [],
  since: still ? null : time,
  state: "OWED",
  answerTime: null,
  ranTillAnswer: false,
});

function halt(clock: Running, time: number): void {
  if (clock.since !== null) clock.stretches.push([clock.since, time]);
  clock.since = null;
}

function answer(clock: Running, time: number): void {
  if (clock.state !== "OWED") return;
  clock.ranTillAnswer = clock.since !== null;
  halt(clock, time);
  clock.state = "ANSWERED";
  clock.answerTime = time;
}

export interface Reach {
  /** When the clock showed so much; null where it has not. */
  readonly reachTime: number | null;
  /** When it will, if nothing changes; would have, had the answer not come. Null where it stands still. */
  readonly dueTime: number | null;
  /** Milliseconds of business time in all. */
  readonly elapsed: number;
}

/** When a clock shows so many seconds: those of its promise, or of a step of the escalation. */
export function reach(
  calendar: OpeningHours,
  { stretches, state, ranTillAnswer }: Clock,
  seconds: number,
): Reach {
  let elapsed = 0;
  let reachTime: number | null = null;
  let dueTime: number | null = null;
  for (const [from, until] of stretches) {
    if (reachTime === null) {
      dueTime = calendar.after(from, seconds * 1000 - elapsed);
      if (dueTime !== null && dueTime <= until) reachTime = dueTime;
    }
    elapsed += calendar.between(from, until);
  }
  const ran = state === "RUNNING" || (state === "ANSWERED" && ranTillAnswer);
  return { reachTime, dueTime: reachTime !== null || ran ? dueTime : null, elapsed };
}

const STATES = { RUNNING: "RUNNING", PAUSED: "PAUSED", ANSWERED: "MET", VOID: "VOID" } as const;

export function targetOf(calendar: OpeningHours, clock: Clock, seconds: number): StoredTarget {
  const { reachTime, dueTime, elapsed } = reach(calendar, clock, seconds);
  return {
    kind: clock.kind,
    state: reachTime === null ? STATES[clock.state] : "BREACHED",
    targetSeconds: seconds,
    dueTime: iso(dueTime),
    metTime: iso(clock.answerTime),
    breachTime: iso(reachTime),
    elapsedSeconds: Math.floor(elapsed / 1000),
    stated: false,
  };
}

const iso = (time: number | null) => (time === null ? null : new Date(time).toISOString());
