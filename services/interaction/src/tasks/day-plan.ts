// How a day is laid out (R067): a pure function of the bookings, the tasks and the hours.
import type { Span } from "./bookings.ts";
import type { TaskState } from "./task-state.ts";

/** A task that wants a place. */
export interface Wanted {
  readonly task: TaskState;
  /** 0 to 100. */
  readonly importance: number;
}

export interface Placed extends Wanted, Span {}

export interface LaidOut {
  readonly placed: readonly Placed[];
  readonly unplaced: readonly Wanted[];
}

/** The earliest due first, of those due together the most important; the id makes it one order and no other. */
export function byDueThenImportance(a: Wanted, b: Wanted): number {
  return (
    a.task.dueOrderTime.getTime() - b.task.dueOrderTime.getTime() ||
    b.importance - a.importance ||
    (a.task.taskId < b.task.taskId ? -1 : 1)
  );
}

/** Each in its turn takes the first gap that holds it, so that a short one may fill what a longer one before it left. */
export function layOut(hours: Span, taken: readonly Span[], wanted: readonly Wanted[]): LaidOut {
  const gaps = freeOf(hours, taken);
  const placed: Placed[] = [];
  const unplaced: Wanted[] = [];
  for (const want of wanted.toSorted(byDueThenImportance)) {
    const length = want.task.durationMinutes * 60_000;
    const gap = gaps.find(({ start, end }) => end - start >= length);
    if (gap) {
      placed.push({ ...want, start: new Date(gap.start), end: new Date(gap.start + length) });
      gap.start += length;
    } else unplaced.push(want);
  }
  return { placed, unplaced };
}

interface Gap {
  start: number;
  readonly end: number;
}

function freeOf({ start, end }: Span, taken: readonly Span[]): Gap[] {
  const gaps: Gap[] = [];
  let from = start.getTime();
  for (const span of taken.toSorted((a, b) => a.start.getTime() - b.start.getTime())) {
    const until = Math.min(span.start.getTime(), end.getTime());
    if (until > from) gaps.push({ start: from, end: until });
    from = Math.max(from, span.end.getTime());
  }
  if (end.getTime() > from) gaps.push({ start: from, end: end.getTime() });
  return gaps;
}
