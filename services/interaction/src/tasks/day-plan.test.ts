import fc from "fast-check";
import { expect, test } from "vitest";
import type { Span } from "./bookings.ts";
import { byDueThenImportance, layOut, type Wanted } from "./day-plan.ts";
import { hoursOf } from "./hours.ts";
import { blankTask } from "./task.ts";
import { dueOrder } from "./task-state.ts";

const DAY = Date.parse("2026-03-02T00:00:00Z");
const at = (minutes: number) => new Date(DAY + minutes * 60_000);
const HOURS = { start: at(540), end: at(1080) };

const wanted = fc
  .record({
    due: fc.option(fc.integer({ min: -2000, max: 1440 })),
    minutes: fc.constantFrom(5, 15, 30, 60, 240),
    importance: fc.integer({ min: 0, max: 100 }),
  })
  .map(({ due, minutes, importance }): Omit<Wanted, "task"> & { due: number | null; minutes: number } => ({
    due,
    minutes,
    importance,
  }));

const tasksOf = (all: readonly { due: number | null; minutes: number; importance: number }[]): Wanted[] =>
  all.map(({ due, minutes, importance }, index) => {
    const dueTime = due === null ? null : at(due);
    const blank = blankTask(`task ${String(index).padStart(4, "0")}`, at(0));
    return {
      importance,
      task: { ...blank, dueTime, dueOrderTime: dueOrder(dueTime), durationMinutes: minutes },
    };
  });

const bookings = fc
  .array(fc.record({ start: fc.integer({ min: -60, max: 1500 }), minutes: fc.integer({ min: 1, max: 300 }) }))
  .map((all) => all.map(({ start, minutes }): Span => ({ start: at(start), end: at(start + minutes) })));

const overlap = (a: Span, b: Span) => a.start < b.end && b.start < a.end;

test("R067 whatever is booked and to be done, nobody is booked twice, and no task is dropped", () => {
  fc.assert(
    fc.property(fc.array(wanted, { maxLength: 40 }), bookings, (all, taken) => {
      const tasks = tasksOf(all);
      const { placed, unplaced } = layOut(HOURS, taken, tasks);
      for (const [index, one] of placed.entries()) {
        expect(one.end.getTime() - one.start.getTime()).toBe(one.task.durationMinutes * 60_000);
        expect(one.start >= HOURS.start && one.end <= HOURS.end).toBe(true);
        for (const other of [...taken, ...placed.slice(index + 1)]) expect(overlap(one, other)).toBe(false);
      }
      const ids = [...placed, ...unplaced].map(({ task }) => task.taskId);
      expect(ids.toSorted()).toEqual(tasks.map(({ task }) => task.taskId));
    }),
  );
});

test("R067 of tasks that take as long the one that is due first comes first, and of those due together the worthier", () => {
  fc.assert(
    fc.property(fc.array(wanted, { maxLength: 40 }), bookings, (all, taken) => {
      const { placed, unplaced } = layOut(HOURS, taken, tasksOf(all));
      const inOrder = [...placed, ...unplaced].toSorted(byDueThenImportance);
      for (const minutes of [5, 15, 30, 60, 240]) {
        const alike = inOrder.filter(({ task }) => task.durationMinutes === minutes);
        const starts = alike.map((one) => ("start" in one ? (one.start as Date).getTime() : Infinity));
        expect(starts).toEqual(starts.toSorted((a, b) => a - b));
      }
      // What found no place would not fit into what was left either.
      const shortest = Math.min(...unplaced.map(({ task }) => task.durationMinutes));
      const again = layOut(HOURS, [...taken, ...placed], unplaced);
      if (unplaced.length > 0) expect(shortest).toBeGreaterThan(0);
      expect(again.placed).toEqual([]);
    }),
  );
});

test("due time goes before worth, and what has no due time comes last", () => {
  const [late, soon, worth, none] = tasksOf([
    { due: 700, minutes: 30, importance: 100 },
    { due: 600, minutes: 30, importance: 1 },
    { due: 600, minutes: 30, importance: 2 },
    { due: null, minutes: 30, importance: 100 },
  ]);
  const { placed } = layOut(HOURS, [], [late!, soon!, worth!, none!]);
  expect(placed.map(({ task }) => task.taskId)).toEqual(
    [worth!, soon!, late!, none!].map(({ task }) => task.taskId),
  );
  expect(placed[0]!.start).toEqual(HOURS.start);
});

test("hours are those of the tenant's day, of today what is left, and a day that has passed is refused", () => {
  const zone = { now: new Date("2026-03-02T02:31:00Z"), today: "2026-03-02", timeZone: "Asia/Shanghai" };
  const { work, breaks, whole } = hoursOf({}, zone);
  expect(work.start.toISOString()).toBe("2026-03-02T02:35:00.000Z");
  expect(work.end.toISOString()).toBe("2026-03-02T10:00:00.000Z");
  expect(breaks[0]!.start.toISOString()).toBe("2026-03-02T04:00:00.000Z");
  expect(whole.start.toISOString()).toBe("2026-03-01T16:00:00.000Z");
  const tomorrow = hoursOf({ date: { year: 2026, month: 3, day: 3 } }, zone);
  expect(tomorrow.work.start.toISOString()).toBe("2026-03-03T01:00:00.000Z");
  expect(() => hoursOf({ date: { year: 2026, month: 3, day: 1 } }, zone)).toThrow("cannot be planned");
  // On this day the clocks of Berlin jump from two to three: the night is an hour shorter, the working day is not.
  const berlin = { now: new Date("2026-03-28T00:00:00Z"), today: "2026-03-28", timeZone: "Europe/Berlin" };
  const sunday = hoursOf({ date: { year: 2026, month: 3, day: 29 } }, berlin);
  expect(sunday.whole.end.getTime() - sunday.whole.start.getTime()).toBe(23 * 3_600_000);
  expect(sunday.work.end.getTime() - sunday.work.start.getTime()).toBe(9 * 3_600_000);
});
