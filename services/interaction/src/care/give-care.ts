// What is made of an occasion: a task, a message, or both.
import type { At } from "@guanxi/kit/at";
import { planMessage } from "../messages/plan-message.ts";
import { instantAt } from "../tasks/hours.ts";
import { type Made, makeTask } from "../tasks/make-task.ts";
import { addDays } from "./care-clock.ts";
import type { Known } from "./care-clocks.ts";
import type { CarePlanState, Occasion } from "./care-plan.ts";

const DAY_ENDS = "18:00";

const REASONS: Record<Occasion, string> = {
  REGULAR: "The regular visit is due.",
  BIRTHDAY: "It is the customer's birthday.",
  REGISTRATION_ANNIVERSARY: "It is the anniversary of the customer's registration.",
  PURCHASE_ANNIVERSARY: "It is the anniversary of the customer's first purchase.",
  AFTER_ORDER: "It is time to ask how the product of the last order does.",
  SILENCE: "The customer has neither bought nor been in contact for long.",
};

/** The task that is to be done, where the plan has one. */
export async function giveCare(
  at: At,
  plan: CarePlanState,
  known: Known,
  occasion: string,
): Promise<string | null> {
  const key = `${known.clock.careClockId}/${occasion}`;
  const [taskId] = await Promise.all([
    plan.taskTitle ? makeTask(at, taskOf(at, plan, known, key)) : null,
    plan.messageBody ? send(at, plan, known, key) : null,
  ]);
  return taskId;
}

function taskOf(at: At, plan: CarePlanState, known: Known, key: string): Made {
  const due = addDays(known.clock.nextDueDate!, plan.taskDays);
  const last = due < at.today ? at.today : due;
  return {
    kind: plan.occasion === "REGULAR" ? "RETURN_VISIT" : "CARE",
    title: named(plan.taskTitle, known),
    note: named(plan.taskNote, known),
    assigneeId: known.ownerId ?? plan.fallbackAssigneeId,
    customerId: known.clock.customerId,
    dueTime: instantAt(last, DAY_ENDS, at.timeZone),
    origin: { rule: "care_plan", key, reason: REASONS[plan.occasion], carePlanId: plan.carePlanId },
  };
}

async function send(at: At, plan: CarePlanState, known: Known, key: string): Promise<void> {
  const { customerId } = known.clock;
  const planned = await planMessage(at, {
    customerId,
    subject: named(plan.messageSubject, known),
    body: named(plan.messageBody, known),
    purpose: "care",
    causeKey: `care_plan ${key}`,
    automatic: true,
  });
  if ("interactionId" in planned) return;
  await makeTask(at, {
    ...taskOf(at, plan, known, `${key}/tell`),
    kind: "TELL_CUSTOMER",
    title: named(plan.messageSubject, known),
    note: named(plan.messageBody, known),
    origin: {
      rule: "care_plan",
      key: `${key}/tell`,
      reason: `${REASONS[plan.occasion]} No message could be sent: ${planned.unreachable}`,
      carePlanId: plan.carePlanId,
    },
  });
}

const named = (text: string, { displayName }: Known) => text.replaceAll("{customer}", () => displayName);
