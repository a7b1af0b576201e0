// When a task speaks up: at remind_time and at due_time, once for each.
import type { Job } from "@guanxi/bus/app";
import { enqueue } from "@guanxi/bus/enqueue";
import { TaskDue, TaskReminded } from "@guanxi/contract/guanxi/interaction/v1/task_events";
import type { At } from "@guanxi/kit/at";
import { find, lock, record } from "@guanxi/kit/store";
import { isOpen, type TaskState } from "./task-state.ts";
import { tasks } from "./tasks.ts";

/** The job of a task; its subject is the task's id. */
const TASK_CLOCK = "task clock";

type Saying = { readonly event: "reminded" | "due"; readonly time: Date };

/** What the task has still to say, the earlier first; a reminder goes before what is due at the same moment. */
export function nextSaying(task: TaskState): Saying | undefined {
  if (!isOpen(task)) return undefined;
  const { remindTime, remindedTime, dueTime, dueSaidTime } = task;
  const remind = remindTime && !same(remindTime, remindedTime) ? remindTime : undefined;
  const due = dueTime && !same(dueTime, dueSaidTime) ? dueTime : undefined;
  if (remind && (!due || remind <= due)) return { event: "reminded", time: remind };
  return due && { event: "due", time: due };
}

const same = (a: Date, b: Date | null) => a.getTime() === b?.getTime();

/** What was said is said for this time; one that was put off until now is open again. */
export function said(task: TaskState, { event, time }: Saying, now: Date): TaskState {
  const state = task.state === "DEFERRED" ? "OPEN" : task.state;
  const mark = event === "due" ? { dueSaidTime: time } : { remindedTime: time };
  return { ...task, ...mark, state, updateTime: now };
}

/** To be called with each state that was recorded. */
export function watchTask(at: At, task: TaskState): void {
  const next = nextSaying(task);
  if (next) enqueue(at, TASK_CLOCK, task.taskId, next.time);
}

const EVENTS = { reminded: TaskReminded, due: TaskDue };

export const taskClockJob: Job = {
  name: TASK_CLOCK,
  async run({ tenantId, subjectId }, { settingsOf, act }) {
    const { timeZone, currencyCode } = await settingsOf(tenantId);
    const as = { tenantId, timeZone, currencyCode, actor: "interaction/task-clock" };
    const again = await act(as, (at) => sayWhatIsDue(at, subjectId));
    return again ? { again } : undefined;
  },
};

/** The row decides, not the job: whoever comes late, twice or early says nothing. When to look again. */
async function sayWhatIsDue(at: At, taskId: string): Promise<Date | undefined> {
  const [found] = await find(at, tasks, [taskId]);
  if (!found) return undefined;
  const task = await lock(at, tasks, taskId);
  const next = nextSaying(task);
  if (!next || next.time > at.now) return next?.time;
  return nextSaying(record(at, tasks, said(task, next, at.now), EVENTS[next.event]))?.time;
}
