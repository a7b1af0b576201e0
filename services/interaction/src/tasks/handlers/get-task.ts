import type { Task } from "@guanxi/contract/guanxi/interaction/v1/task";
import type { GetTaskRequest } from "@guanxi/contract/guanxi/interaction/v1/task_service";
import { query } from "@guanxi/kit/handler";
import { get } from "@guanxi/kit/store";
import { present } from "../present.ts";
import { tasks } from "../tasks.ts";

export const getTask = query<GetTaskRequest, Task>(async ({ taskId }, at) =>
  present(await get(at, tasks, taskId)),
);
