// The row of a task.
import type { Task_Kind, Task_State, TaskOrigin } from "@guanxi/contract/guanxi/interaction/v1/task";
import type { NameOf } from "@guanxi/kit/enum-names";

export type TaskKind = NameOf<typeof Task_Kind>;

/** Absent is null, so that has() of a condition is true of what is there. */
export interface TaskState {
  readonly taskId: string;
  readonly kind: TaskKind;
  readonly title: string;
  readonly note: string;
  readonly state: NameOf<typeof Task_State>;
  readonly assigneeId: string | null;
  readonly customerId: string | null;
  readonly contactId: string | null;
  readonly dueTime: Date | null;
  /** What lists are sorted by: the due time, or the end of days. */
  readonly dueOrderTime: Date;
  readonly remindTime: Date | null;
  readonly durationMinutes: number;
  readonly plannedStartTime: Date | null;
  readonly plannedEndTime: Date | null;
  readonly caseId: string | null;
  readonly opportunityId: string | null;
  readonly feedbackId: string | null;
  readonly origin: TaskOrigin | null;
  readonly outcome: string;
  readonly completeTime: Date | null;
  /** 0 where nobody has said. */
  readonly importance: number;
  /** The remind_time and due_time that have been said, so that each is said once. */
  readonly remindedTime: Date | null;
  readonly dueSaidTime: Date | null;
  readonly createTime: Date;
  readonly updateTime: Date;
  readonly version: number;
}

/** An order needs a value; what has no due time comes last. */
const END_OF_DAYS = new Date("9999-12-31T00:00:00Z");

export const dueOrder = (dueTime: Date | null): Date => dueTime ?? END_OF_DAYS;

export const DEFAULT_MINUTES = 30;

/** Something is left to be done. */
export const isOpen = ({ state }: Pick<TaskState, "state">): boolean =>
  state === "OPEN" || state === "IN_PROGRESS" || state === "DEFERRED";

/** When its assignee is busy with it. */
export const bookingOf = ({ plannedStartTime: start, plannedEndTime: end }: TaskState) =>
  start && end ? { start, end } : null;
