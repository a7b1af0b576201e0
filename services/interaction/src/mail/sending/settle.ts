// What became of a message that was handed over, and of that claim of it alone.
import { setTimeout as pause } from "node:timers/promises";
import { enqueue } from "@guanxi/bus/enqueue";
import { InteractionChanged, MessageFailed } from "@guanxi/contract/guanxi/interaction/v1/interaction_events";
import type { At } from "@guanxi/kit/at";
import { isPassing } from "@guanxi/kit/passing";
import { lockFound, record } from "@guanxi/kit/store";
import type { InteractionState } from "../../interactions/interaction-state.ts";
import { interactions } from "../../interactions/interactions.ts";
import { rememberBounce } from "../../messages/bounced-addresses.ts";
import { forgetLook, tellLost } from "../../messages/lost.ts";
import { SEND_MESSAGE } from "../../messages/plan-message.ts";
import { recordSent } from "../../messages/record-sent.ts";
import { isDeadAnswer } from "../dead-address.ts";
import { MOST_ATTEMPTS, moved, nextTry, unclaimed } from "./delivery.ts";
import { AGAIN_MS, explain, holdBack } from "./hold-back.ts";
import type { Outcome } from "./smtp.ts";

/** Where somebody has to do something first. */
const REFUSED_US_MS = 15 * 60_000;

interface Handed {
  readonly interactionId: string;
  /** When it was claimed, which no two claims of a message share. */
  readonly since: string;
}

export async function settle(at: At, { interactionId, since }: Handed, outcome: Outcome): Promise<void> {
  const { fate, detail } = outcome;
  if (fate === "sent") {
    const { deliveryState } = await recordSent(at, interactionId, detail); // also for who has claimed it since
    if (deliveryState === "SENT") forgetLook(at, interactionId); // what has come back already is still to be told
    return;
  }
  if (fate === "closed to us") await holdBack(at, interactionId, detail, REFUSED_US_MS);
  const [it] = await lockFound(at, interactions, [interactionId]);
  if (it?.deliveryState !== "SENDING" || it.delivery!.stateTime !== since) return;
  if (fate === "unknown") {
    explain(at, [it], `Nobody knows whether it has left: ${detail}`);
    tellLost(at, interactionId);
  } else settleUnsent(at, it, outcome);
}

/** Where the mail was not at fault, so that it was no try of its own. */
const WAITS_MS: Partial<Record<Outcome["fate"], number>> = {
  "not taken": AGAIN_MS,
  "sender refused": REFUSED_US_MS,
  "closed to us": REFUSED_US_MS,
};

function settleUnsent(at: At, it: InteractionState, { fate, detail }: Outcome): void {
  const { attempts } = it.delivery!;
  const ms = WAITS_MS[fate];
  if (ms !== undefined) {
    record(at, interactions, unclaimed(it, detail, at.now), InteractionChanged);
    enqueue(at, SEND_MESSAGE, it.interactionId, new Date(at.now.getTime() + ms));
  } else if (fate === "put off" && attempts < MOST_ATTEMPTS) {
    record(at, interactions, moved(it, "QUEUED", detail, at.now), InteractionChanged);
    enqueue(at, SEND_MESSAGE, it.interactionId, nextTry(attempts, at.now));
  } else fail(at, it, detail);
}

/** Of an address that the server does not know it is remembered. */
function fail(at: At, it: InteractionState, why: string): void {
  record(at, interactions, moved(it, "FAILED", why, at.now), MessageFailed);
  tellLost(at, it.interactionId);
  if (isDeadAnswer(why)) rememberBounce(at, it.partyAddress, it.interactionId);
}

const MOST_TRIES = 10;
const LONGEST_PAUSE_MS = 10_000;

/** For about a minute: what the server has said nobody else knows, and it would be lost for a lock that others hold. */
export async function persist(work: () => Promise<void>): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      return await work();
    } catch (error) {
      if (!isPassing(error) || tries === MOST_TRIES) throw error;
    }
    await pause(Math.min(LONGEST_PAUSE_MS, 250 * 2 ** tries));
  }
}
