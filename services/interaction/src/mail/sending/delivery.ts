// The way of a message: queued, claimed, sent; or put off, failed, come back.
import type { EmailDetail } from "@guanxi/contract/guanxi/interaction/v1/interaction";
import type { InteractionState } from "../../interactions/interaction-state.ts";
import type { MailboxState } from "../mailbox.ts";
import type { Letter } from "./compose.ts";

export const MOST_ATTEMPTS = 10;
const MINUTE_MS = 60_000;
const LONGEST_WAIT_MS = 60 * MINUTE_MS;

type DeliveryState = NonNullable<InteractionState["deliveryState"]>;

export const isDue = ({ channel, deliveryState, delivery }: InteractionState, now: Date): boolean =>
  channel === "EMAIL" &&
  deliveryState === "QUEUED" &&
  (!delivery?.notBeforeTime || new Date(delivery.notBeforeTime) <= now);

/** About to leave the house: what it says above its text stands from now on. */
export function claimed(
  it: InteractionState,
  { mailboxId, signature }: MailboxState,
  letter: Letter,
  now: Date,
): InteractionState {
  const { attempts } = it.delivery!;
  const value = {
    ...(it.detail?.$case === "email" ? it.detail.value : NO_DETAIL),
    messageId: letter.messageId,
    inReplyTo: letter.inReplyTo,
    references: [...letter.references],
    from: letter.from.address,
    to: [letter.to],
    signature,
    mailboxId,
  };
  return {
    ...moved(it, "SENDING", "", now),
    delivery: { ...it.delivery!, stateTime: now.toISOString(), detail: "", attempts: attempts + 1 },
    detail: { $case: "email", value },
  };
}

const NO_DETAIL: Pick<EmailDetail, "cc" | "replyTo" | "quotedText" | "safeHtml" | "htmlLeftOut" | "kind"> = {
  cc: [],
  replyTo: "",
  quotedText: "",
  safeHtml: "",
  htmlLeftOut: false,
  kind: 1,
};

export const moved = (
  it: InteractionState,
  deliveryState: DeliveryState,
  detail: string,
  now: Date,
): InteractionState => ({
  ...it,
  deliveryState,
  delivery: { ...it.delivery!, stateTime: now.toISOString(), detail },
  updateTime: now,
});

/** Not a try of its own: the server has not been asked. */
export const unclaimed = (it: InteractionState, detail: string, now: Date): InteractionState => {
  const back = moved(it, "QUEUED", detail, now);
  return { ...back, delivery: { ...back.delivery!, attempts: back.delivery!.attempts - 1 } };
};

/** When a server that wanted a mail later is asked again: after one minute, two, four, at most an hour. */
export const nextTry = (attempts: number, now: Date) =>
  new Date(now.getTime() + Math.min(LONGEST_WAIT_MS, MINUTE_MS * 2 ** (attempts - 1)));
