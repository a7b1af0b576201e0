// Tasks that a rule makes: once for what the rule has seen, whoever sees it how often.
import { TaskCreated } from "@guanxi/contract/guanxi/interaction/v1/task_events";
import type { At } from "@guanxi/kit/at";
import { find, named } from "@guanxi/kit/store";
import { madeId } from "@guanxi/kit/made-id";
import { blankTask } from "./task.ts";
import { keepTask } from "./keep-task.ts";
import { dueOrder, type TaskKind, type TaskState } from "./task-state.ts";
import { tasks } from "./tasks.ts";

export interface Made {
  readonly kind: TaskKind;
  readonly title: string;
  readonly note?: string;
  /** Empty or null leaves it to the common list. */
  readonly assigneeId: string | null;
  readonly customerId?: string | null;
  readonly contactId?: string | null;
  readonly dueTime?: Date | null;
  /** 0 leaves it to the value of the customer. */
  readonly importance?: number;
  readonly caseId?: string | null;
  readonly feedbackId?: string | null;
  readonly origin: {
    /** In lower_snake. */
    readonly rule: string;
    /** What the rule saw. */
    readonly key: string;
    readonly reason: string;
    readonly carePlanId?: string;
  };
}

const LONGEST_TITLE = 500;

/** The id of the task. The same rule and key again is the same task, also where two ask at once. */
export async function makeTask(at: At, made: Made): Promise<string> {
  const taskId = madeId(at.tenantId, made.origin.rule, made.origin.key);
  at.claim(`${tasks.name} ${taskId}`);
  const [, there] = await Promise.all([
    named(at, {
      name: "task origin hold",
      text: "select pg_advisory_xact_lock(hashtextextended('task ' || $1, 0))",
      values: [taskId],
    }),
    find(at, tasks, [taskId]),
  ]);
  if (there.length > 0) return taskId;
  keepTask(at, begin(made, taskId, at.now), TaskCreated);
  return taskId;
}

function begin(made: Made, taskId: string, now: Date): TaskState {
  const { dueTime = null } = made;
  return {
    ...blankTask(taskId, now),
    kind: made.kind,
    title: made.title.slice(0, LONGEST_TITLE).toWellFormed(),
    note: made.note ?? "",
    assigneeId: made.assigneeId || null,
    customerId: made.customerId || null,
    contactId: made.contactId || null,
    dueTime,
    dueOrderTime: dueOrder(dueTime),
    caseId: made.caseId || null,
    feedbackId: made.feedbackId || null,
    origin: { carePlanId: "", ...made.origin },
    importance: made.importance ?? 0,
  };
}
