import { type Task, Task_Kind, Task_State } from "@guanxi/contract/guanxi/interaction/v1/task";
import { numberOf } from "@guanxi/kit/enum-names";
import { etagOf } from "@guanxi/kit/etag";
import type { TaskState } from "./task-state.ts";

/** The whole public state, as events carry it. */
export const present = (task: TaskState): Task => ({
  taskId: task.taskId,
  kind: numberOf(Task_Kind, task.kind),
  title: task.title,
  note: task.note,
  state: numberOf(Task_State, task.state),
  assigneeId: task.assigneeId ?? "",
  customerId: task.customerId ?? "",
  contactId: task.contactId ?? "",
  dueTime: task.dueTime ?? undefined,
  remindTime: task.remindTime ?? undefined,
  durationMinutes: task.durationMinutes,
  plannedStartTime: task.plannedStartTime ?? undefined,
  caseId: task.caseId ?? "",
  opportunityId: task.opportunityId ?? "",
  feedbackId: task.feedbackId ?? "",
  origin: task.origin ?? undefined,
  outcome: task.outcome,
  completeTime: task.completeTime ?? undefined,
  importance: task.importance,
  createTime: task.createTime,
  updateTime: task.updateTime,
  etag: etagOf(task),
});
