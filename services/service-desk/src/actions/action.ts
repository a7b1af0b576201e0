// What a corrective action is and how it may change.
import { isDeepStrictEqual } from "node:util";
import { Case_RootCause } from "@guanxi/contract/guanxi/service_desk/v1/case";
import type { CorrectiveAction } from "@guanxi/contract/guanxi/service_desk/v1/corrective_action";
import { dayOf, isDay } from "@guanxi/kit/days";
import { nameOf } from "@guanxi/kit/enum-names";
import { refuse } from "@guanxi/kit/refuse";
import type { ActionState } from "./action-state.ts";

export const propose = (sent: CorrectiveAction, correctiveActionId: string, now: Date): ActionState => ({
  correctiveActionId,
  ...particulars(sent),
  feedbackIds: [],
  state: "PROPOSED",
  stateSinceTime: now,
  customerMessage: "",
  cancelReason: "",
  completeTime: null,
  linkedCount: 0,
  toldCount: 0,
  withoutCustomerCount: 0,
  toldCustomerCount: 0,
  tellTime: null,
  createTime: now,
  updateTime: now,
  version: 0,
});

/** The same action where nothing is different. What it has brought is known only when it is over. */
export function change(action: ActionState, sent: CorrectiveAction, now: Date): ActionState {
  const after = { ...action, ...particulars(sent) };
  if (isDeepStrictEqual(after, action)) return action;
  if (isOver(action) && !isDeepStrictEqual({ ...after, effectNote: action.effectNote }, action))
    throw ended(action);
  return { ...after, updateTime: now };
}

function particulars(sent: CorrectiveAction) {
  if (sent.dueDate && !isDay(sent.dueDate))
    throw refuse("invalid", "INVALID_REQUEST", "The corrective action is not valid.", [
      {
        field: "corrective_action.due_date",
        description: "must be a day with year, month and day, as in 2026-01-31",
        reason: "INVALID_DATE",
      },
    ]);
  return {
    title: sent.title,
    description: sent.description,
    rootCause: nameOf(Case_RootCause, sent.rootCause),
    ownerId: sent.ownerId.toLowerCase() || null,
    dueDate: sent.dueDate ? dayOf(sent.dueDate) : null,
    productId: sent.productId.toLowerCase() || null,
    effectNote: sent.effectNote,
  };
}

/** So many ids stand twice in an event, and must fit into it. */
const MOST_FEEDBACK = 1_000;

/** The same action where it has all of them. */
export function linkFeedback(action: ActionState, ids: readonly string[], now: Date): ActionState {
  requireOpen(action);
  const feedbackIds = [...new Set([...action.feedbackIds, ...ids])];
  if (feedbackIds.length === action.feedbackIds.length) return action;
  if (feedbackIds.length > MOST_FEEDBACK)
    throw refuse(
      "precondition",
      "TOO_MANY_LINKS",
      `A corrective action answers at most ${MOST_FEEDBACK} pieces of feedback: propose another one.`,
    );
  return { ...action, feedbackIds, updateTime: now };
}

/** The same action where it has none of them. */
export function unlinkFeedback(action: ActionState, ids: readonly string[], now: Date): ActionState {
  requireOpen(action);
  const feedbackIds = action.feedbackIds.filter((id) => !ids.includes(id));
  if (feedbackIds.length === action.feedbackIds.length) return action;
  return { ...action, feedbackIds, updateTime: now };
}

/** The same action where it is under way. */
export function start(action: ActionState, now: Date): ActionState {
  requireOpen(action);
  return action.state === "OPEN" ? action : entered(action, "OPEN", now);
}

/** What is linked at this moment. */
export type Concerned = Pick<ActionState, "linkedCount" | "withoutCustomerCount">;

export const complete = (
  action: ActionState,
  customerMessage: string,
  concerned: Concerned,
  now: Date,
): ActionState => ({
  ...entered(action, "DONE", now),
  customerMessage,
  ...concerned,
  completeTime: now,
});

/** The same action where it is cancelled already. */
export function cancel(action: ActionState, cancelReason: string, now: Date): ActionState {
  if (action.state === "CANCELLED") return action;
  requireOpen(action);
  return { ...entered(action, "CANCELLED", now), cancelReason };
}

/** Some more customers know; `linked` is how many of the linked records are theirs. */
export const told = (
  action: ActionState,
  { customers, linked, isLast }: { customers: number; linked: number; isLast: boolean },
  now: Date,
): ActionState => ({
  ...action,
  toldCount: action.toldCount + linked,
  toldCustomerCount: action.toldCustomerCount + customers,
  tellTime: isLast ? now : null,
  updateTime: now,
});

const entered = (action: ActionState, state: ActionState["state"], now: Date): ActionState => ({
  ...action,
  state,
  stateSinceTime: now,
  updateTime: now,
});

const isOver = ({ state }: ActionState) => state === "DONE" || state === "CANCELLED";

export function requireOpen(action: ActionState): void {
  if (isOver(action)) throw ended(action);
}

const ended = ({ state }: ActionState) =>
  refuse(
    "precondition",
    "CORRECTIVE_ACTION_ENDED",
    `The corrective action is ${state}: propose another one for what is left to do.`,
  );
