// What a return visit answers: its task, and the regular care of the customer.
import type { ReturnVisit } from "@guanxi/contract/guanxi/interaction/v1/return_visit";
import { TaskCompleted } from "@guanxi/contract/guanxi/interaction/v1/task_events";
import type { At } from "@guanxi/kit/at";
import { dayIn } from "@guanxi/kit/days";
import { refuse } from "@guanxi/kit/refuse";
import { lock, lockFound } from "@guanxi/kit/store";
import { clocksOfTask, regularClocks } from "../care/care-clocks.ts";
import { settleClocks } from "../care/settle-clock.ts";
import { keepTask } from "../tasks/keep-task.ts";
import { completeTask } from "../tasks/task.ts";
import { isOpen, type TaskState } from "../tasks/task-state.ts";
import { tasks } from "../tasks/tasks.ts";

const OUTCOME = "A return visit was recorded.";

/** Tasks are locked before clocks, as by all who end a task: else two could wait for each other. */
export async function completeTasks(at: At, sent: ReturnVisit): Promise<void> {
  const customerId = sent.customerId.toLowerCase();
  const taskId = sent.taskId.toLowerCase();
  const waiting = (await regularClocks(at, customerId)).flatMap(({ openTaskId }) => openTaskId ?? []);
  const ids = [...new Set([...waiting, ...(taskId ? [taskId] : [])])];
  const found = await lockFound(at, tasks, ids);
  if (taskId)
    requireOwn(found.find((task) => task.taskId === taskId) ?? (await lock(at, tasks, taskId)), customerId);
  for (const task of found)
    if (isOpen(task)) keepTask(at, completeTask(task, OUTCOME, at.now), TaskCompleted);
  const day = sent.eventTime ? dayIn(at.timeZone)(sent.eventTime) : at.today;
  const regular = await regularClocks(at, customerId, true);
  const others = taskId ? await clocksOfTask(at, taskId) : [];
  const known = new Set(regular.map(({ careClockId }) => careClockId));
  await settleClocks(at, regular, { how: "visited", day });
  await settleClocks(
    at,
    others.filter(({ careClockId }) => !known.has(careClockId)),
    { how: "done", day },
  );
}

function requireOwn(task: TaskState, customerId: string): void {
  if (task.customerId && task.customerId !== customerId)
    throw refuse("precondition", "OTHER_CUSTOMER", "The task is for another customer.", [
      { field: "return_visit.task_id", description: "is of another customer", reason: "OTHER_CUSTOMER" },
    ]);
  if (!isOpen(task)) throw refuse("precondition", "TASK_ENDED", `The task is ${task.state} already.`);
}
