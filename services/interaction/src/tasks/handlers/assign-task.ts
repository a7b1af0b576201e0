import type { Task } from "@guanxi/contract/guanxi/interaction/v1/task";
import { TaskAssigned } from "@guanxi/contract/guanxi/interaction/v1/task_events";
import type { AssignTaskRequest } from "@guanxi/contract/guanxi/interaction/v1/task_service";
import { matchEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { lock } from "@guanxi/kit/store";
import { requireUser } from "@guanxi/kit/users";
import { requireFree } from "../bookings.ts";
import { keepTask } from "../keep-task.ts";
import { present } from "../present.ts";
import { assignTask as assign } from "../task.ts";
import { bookingOf } from "../task-state.ts";
import { tasks } from "../tasks.ts";

export const assignTask = command<AssignTaskRequest, Task>(async (request, at) => {
  const before = await lock(at, tasks, request.taskId);
  matchEtag(before, request.etag);
  const after = assign(before, request.assigneeId.toLowerCase() || null, at.now);
  if (after === before) return present(before);
  await Promise.all([
    requireUser(at, request.assigneeId, "assignee_id"),
    requireFree(at, after.assigneeId, bookingOf(after), after.taskId),
  ]);
  return present(keepTask(at, after, TaskAssigned, { reason: request.reason }));
});
