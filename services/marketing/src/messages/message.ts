// What becomes of a line of the ledger once it has been asked for. The same line where it is known already.
import type { MessageState } from "./message-state.ts";

/** Also of one that was thought to have failed: somebody has sent it again by hand. */
export const sent = (it: MessageState, interactionId: string, now: Date): MessageState =>
  it.state === "REQUESTED" || it.state === "FAILED"
    ? { ...it, state: "SENT", reason: "", interactionId, sentTime: now }
    : it;

export const bounced = (it: MessageState, interactionId: string): MessageState =>
  it.state === "BOUNCED" || it.state === "SUPPRESSED" ? it : { ...it, state: "BOUNCED", interactionId };

export const failed = (it: MessageState, interactionId: string, reason: string): MessageState =>
  it.state === "REQUESTED" ? { ...it, state: "FAILED", reason, interactionId } : it;
