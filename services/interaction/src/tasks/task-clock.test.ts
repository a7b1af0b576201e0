import fc from "fast-check";
import { expect, test } from "vitest";
import { completeTask, deferTask, takeTask } from "./task.ts";
import { nextSaying, said } from "./task-clock.ts";
import type { TaskState } from "./task-state.ts";
import { Task } from "@guanxi/contract/guanxi/interaction/v1/task";

const NOW = new Date("2026-03-02T12:00:00Z");
const at = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);
const taskOf = (task: object): TaskState => takeTask(Task.fromPartial({ title: "call", ...task }), "id", NOW);

/** Whoever looks at whatever moments: what is said, and for which times. */
function looked(task: TaskState, moments: readonly number[]): string[] {
  const words: string[] = [];
  let state = task;
  for (const moment of moments) {
    const next = nextSaying(state);
    if (!next || next.time > at(moment)) continue;
    words.push(`${next.event} ${next.time.getTime()}`);
    state = said(state, next, at(moment));
  }
  return words;
}

test("however often one looks, and however the clock jumps, reminder and due time are said once each", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -500, max: 500 }), { maxLength: 60 }), (moments) => {
      const words = looked(taskOf({ remindTime: at(10), dueTime: at(20) }), moments);
      expect(new Set(words).size).toBe(words.length);
      expect(words.length).toBeLessThanOrEqual(2);
      if (Math.max(...moments) < 10) expect(words).toEqual([]);
    }),
  );
  const words = looked(taskOf({ remindTime: at(10), dueTime: at(20) }), [9, 10, 15, 20, 30]);
  expect(words).toEqual([`reminded ${at(10).getTime()}`, `due ${at(20).getTime()}`]);
});

test("what is put off is open again at its time, and due then at the earliest", () => {
  const deferred = deferTask(taskOf({ dueTime: at(20), plannedStartTime: at(5) }), at(60), NOW);
  expect(deferred).toMatchObject({ state: "DEFERRED", plannedStartTime: null, dueTime: at(60) });
  expect(nextSaying(deferred)).toEqual({ event: "reminded", time: at(60) });
  expect(said(deferred, nextSaying(deferred)!, at(60)).state).toBe("OPEN");
  expect(() => deferTask(deferred, NOW, NOW)).toThrow("does not keep the rules");
});

test("what is done says nothing any more, and is done once", () => {
  const done = completeTask(taskOf({ dueTime: at(20) }), "all well", NOW);
  expect(nextSaying(done)).toBeUndefined();
  expect(completeTask(done, "", at(1))).toBe(done);
  expect(() => completeTask(done, "otherwise", at(1))).toThrow("DONE");
  expect(() => taskOf({ remindTime: at(30), dueTime: at(20) })).toThrow("does not keep the rules");
});
