// A mail of ours has come back, or somebody has reported it: that stands at the message then.
import { MessageBounced } from "@guanxi/contract/guanxi/interaction/v1/interaction_events";
import type { At } from "@guanxi/kit/at";
import { lockFound, record } from "@guanxi/kit/store";
import type { InteractionState } from "../../interactions/interaction-state.ts";
import { interactions } from "../../interactions/interactions.ts";
import { rememberBounce } from "../../messages/bounced-addresses.ts";
import { tellLost } from "../../messages/lost.ts";
import { ownMessages } from "../message-id.ts";
import { isDead } from "../dead-address.ts";
import type { ParsedMail } from "../reading/parsed-mail.ts";
import { moved } from "../sending/delivery.ts";

export async function tellBounce(at: At, mail: ParsedMail): Promise<void> {
  if (mail.kind !== "BOUNCE" && mail.kind !== "COMPLAINT") return;
  const ids = ownMessages([...mail.reported, mail.inReplyTo, ...mail.references], at.tenantId);
  const found = await lockFound(at, interactions, ids);
  const after = mail.kind === "BOUNCE" ? "BOUNCED" : "COMPLAINED";
  const told = found.filter((it) => canBecome(it, after)).map((it) => moved(it, after, why(mail), at.now));
  record(at, interactions, told, MessageBounced);
  if (mail.kind === "BOUNCE") for (const { interactionId } of told) tellLost(at, interactionId);
  if (mail.kind === "BOUNCE" && mail.failed.some(({ status }) => isDead(status)))
    for (const { partyAddress, interactionId } of found) rememberBounce(at, partyAddress, interactionId);
}

/** A complaint says that it arrived. */
const canBecome = ({ deliveryState }: InteractionState, after: "BOUNCED" | "COMPLAINED"): boolean =>
  deliveryState === "SENT" ||
  deliveryState === "SENDING" ||
  (after === "COMPLAINED" && deliveryState === "BOUNCED");

function why({ kind, failed, subject }: ParsedMail): string {
  if (kind === "COMPLAINT") return "The recipient reported it as junk.";
  const [first] = failed;
  if (!first) return `It came back: ${subject}`.slice(0, 500);
  const lasting = first.hard ? "for good" : "for now";
  return `It came back ${lasting}: ${[first.status, first.diagnostic].filter(Boolean).join(" ")}`.slice(
    0,
    500,
  );
}
