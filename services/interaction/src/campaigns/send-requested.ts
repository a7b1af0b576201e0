// A message that a campaign asks for becomes one contact: queued, or failed with its reason where nothing may be sent.
import { on } from "@guanxi/bus/reaction";
import type { CampaignMessage } from "@guanxi/contract/guanxi/marketing/v1/campaign_message";
import { CampaignMessageRequested } from "@guanxi/contract/guanxi/marketing/v1/campaign_message_events";
import { zoneOf } from "@guanxi/directory/quiet-hours";
import type { At } from "@guanxi/kit/at";
import { named } from "@guanxi/kit/store";
import type { ChannelName } from "../interactions/interaction-state.ts";
import { type Choice, chooseChannel, CONNECTED, type Unreachable } from "../messages/choose-channel.ts";
import { type Message, queueMessage, reachOf } from "../messages/plan-message.ts";
import type { Obstacle } from "./forbidden.ts";
import { keepLetter } from "./letters.ts";
import { stopped } from "./stops.ts";
import type { QuietHours } from "./welcome.ts";

export const sendRequested = on(
  CampaignMessageRequested,
  ({ message, quietFrom, quietUntil, timeZone }, at) =>
    message
      ? send(at, message, { quietFrom, quietUntil, timeZone: zoneOf(timeZone, at.timeZone) })
      : undefined,
);

/** An event comes once to an effect; the unique index is for whoever records such a message in another way. */
async function send(at: At, asked: CampaignMessage, quiet: QuietHours): Promise<void> {
  if (await isHere(at, asked.messageId)) return;
  const reach = await reachOf(at, asked);
  const wanted = messageOf(asked);
  const choice = choose(asked, wanted.purpose, reach);
  const way = "why" in choice ? NOWHERE : choice;
  const obstacle = (await stopped(at, asked)) ?? ("why" in choice ? obstacleOf(choice) : undefined);
  const message = { ...wanted, quiet, ...(obstacle && { obstacle }) };
  const made = await queueMessage(at, message, way, reach.contactHours);
  keepLetter(at, made.interactionId, { ...asked, quiet });
}

type Way = Extract<Choice, { channel: ChannelName }>;

const NOWHERE: Way = { channel: "EMAIL", address: "", rerouteReason: "" };

/**
 * On the channel and to the address that the campaign has found to be allowed; on another only where we cannot send on that one.
 * Whether the customer still agrees is asked when the message leaves.
 */
function choose(
  { channel, address }: CampaignMessage,
  purpose: string,
  reach: Parameters<typeof chooseChannel>[0]["reach"],
): Choice {
  const wished = channel as ChannelName; // the channels of marketing have the same names as ours
  if (CONNECTED.includes(wished)) return { channel: wished, address, rerouteReason: "" };
  return chooseChannel({ channel: wished, purpose, reach }, true);
}

const REASONS: Record<Unreachable, string> = {
  MESSAGE_UNWANTED: "NO_CONSENT",
  UNREACHABLE: "NO_ADDRESS",
  ADDRESS_BOUNCED: "BOUNCED_BEFORE",
};

const obstacleOf = ({ reason, why }: Extract<Choice, { why: string }>): Obstacle => ({
  reason: REASONS[reason],
  why,
});

const messageOf = (asked: CampaignMessage): Message => ({
  customerId: asked.customerId,
  channel: asked.channel as ChannelName,
  subject: asked.subject,
  body: asked.text,
  purpose: asked.purpose.toLowerCase(),
  automatic: true,
  campaign: { campaignId: asked.campaignId, campaignMessageId: asked.messageId },
  ...(asked.notBeforeTime && { notBefore: asked.notBeforeTime }),
});

async function isHere(at: At, messageId: string): Promise<boolean> {
  const rows = await named(at, {
    name: "interaction of campaign message",
    text: "select 1 from interactions where campaign_message_id = $1",
    values: [messageId],
  });
  return rows.length > 0;
}
