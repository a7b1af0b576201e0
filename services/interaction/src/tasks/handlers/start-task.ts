import type { Task } from "@guanxi/contract/guanxi/interaction/v1/task";
import { TaskStarted } from "@guanxi/contract/guanxi/interaction/v1/task_events";
import type { StartTaskRequest } from "@guanxi/contract/guanxi/interaction/v1/task_service";
import { matchEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { lock } from "@guanxi/kit/store";
import { keepTask } from "../keep-task.ts";
import { present } from "../present.ts";
import { startTask as start } from "../task.ts";
import { tasks } from "../tasks.ts";

export const startTask = command<StartTaskRequest, Task>(async (request, at) => {
  const before = await lock(at, tasks, request.taskId);
  matchEtag(before, request.etag);
  const after = start(before, at.now);
  if (after === before) return present(before);
  return present(keepTask(at, after, TaskStarted));
});
