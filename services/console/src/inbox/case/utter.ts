// What was written becomes a message, a contact, or a note.
import type { Case, Interaction, InteractionChannel, InteractionOutcome } from "@guanxi/client/gen/guanxi";
import { recordInteraction, sendMessage } from "@guanxi/client/gen/guanxi";
import type { once } from "../../api/api.ts";
import type { Draft, Mode } from "./drafts.ts";

export function utter(
  mode: Mode,
  draft: Draft,
  it: Case,
  answered: Interaction | undefined,
  key: ReturnType<typeof once>,
): Promise<Interaction> {
  if (mode === "mail") return sendMessage(mailOf(draft, it, answered), key);
  return recordInteraction(contactOf(mode, draft, it), key);
}

/** To "answer" goes to whoever wrote; else to the customer, or to one of its people. */
function mailOf(
  { to, subject = "", body = "", allowReroute = false }: Draft,
  it: Case,
  answered?: Interaction,
) {
  const answers = to === "answer" && answered !== undefined;
  const person = !answers && to && to !== "customer" ? { contactId: to } : {};
  return {
    ...(it.customerId && { customerId: it.customerId }),
    ...person,
    ...(answers && { inReplyToInteractionId: answered.interactionId }),
    channel: "CHANNEL_EMAIL" as const,
    subject,
    body,
    caseId: it.caseId,
    allowReroute,
  };
}

function contactOf(mode: Mode, draft: Draft, it: Case) {
  const { caseId, customerId, subject } = it;
  const about = { caseId, subject, ...(customerId && { customerId }), body: draft.body ?? "" };
  if (mode === "note") return { interaction: { ...about, ...NOTE } };
  const { channel = "CHANNEL_PHONE", direction, minutes } = draft;
  return {
    interaction: {
      ...about,
      channel: channel as InteractionChannel,
      direction: direction === "in" ? ("DIRECTION_INBOUND" as const) : ("DIRECTION_OUTBOUND" as const),
      durationSeconds: Math.round((minutes ?? 0) * 60),
    },
    ...(draft.outcome && { conclusion: conclusionOf(draft.outcome as InteractionOutcome, draft.learned) }),
  };
}

/** What colleagues say to each other goes over no channel of the customer. */
const NOTE = { channel: "CHANNEL_OTHER", direction: "DIRECTION_INTERNAL" } as const;

/** Whoever ends a contact says what it taught us, or that it taught nothing (R074). */
function conclusionOf(outcome: InteractionOutcome, learned = "") {
  const fact = learned.trim();
  return { outcome, learned: fact ? { facts: [fact] } : { nothingNew: true } };
}
