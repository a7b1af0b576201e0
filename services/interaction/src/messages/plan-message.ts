// A message of ours: on which channel it goes, and its place among the contacts.
import { enqueue } from "@guanxi/bus/enqueue";
import { Direction, type EmailDetail, Interaction } from "@guanxi/contract/guanxi/interaction/v1/interaction";
import { Channel } from "@guanxi/contract/guanxi/interaction/v1/interaction";
import { segmentPolicyOf } from "@guanxi/directory/segment-policies";
import type { At } from "@guanxi/kit/at";
import { numberOf } from "@guanxi/kit/enum-names";
import { find } from "@guanxi/kit/store";
import { actingUser } from "@guanxi/kit/users";
import { take } from "../interactions/interaction.ts";
import type { ChannelName, InteractionState, StoredDetail } from "../interactions/interaction-state.ts";
import { interactions, lastMail, messageOfCause } from "../interactions/interactions.ts";
import { firstAllowed, NEVER_QUIET, type QuietHours } from "../campaigns/welcome.ts";
import { recordContact } from "../interactions/record-contact.ts";
import { holdThreads } from "../conversations/threads.ts";
import { contacts } from "../projections/contacts.ts";
import { customerReaches, type Reach, type ReachChannel, type StoredHours } from "../projections/reach.ts";
import { bouncedAmong } from "./bounced-addresses.ts";
import { type Choice, chooseChannel, type Unreachable, type Wish } from "./choose-channel.ts";

/** The job of a message that is to be sent; its subject is the interaction. */
export const SEND_MESSAGE = "send_message";

export interface Message {
  readonly customerId: string;
  readonly contactId?: string;
  /** What is planned; what the customer prefers unless said. */
  readonly channel?: ChannelName;
  readonly subject: string;
  readonly body: string;
  /** For what it is sent: consent is asked for by it. */
  readonly purpose: string;
  readonly caseId?: string;
  readonly conversationId?: string;
  readonly inReplyToInteractionId?: string;
  /** The same cause twice is one message. */
  readonly causeKey?: string;
  /** Said by a machine, so that it ends no wait. */
  readonly automatic?: boolean;
  /** Files that go with it. */
  readonly attachmentIds?: readonly string[];
  /** Not sent before this time. */
  readonly notBefore?: Date;
  /** When nobody is written to. */
  readonly quiet?: QuietHours;
  /** Of a message of a campaign; it is sent by what stands in CampaignMessageRequested. */
  readonly campaign?: { readonly campaignId: string; readonly campaignMessageId: string };
  /** Why it is not sent at all: it is written down as failed. */
  readonly obstacle?: { readonly reason: string; readonly why: string };
}

export type Planned =
  | { readonly interactionId: string }
  | { readonly unreachable: string; readonly reason: Unreachable };

/**
 * Writes a message down to be sent, on the planned channel if the customer may and can be reached on it, else on another;
 * or says why there is none.
 */
export async function planMessage(at: At, message: Message): Promise<Planned> {
  const { causeKey } = message;
  if (causeKey) {
    await holdThreads(at, [`cause ${causeKey}`]);
    const known = await messageOfCause(at, causeKey);
    if (known) return { interactionId: known };
  }
  const reach = await reachOf(at, message);
  const choice = chooseChannel({ ...message, channel: message.channel ?? null, reach }, true);
  if ("why" in choice) return { unreachable: choice.why, reason: choice.reason };
  const { interactionId } = await queueMessage(at, message, choice, reach.contactHours);
  return { interactionId };
}

type MessageReach = Wish["reach"] & { readonly contactHours: readonly StoredHours[] };

const NOWHERE: Reach & Pick<MessageReach, "contactHours"> = {
  points: [],
  preferredChannels: [],
  consents: [],
  contactHours: [],
};

/** A person's own addresses, wishes and consents count before those of the organisation. */
export async function reachOf(
  at: At,
  { customerId, contactId }: Pick<Message, "customerId" | "contactId">,
): Promise<MessageReach> {
  const [[customer = NOWHERE], [contact], policy] = await Promise.all([
    find(at, customerReaches, [customerId]),
    find(at, contacts, contactId ? [contactId] : []),
    segmentPolicyOf(at, customerId),
  ]);
  const { points, preferredChannels, consents } = contactId ? (contact ?? NOWHERE) : customer;
  const mail = points.filter(({ kind }) => kind === "EMAIL").map(({ value }) => value);
  return {
    points,
    consents,
    bounced: await bouncedAmong(at, mail),
    preferredChannels: firstSaid(
      preferredChannels,
      customer.preferredChannels,
      policy?.channel ? [policy.channel] : [],
    ),
    contactHours: customer.contactHours,
  };
}

