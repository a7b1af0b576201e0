import { customers } from "@guanxi/directory/customers";
import type { At } from "@guanxi/kit/at";
import { find } from "@guanxi/kit/store";
import { planMessage } from "../messages/plan-message.ts";
import { makeTask } from "../tasks/make-task.ts";
import type { FeedbackState } from "./feedback-state.ts";

const DAY_MS = 86_400_000;

/** What came of it, to whoever gave it: by a message, else by somebody of us. Nobody can tell whom nobody knows. */
export async function tellAnswer(at: At, feedback: FeedbackState): Promise<void> {
  const { feedbackId, customerId, contactId, caseId, answer, version, ownerId } = feedback;
  if (!customerId) return;
  const key = `feedback/${feedbackId}/${version}`;
  const outcome = await planMessage(at, {
    customerId,
    ...(contactId && { contactId }),
    ...(caseId && { caseId }),
    subject: "感谢您的反馈 · Your feedback",
    body: answer,
    purpose: "service",
    causeKey: key,
  });
  if ("interactionId" in outcome) return;
  const [customer] = await find(at, customers, [customerId]);
  await makeTask(at, {
    kind: "TELL_CUSTOMER",
    title: `Tell ${customer?.displayName ?? "the customer"} what came of their feedback`,
    note: answer,
    assigneeId: ownerId ?? customer?.ownerId ?? null,
    ...{ customerId, contactId, caseId, feedbackId },
    dueTime: new Date(at.now.getTime() + DAY_MS),
    origin: { rule: "feedback_answer", key, reason: outcome.unreachable },
  });
}
