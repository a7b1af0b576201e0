import { isDeepStrictEqual } from "node:util";
import { Task } from "@guanxi/contract/guanxi/interaction/v1/task";
import { TaskChanged } from "@guanxi/contract/guanxi/interaction/v1/task_events";
import type { UpdateTaskRequest } from "@guanxi/contract/guanxi/interaction/v1/task_service";
import { requireEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { merge } from "@guanxi/kit/merge";
import { lock } from "@guanxi/kit/store";
import { requireFree } from "../bookings.ts";
import { keepTask } from "../keep-task.ts";
import { present } from "../present.ts";
import { changeTask } from "../task.ts";
import { bookingOf } from "../task-state.ts";
import { tasks } from "../tasks.ts";

export const updateTask = command<UpdateTaskRequest, Task>(async (request, at) => {
  const { task: sent, etag, updateMask } = request;
  const before = await lock(at, tasks, sent?.taskId ?? "");
  requireEtag(before, etag);
  const merged = at.check(Task, merge(Task, present(before), sent, updateMask), "task");
  const after = changeTask(before, merged, at.now);
  if (isDeepStrictEqual({ ...after, updateTime: before.updateTime }, before)) return present(before);
  if (!isDeepStrictEqual(bookingOf(after), bookingOf(before)))
    await requireFree(at, after.assigneeId, bookingOf(after), after.taskId);
  return present(keepTask(at, after, TaskChanged));
});
