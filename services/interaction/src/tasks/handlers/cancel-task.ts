import type { Task } from "@guanxi/contract/guanxi/interaction/v1/task";
import { TaskCancelled } from "@guanxi/contract/guanxi/interaction/v1/task_events";
import type { CancelTaskRequest } from "@guanxi/contract/guanxi/interaction/v1/task_service";
import { matchEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { lock } from "@guanxi/kit/store";
import { settleClock } from "../../care/settle-clock.ts";
import { keepTask } from "../keep-task.ts";
import { present } from "../present.ts";
import { cancelTask as cancel } from "../task.ts";
import { tasks } from "../tasks.ts";

export const cancelTask = command<CancelTaskRequest, Task>(async (request, at) => {
  const before = await lock(at, tasks, request.taskId);
  matchEtag(before, request.etag);
  const after = cancel(before, at.now);
  if (after === before) return present(before);
  await settleClock(at, after);
  return present(keepTask(at, after, TaskCancelled, { reason: request.reason }));
});