/** What a person wants counts before the organisation's wish, and both before what is thought best for their segment (R024). */
const firstSaid = (...wishes: readonly (readonly ReachChannel[])[]) =>
  wishes.find(({ length }) => length > 0) ?? [];

/** Queued on the channel that was chosen, for the next hour at which the customer is welcome to be reached. */
export async function queueMessage(
  at: At,
  message: Message,
  choice: Extract<Choice, { channel: ChannelName }>,
  hours: readonly StoredHours[],
): Promise<InteractionState> {
  const { obstacle, campaign, quiet = NEVER_QUIET, notBefore = at.now } = message;
  const due = firstAllowed(hours, at.timeZone, quiet, notBefore > at.now ? notBefore : at.now);
  const taken = take(sentOf(at, message, choice), at.newId(), at);
  const draft: InteractionState = {
    ...taken,
    detail: await detailOf(at, message, choice),
    delivery: deliveryOf(at, message, choice, due),
    deliveryState: obstacle ? "FAILED" : "QUEUED",
    causeKey: message.causeKey ?? null,
    ...campaign,
  };
  const keys = [message.caseId ? `case:${message.caseId}` : `message:${draft.interactionId}`];
  const { interaction } = await recordContact(at, {
    draft,
    keys,
    conversationId: message.conversationId ?? null,
  });
  if (!obstacle) enqueue(at, SEND_MESSAGE, interaction.interactionId, due > at.now ? due : undefined);
  return interaction;
}

const sentOf = (at: At, message: Message, { channel, address }: { channel: ChannelName; address: string }) =>
  Interaction.fromPartial({
    channel: numberOf(Channel, channel),
    direction: Direction.OUTBOUND,
    customerId: message.customerId,
    contactId: message.contactId ?? "",
    userId: actingUser(at),
    automatic: message.automatic ?? false,
    partyAddress: address,
    subject: message.subject,
    body: message.body,
    // An effect acts at the time of its event.
    eventTime: at.now,
    inReplyToInteractionId: message.inReplyToInteractionId ?? "",
    caseId: message.caseId ?? "",
  });

const deliveryOf = (
  { now }: At,
  { purpose, channel, attachmentIds = [], obstacle, notBefore }: Message,
  choice: Extract<Choice, { channel: ChannelName }>,
  due: Date,
): InteractionState["delivery"] => ({
  stateTime: now.toISOString(),
  detail: obstacle?.why ?? waitOf(due, notBefore ?? now, now),
  attempts: 0,
  purpose,
  plannedChannel: choice.rerouteReason ? (channel ?? null) : null,
  rerouteReason: choice.rerouteReason,
  notBeforeTime: due > now ? due.toISOString() : null,
  attachmentIds,
  ...(obstacle && { reason: obstacle.reason }),
});

function waitOf(due: Date, notBefore: Date, now: Date): string {
  if (due <= now) return "";
  return due > notBefore ? waitsFor("contact hours", due) : waitsFor("quiet hours to end", due);
}

export const waitsFor = (what: string, until: Date): string =>
  `Waits for the customer's ${what}, until ${until.toISOString()}.`;

const MOST_REFERENCES = 100;

/** A mail names what it answers, so that the other side keeps it in its thread. */
async function detailOf(
  at: At,
  message: Message,
  { channel, address }: { channel: ChannelName; address: string },
): Promise<StoredDetail | null> {
  if (channel !== "EMAIL") return null;
  const answers = await answeredMail(at, message);
  const references = answers
    ? [...answers.references.filter((id) => id !== answers.messageId), answers.messageId]
    : [];
  const value = {
    ...NO_MAIL,
    to: [address],
    inReplyTo: answers?.messageId ?? "",
    references: references.slice(-MOST_REFERENCES),
    mailboxId: answers?.mailboxId ?? "",
  };
  return { $case: "email", value };
}

const NO_MAIL: EmailDetail = {
  messageId: "",
  inReplyTo: "",
  references: [],
  from: "",
  to: [],
  cc: [],
  replyTo: "",
  quotedText: "",
  signature: "",
  safeHtml: "",
  htmlLeftOut: false,
  kind: 1,
  mailboxId: "",
};

async function answeredMail(at: At, message: Message): Promise<EmailDetail | undefined> {
  const { inReplyToInteractionId, conversationId } = message;
  const [answered] = inReplyToInteractionId ? await find(at, interactions, [inReplyToInteractionId]) : [];
  const detail = answered?.detail ?? (conversationId ? await lastMail(at, conversationId) : null);
  return detail?.$case === "email" && detail.value.messageId !== "" ? detail.value : undefined;
}
