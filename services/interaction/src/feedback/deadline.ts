// What is open at its deadline is told to somebody, once.
import type { Job } from "@guanxi/bus/app";
import { enqueue } from "@guanxi/bus/enqueue";
import { FeedbackEscalated } from "@guanxi/contract/guanxi/interaction/v1/feedback_events";
import type { At } from "@guanxi/kit/at";
import { find, lock, record } from "@guanxi/kit/store";
import { makeTask } from "../tasks/make-task.ts";
import { escalate, isOpen } from "./feedback.ts";
import type { FeedbackState } from "./feedback-state.ts";
import { allFeedback } from "./feedback-table.ts";
import { policyOf } from "./policies.ts";

/** The job of a feedback; its subject is the feedback's id. */
const FEEDBACK_DEADLINE = "feedback deadline";
const HIGHEST = 100;

/** To be called with each state that has another deadline. */
export function watchDeadline(at: At, feedback: FeedbackState): void {
  const { feedbackId, deadlineTime, escalateTime } = feedback;
  if (isOpen(feedback) && escalateTime === null) enqueue(at, FEEDBACK_DEADLINE, feedbackId, deadlineTime);
}

export const feedbackDeadlineJob: Job = {
  name: FEEDBACK_DEADLINE,
  async run({ tenantId, subjectId }, { settingsOf, act }) {
    const { timeZone, currencyCode } = await settingsOf(tenantId);
    const as = { tenantId, timeZone, currencyCode, actor: "interaction/feedback" };
    const again = await act(as, (at) => sayWhatIsDue(at, subjectId));
    return again && { again };
  },
};

/** The row decides, not the job: whoever comes late, twice or early says nothing. When to look again. */
async function sayWhatIsDue(at: At, feedbackId: string): Promise<Date | undefined> {
  if ((await find(at, allFeedback, [feedbackId])).length === 0) return undefined;
  const before = await lock(at, allFeedback, feedbackId);
  const after = escalate(before, at.now);
  if (after === before) return isOpen(before) && !before.escalateTime ? before.deadlineTime : undefined;
  record(at, allFeedback, after, FeedbackEscalated);
  const { escalateToId } = await policyOf(at);
  await makeTask(at, {
    kind: "ALERT",
    title: `Feedback is open behind its deadline${after.topic ? `: ${after.topic}` : ""}`,
    assigneeId: escalateToId ?? after.ownerId,
    customerId: after.customerId,
    contactId: after.contactId,
    dueTime: at.now,
    importance: HIGHEST,
    caseId: after.caseId,
    feedbackId,
    origin: {
      rule: "feedback_deadline",
      key: `${feedbackId}/${after.deadlineTime.toISOString()}`,
      reason: `It was to be resolved by ${after.deadlineTime.toISOString()}.`,
    },
  });
  return undefined;
}
