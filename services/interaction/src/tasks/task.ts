// What a task is and how it may change.
import { type Task, Task_Kind } from "@guanxi/contract/guanxi/interaction/v1/task";
import { nameOf } from "@guanxi/kit/enum-names";
import { refuse, type Violation } from "@guanxi/kit/refuse";
import { DEFAULT_MINUTES, dueOrder, isOpen, type TaskState } from "./task-state.ts";

/** A task that nobody has said anything of. */
export const blankTask = (taskId: string, now: Date): TaskState => ({
  taskId,
  kind: "OTHER",
  title: "",
  note: "",
  state: "OPEN",
  assigneeId: null,
  customerId: null,
  contactId: null,
  dueTime: null,
  dueOrderTime: dueOrder(null),
  remindTime: null,
  durationMinutes: DEFAULT_MINUTES,
  plannedStartTime: null,
  plannedEndTime: null,
  caseId: null,
  opportunityId: null,
  feedbackId: null,
  origin: null,
  outcome: "",
  completeTime: null,
  importance: 0,
  remindedTime: null,
  dueSaidTime: null,
  createTime: now,
  updateTime: now,
  version: 0,
});

export const takeTask = (sent: Task, taskId: string, now: Date): TaskState => ({
  ...blankTask(taskId, now),
  kind: nameOf(Task_Kind, sent.kind) ?? "OTHER",
  assigneeId: idOrNull(sent.assigneeId),
  customerId: idOrNull(sent.customerId),
  ...particulars(sent),
});

export function changeTask(task: TaskState, sent: Task, now: Date): TaskState {
  requireOpen(task);
  return { ...task, ...particulars(sent), updateTime: now };
}

const idOrNull = (id: string) => id.toLowerCase() || null;

/** What Create and Update have in common. */
function particulars(sent: Task) {
  const { dueTime = null, remindTime = null, plannedStartTime = null } = sent;
  const durationMinutes = sent.durationMinutes || DEFAULT_MINUTES;
  if (dueTime && remindTime && remindTime > dueTime)
    throw invalid([
      { field: "task.remind_time", description: "is after due_time", reason: "REMINDER_TOO_LATE" },
    ]);
  return {
    title: sent.title,
    note: sent.note,
    contactId: idOrNull(sent.contactId),
    dueTime,
    dueOrderTime: dueOrder(dueTime),
    remindTime,
    durationMinutes,
    ...bookedAt(plannedStartTime, durationMinutes),
    caseId: idOrNull(sent.caseId),
    opportunityId: idOrNull(sent.opportunityId),
    feedbackId: idOrNull(sent.feedbackId),
    importance: sent.importance,
  };
}

function bookedAt(start: Date | null, minutes: number) {
  return { plannedStartTime: start, plannedEndTime: start && new Date(start.getTime() + minutes * 60_000) };
}

const UNBOOKED = bookedAt(null, 0);

export const book = (task: TaskState, start: Date, now: Date): TaskState => ({
  ...task,
  ...bookedAt(start, task.durationMinutes),
  state: task.state === "DEFERRED" ? "OPEN" : task.state,
  updateTime: now,
});

/** The same task where it is theirs already. A booking is of somebody, so it ends where nobody is to do it. */
export function assignTask(task: TaskState, assigneeId: string | null, now: Date): TaskState {
  requireOpen(task);
  if (task.assigneeId === assigneeId) return task;
  return { ...task, assigneeId, ...(assigneeId === null && UNBOOKED), updateTime: now };
}

export function startTask(task: TaskState, now: Date): TaskState {
  requireOpen(task);
  return task.state === "IN_PROGRESS" ? task : { ...task, state: "IN_PROGRESS", updateTime: now };
}

/** Done twice with the same words is done once. */
export function completeTask(task: TaskState, outcome: string, now: Date): TaskState {
  if (task.state === "DONE" && (outcome === "" || task.outcome === outcome)) return task;
  requireOpen(task);
  return { ...task, state: "DONE", outcome, completeTime: now, updateTime: now };
}

export function cancelTask(task: TaskState, now: Date): TaskState {
  if (task.state === "CANCELLED") return task;
  requireOpen(task);
  return { ...task, state: "CANCELLED", completeTime: now, updateTime: now };
}

export function deferTask(task: TaskState, until: Date, now: Date): TaskState {
  requireOpen(task);
  if (until <= now)
    throw invalid([{ field: "until_time", description: "must be in the future", reason: "UNTIL_PASSED" }]);
  const dueTime = task.dueTime && task.dueTime < until ? until : task.dueTime;
  const times = { dueTime, dueOrderTime: dueOrder(dueTime), remindTime: until };
  return { ...task, state: "DEFERRED", ...times, ...UNBOOKED, updateTime: now };
}

function requireOpen(task: TaskState): void {
  if (!isOpen(task))
    throw refuse("precondition", "TASK_ENDED", `The task is ${task.state} and does not change.`);
}

const invalid = (violations: readonly Violation[]) =>
  refuse("invalid", "INVALID_REQUEST", "The request does not keep the rules.", violations);
