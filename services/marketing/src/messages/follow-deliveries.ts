// What becomes of the messages of campaigns, as the interaction service says it.
import { onState, type Reaction, type StateChange } from "@guanxi/bus/reaction";
import {
  type Delivery,
  Delivery_State,
  Direction,
  Interaction,
} from "@guanxi/contract/guanxi/interaction/v1/interaction";
import {
  MemberBounced,
  MemberResponded,
  MemberSent,
} from "@guanxi/contract/guanxi/marketing/v1/campaign_member_events";
import {
  CampaignMessageBounced,
  CampaignMessageFailed,
  CampaignMessageSent,
} from "@guanxi/contract/guanxi/marketing/v1/campaign_message_events";
import type { At } from "@guanxi/kit/at";
import { lockFound, named, record } from "@guanxi/kit/store";
import { noteSaleSince } from "../attribution/note-conversions.ts";
import { reached } from "../members/member.ts";
import { members } from "../members/members.ts";
import { campaignMessages } from "./campaign-messages.ts";
import { bounced, failed, sent } from "./message.ts";
import type { MessageState } from "./message-state.ts";

/** In the order of the events: the first one of a contact tells its conversation, by which an answer is known. */
export const followDeliveries: Reaction = onState(Interaction, [], async (changes, at) => {
  for (const change of changes) await follow(at, change);
});

async function follow(at: At, { state: it, previous }: StateChange<Interaction>): Promise<void> {
  if (!it) return;
  if (it.campaignMessageId) return followMessage(at, it);
  const isNew = previous === undefined;
  if (isNew && it.direction === Direction.INBOUND && !it.automatic && it.conversationId)
    await answered(at, it);
}

async function followMessage(at: At, it: Interaction): Promise<void> {
  const [before] = await lockFound(at, campaignMessages, [it.campaignMessageId]);
  if (!before) return;
  if (it.conversationId) keepConversation(at, it.conversationId, before.memberId);
  if (!it.delivery) return;
  const { state } = it.delivery;
  if (state === Delivery_State.SENT) await noteSent(at, sent(before, it.interactionId, at.now), before);
  if (state === Delivery_State.BOUNCED) await noteBounced(at, it, before);
  const fault = faultOf(it.delivery);
  if (fault) noteFailed(at, failed(before, it.interactionId, fault), before);
}

/** Of what is still being sent there is a reason where nobody knows any more whether it has left. */
function faultOf({ state, reason }: Delivery): string {
  if (state === Delivery_State.FAILED) return reason || "FAILED";
  return state === Delivery_State.SENDING ? reason : "";
}

async function noteSent(at: At, after: MessageState, before: MessageState): Promise<void> {
  if (after === before) return;
  record(at, campaignMessages, after, CampaignMessageSent);
  const [member] = await lockFound(at, members, [after.memberId]);
  const reachedMember = member && reached(member, "SENT", at.now);
  if (!reachedMember || reachedMember === member) return;
  await noteSaleSince(at, record(at, members, reachedMember, MemberSent));
}

/** Nothing goes to the address any more, in whatever campaign. */
async function noteBounced(at: At, it: Interaction, before: MessageState): Promise<void> {
  const after = bounced(before, it.interactionId);
  if (after === before) return;
  record(at, campaignMessages, after, CampaignMessageBounced);
  at.tell({
    name: "bounced addresses keep",
    text: `insert into bounced_addresses (address, bounce_time) values ($1, $2)
      on conflict (tenant_id, address) do update set bounce_time = excluded.bounce_time`,
    values: [it.partyAddress.toLowerCase(), at.now.toISOString()],
  });
  const [member] = await lockFound(at, members, [after.memberId]);
  const reachedMember = member && reached(member, "BOUNCED", at.now);
  if (reachedMember && reachedMember !== member) record(at, members, reachedMember, MemberBounced);
}

function noteFailed(at: At, after: MessageState, before: MessageState): void {
  if (after !== before) record(at, campaignMessages, after, CampaignMessageFailed);
}

const keepConversation = (at: At, conversationId: string, memberId: string): void =>
  at.tell({
    name: "campaign conversations keep",
    text: `insert into campaign_conversations (conversation_id, member_id) values ($1, $2)
      on conflict (tenant_id, conversation_id) do nothing`,
    values: [conversationId, memberId],
  });

/** A person has written in the conversation of a message of a campaign. */
async function answered(at: At, { conversationId }: Interaction): Promise<void> {
  const [row] = await named<{ memberId: string }>(at, {
    name: "campaign conversations find",
    text: `select member_id as "memberId" from campaign_conversations where conversation_id = $1`,
    values: [conversationId],
  });
  const [member] = row ? await lockFound(at, members, [row.memberId]) : [];
  const after = member && reached(member, "RESPONDED", at.now);
  if (!after || after === member) return;
  await noteSaleSince(at, record(at, members, after, MemberResponded));
}
