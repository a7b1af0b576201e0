import type { Task } from "@guanxi/contract/guanxi/interaction/v1/task";
import { TaskDeferred } from "@guanxi/contract/guanxi/interaction/v1/task_events";
import type { DeferTaskRequest } from "@guanxi/contract/guanxi/interaction/v1/task_service";
import { matchEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { lock } from "@guanxi/kit/store";
import { keepTask } from "../keep-task.ts";
import { present } from "../present.ts";
import { deferTask as defer } from "../task.ts";
import { tasks } from "../tasks.ts";

export const deferTask = command<DeferTaskRequest, Task>(async (request, at) => {
  const before = await lock(at, tasks, request.taskId);
  matchEtag(before, request.etag);
  const after = defer(before, request.untilTime!, at.now);
  if (after === before) return present(before);
  return present(keepTask(at, after, TaskDeferred, { reason: request.reason }));
});
