import { GuestInvited } from "@guanxi/contract/guanxi/marketing/v1/event_guest_events";
import type {
  InviteGuestsRequest,
  InviteGuestsResponse,
} from "@guanxi/contract/guanxi/marketing/v1/marketing_event_service";
import { command } from "@guanxi/kit/handler";
import { find, lock, record } from "@guanxi/kit/store";
import { requireCustomers } from "../../campaigns/references.ts";
import { requireCampaign } from "../../campaigns/require-campaign.ts";
import { type MembersLeft, membersLeft } from "../../members/members.ts";
import { guestIdOf, invite } from "../guest.ts";
import { guests, guestsAmong } from "../guests.ts";
import { requirePlanned } from "../marketing-event.ts";
import { marketingEvents } from "../marketing-events.ts";

export const inviteGuests = command<InviteGuestsRequest, InviteGuestsResponse>(async (request, at) => {
  const event = await lock(at, marketingEvents, request.eventId);
  requirePlanned(event);
  const namedIds = await requireCustomers(
    at,
    request.customerIds.map((id) => id.toLowerCase()),
  );
  await requireCampaign(at, request.campaignId, "campaign_id");
  const members = request.campaignId ? await membersLeft(at, event.eventId, request.campaignId) : NOBODY;
  const customerIds = [...namedIds, ...members.customerIds];
  const guestIds = await guestsAmong(at, event.eventId, customerIds);
  const guestId = (id: string) => guestIds.get(id) ?? guestIdOf(at.tenantId, event.eventId, id);
  const byId = new Map(customerIds.map((id) => [guestId(id), id]));
  const there = new Set((await find(at, guests, [...byId.keys()])).map(({ guestId }) => guestId));
  const fresh = [...byId].filter(([id]) => !there.has(id));
  const invited = fresh.map(([id, customerId]) =>
    invite({ guestId: id, eventId: event.eventId, customerId }, at.now),
  );
  record(at, guests, invited, GuestInvited);
  const remaining = BigInt(members.total - members.customerIds.length);
  return { invited: invited.length, alreadyInvited: there.size, remaining };
});

const NOBODY: MembersLeft = { customerIds: [], total: 0 };
