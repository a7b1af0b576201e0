// A message of a campaign that a rule keeps from being sent.
import type { InteractionState } from "../interactions/interaction-state.ts";
import { moved } from "../mail/sending/delivery.ts";

export interface Obstacle {
  /** As NO_CONSENT, for those who count. */
  readonly reason: string;
  /** For people. */
  readonly why: string;
}

export function forbidden(it: InteractionState, { reason, why }: Obstacle, now: Date): InteractionState {
  const after = moved(it, "FAILED", why, now);
  return { ...after, delivery: { ...after.delivery!, reason } };
}
