import { Task } from "@guanxi/contract/guanxi/interaction/v1/task";
import { TaskCreated } from "@guanxi/contract/guanxi/interaction/v1/task_events";
import type { CreateTaskRequest } from "@guanxi/contract/guanxi/interaction/v1/task_service";
import { requireCustomer } from "@guanxi/directory/require-customer";
import { command } from "@guanxi/kit/handler";
import { requireUser } from "@guanxi/kit/users";
import { requireFree } from "../bookings.ts";
import { keepTask } from "../keep-task.ts";
import { present } from "../present.ts";
import { takeTask } from "../task.ts";
import { bookingOf } from "../task-state.ts";

export const createTask = command<CreateTaskRequest, Task>(async (request, at) => {
  const sent = Task.fromPartial(request.task ?? {});
  const task = takeTask(sent, at.newId(), at.now);
  await Promise.all([
    requireUser(at, sent.assigneeId, "task.assignee_id"),
    requireCustomer(at, sent.customerId, "task.customer_id"),
    requireFree(at, task.assigneeId, bookingOf(task), task.taskId),
  ]);
  return present(keepTask(at, task, TaskCreated));
});
