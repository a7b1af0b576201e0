// What waits for something that is not its own fault says so.
import { InteractionChanged } from "@guanxi/contract/guanxi/interaction/v1/interaction_events";
import type { At } from "@guanxi/kit/at";
import { lockFound, record } from "@guanxi/kit/store";
import type { InteractionState } from "../../interactions/interaction-state.ts";
import { interactions } from "../../interactions/interactions.ts";
import { isDue, moved } from "./delivery.ts";
import { putOffDue } from "./due-messages.ts";

export const AGAIN_MS = 60_000;
/** Told at once why they wait. */
const MOST_HELD = 100;

/** All that is due waits, and says why; the answer is until when. */
export async function holdBack(at: At, interactionId: string, why: string, ms: number): Promise<Date> {
  const until = new Date(at.now.getTime() + ms);
  const others = await putOffDue(at, until, MOST_HELD);
  const held = await lockFound(at, interactions, [...new Set([interactionId, ...others])]);
  explain(
    at,
    held.filter((it) => isDue(it, at.now)),
    why,
  );
  return until;
}

/** Said once. */
export function explain(at: At, all: readonly InteractionState[], why: string): void {
  const told = all
    .filter(({ delivery }) => delivery?.detail !== why)
    .map((it) => moved(it, it.deliveryState!, why, at.now));
  record(at, interactions, told, InteractionChanged);
}
