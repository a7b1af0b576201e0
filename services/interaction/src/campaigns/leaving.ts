// Asked of the message of a campaign when it is about to leave: what was allowed when it was asked for may not be any more.
import { enqueue } from "@guanxi/bus/enqueue";
import { InteractionChanged, MessageFailed } from "@guanxi/contract/guanxi/interaction/v1/interaction_events";
import { Customer_State } from "@guanxi/contract/guanxi/customer/v1/customer";
import type { At } from "@guanxi/kit/at";
import { record } from "@guanxi/kit/store";
import type { InteractionState } from "../interactions/interaction-state.ts";
import { interactions } from "../interactions/interactions.ts";
import { moved } from "../mail/sending/delivery.ts";
import { addressesOn, consentOn } from "../messages/choose-channel.ts";
import { reachOf, SEND_MESSAGE, waitsFor } from "../messages/plan-message.ts";
import { addressKey } from "../projections/address-key.ts";
import { stateOf } from "../projections/customers.ts";
import { forbidden, type Obstacle } from "./forbidden.ts";
import { termsOf } from "./letters.ts";
import { stopped } from "./stops.ts";
import { firstAllowed } from "./welcome.ts";

/** A consent or an address may be so new that it has not been heard of here. */
const HEARD_MS = 60_000;
const AGAIN_MS = 2_000;

type Answer = "leaves" | "unheard" | { readonly until: Date } | Obstacle;

/** False where it does not leave now; then it has failed, or waits. */
export async function mayLeave(at: At, it: InteractionState): Promise<boolean> {
  if (it.campaignMessageId === null) return true;
  const answer = await askedAgain(at, it);
  if (answer === "leaves") return true;
  if (answer === "unheard")
    enqueue(at, SEND_MESSAGE, it.interactionId, new Date(at.now.getTime() + AGAIN_MS));
  else if ("until" in answer) putOff(at, it, answer.until);
  else record(at, interactions, forbidden(it, answer, at.now), MessageFailed);
  return false;
}

async function askedAgain(at: At, it: InteractionState): Promise<Answer> {
  const customerId = it.customerId ?? "";
  const [reach, state, { memberId, quiet }] = await Promise.all([
    reachOf(at, { customerId }),
    stateOf(at, customerId),
    termsOf(at, it.interactionId),
  ]);
  const sent = { campaignId: it.campaignId ?? "", memberId, customerId, address: it.partyAddress };
  const obstacle = (await stopped(at, sent)) ?? gone(state) ?? refusedBy(it, reach, at.now);
  if (obstacle) return obstacle;
  // By the clock of now: a queue, a server that wanted it later, or an outage has carried it into the night.
  const until = firstAllowed(reach.contactHours, at.timeZone, quiet, at.now);
  return until > at.now ? { until } : "leaves";
}

/** What was of a customer that has become another one is that one's in a moment. */
function gone(state: number | undefined): Obstacle | "unheard" | undefined {
  if (state === Customer_State.MERGED) return "unheard";
  if (state !== Customer_State.ARCHIVED) return undefined;
  return { reason: "CUSTOMER_ARCHIVED", why: "The customer is in the archive." };
}

function refusedBy(
  it: InteractionState,
  reach: Awaited<ReturnType<typeof reachOf>>,
  now: Date,
): Obstacle | "unheard" | undefined {
  const { channel, partyAddress } = it;
  const { purpose } = it.delivery!;
  const said = consentOn(channel, purpose, reach);
  const isNew = now.getTime() - it.createTime.getTime() < HEARD_MS;
  if (said !== "GRANTED") {
    if (said === undefined && isNew) return "unheard";
    const verb = said === "WITHDRAWN" ? "was withdrawn" : "has not been given";
    return { reason: "NO_CONSENT", why: `The consent to ${purpose} on ${channel} ${verb}.` };
  }
  const keyOf = (address: string) => addressKey(channel, address);
  if (!addressesOn(channel, reach).some((address) => keyOf(address) === keyOf(partyAddress)))
    return isNew
      ? "unheard"
      : { reason: "NO_ADDRESS", why: "The address is not one of the customer's any more." };
  if (!reach.bounced.some((address) => keyOf(address) === keyOf(partyAddress))) return undefined;
  return { reason: "BOUNCED_BEFORE", why: "The last message to the address came back for good." };
}

function putOff(at: At, it: InteractionState, until: Date): void {
  const later = moved(it, "QUEUED", waitsFor("quiet hours to end", until), at.now);
  const delivery = { ...later.delivery!, notBeforeTime: until.toISOString() };
  record(at, interactions, { ...later, delivery }, InteractionChanged);
  enqueue(at, SEND_MESSAGE, it.interactionId, until);
}
