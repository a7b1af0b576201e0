import type { At } from "@guanxi/kit/at";
import type { Codec } from "@guanxi/kit/codec";
import { record } from "@guanxi/kit/store";
import { watchTask } from "./task-clock.ts";
import type { TaskState } from "./task-state.ts";
import { tasks } from "./tasks.ts";

/** Recorded, and its times watched. */
export function keepTask(at: At, task: TaskState, type: Codec<unknown>, facts: object = {}): TaskState {
  const kept = record(at, tasks, task, type, facts);
  watchTask(at, kept);
  return kept;
}
