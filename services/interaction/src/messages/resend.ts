import { refuse } from "@guanxi/kit/refuse";
import type { InteractionState } from "../interactions/interaction-state.ts";

/** Only a person may say so: what is still in SENDING may have left before the sender died, and what came back had left. */
export function resend(it: InteractionState, userId: string, now: Date): InteractionState {
  const { delivery, deliveryState } = it;
  if (isUnderWay(it, now))
    throw refuse(
      "precondition",
      "MESSAGE_UNDER_WAY",
      "A sender may still be at it: try again in ten minutes.",
    );
  if (!delivery || !AGAIN.includes(deliveryState))
    throw notResendable(
      "Only a message that failed, came back, or whose sender has died, can be sent again.",
    );
  if (userId === "") throw notResendable("Only a person can decide to send a message again.");
  return {
    ...it,
    deliveryState: "QUEUED",
    delivery: {
      ...delivery,
      stateTime: now.toISOString(),
      detail: "Sent again by hand.",
      notBeforeTime: null,
    },
    updateTime: now,
  };
}

const AGAIN: readonly InteractionState["deliveryState"][] = ["SENDING", "FAILED", "BOUNCED"];

/** Longer than any sender takes: to connect, to read files, and to hand a mail over (see smtp.ts). */
export const LONGEST_SENDER_MS = 10 * 60_000;

/** One that has come to its end without knowing what became of the mail has said so in the detail. */
export const isUnderWay = ({ deliveryState, delivery }: InteractionState, now: Date): boolean =>
  deliveryState === "SENDING" &&
  delivery?.detail === "" &&
  now.getTime() - new Date(delivery.stateTime).getTime() < LONGEST_SENDER_MS;

const notResendable = (message: string) => refuse("precondition", "MESSAGE_NOT_RESENDABLE", message);
