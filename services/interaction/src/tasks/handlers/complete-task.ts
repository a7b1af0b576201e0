import type { Task } from "@guanxi/contract/guanxi/interaction/v1/task";
import { TaskCompleted } from "@guanxi/contract/guanxi/interaction/v1/task_events";
import type { CompleteTaskRequest } from "@guanxi/contract/guanxi/interaction/v1/task_service";
import { matchEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { lock } from "@guanxi/kit/store";
import { settleClock } from "../../care/settle-clock.ts";
import { keepTask } from "../keep-task.ts";
import { present } from "../present.ts";
import { completeTask as complete } from "../task.ts";
import { tasks } from "../tasks.ts";

export const completeTask = command<CompleteTaskRequest, Task>(async (request, at) => {
  const before = await lock(at, tasks, request.taskId);
  matchEtag(before, request.etag);
  const after = complete(before, request.outcome, at.now);
  if (after === before) return present(before);
  await settleClock(at, after);
  return present(keepTask(at, after, TaskCompleted));
});
