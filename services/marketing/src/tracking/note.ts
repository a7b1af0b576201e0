// What is noted of a member who does something with a message: each once.
import {
  MemberClicked,
  MemberOpened,
  MemberUnsubscribed,
} from "@guanxi/contract/guanxi/marketing/v1/campaign_member_events";
import type { At } from "@guanxi/kit/at";
import { record } from "@guanxi/kit/store";
import { reached } from "../members/member.ts";
import type { MemberState } from "../members/member-state.ts";
import { members } from "../members/members.ts";
import type { MessageState } from "../messages/message-state.ts";
import { customersOf } from "../projections/customers.ts";
import { keepUnsubscribed } from "../suppressions/unsubscribed-addresses.ts";
import type { Held } from "./link-holder.ts";

export function noteOpened(at: At, { member }: Held): MemberState {
  const after = reached(member, "OPENED", at.now);
  return after === member ? member : record(at, members, after, MemberOpened);
}

/** Who follows a link has opened the message, whatever the pictures say. */
export function noteClicked(at: At, held: Held, url: string): void {
  const opened = noteOpened(at, held);
  const after = reached(opened, "CLICKED", at.now);
  if (after !== opened) record(at, members, after, MemberClicked, { url });
}

/** Said again where the consent stands all the same: it may have been given anew since. */
export async function noteUnsubscribed(at: At, { member, message }: Held): Promise<true> {
  const isFirst = member.unsubscribedTime === null;
  if (!isFirst && (await isWithdrawn(at, message))) return true;
  const after = { ...reached(member, "UNSUBSCRIBED", at.now), unsubscribedTime: at.now };
  const { purpose, channel, address } = message;
  keepUnsubscribed(at, { purpose, channel, address });
  record(at, members, after, MemberUnsubscribed, { purpose, channel, address });
  return true;
}

async function isWithdrawn(at: At, { customerId, channel, purpose }: MessageState): Promise<boolean> {
  const customer = (await customersOf(at, [customerId])).get(customerId);
  const consent = customer?.consents.find(
    (each) => each.channel === channel && each.purpose === purpose.toLowerCase(),
  );
  return consent?.state === "WITHDRAWN";
}
