// Who unsubscribes by the link in a message has taken a consent back, as if they had told one of us.
import { on } from "@guanxi/bus/reaction";
import { Channel, Consent, Consent_State } from "@guanxi/contract/guanxi/customer/v1/contact_point";
import { ConsentChanged } from "@guanxi/contract/guanxi/customer/v1/customer_events";
import { MemberUnsubscribed } from "@guanxi/contract/guanxi/marketing/v1/campaign_member_events";
import { lockFound, record } from "@guanxi/kit/store";
import { type StoredConsent, withConsent } from "../contact-points/consents.ts";
import { customers } from "../customers/customers.ts";
import { resolve } from "../customers/resolve.ts";

export const withdrawConsent = on(MemberUnsubscribed, async ({ member, purpose, channel }, at) => {
  if (!member) return;
  // Whoever has become somebody else meanwhile wants no more of it all the same.
  const living = (await resolve(at, [member.customerId])).get(member.customerId);
  const [before] = living ? await lockFound(at, customers, [living]) : [];
  if (!before) return;
  const { unsubscribedTime: said = at.now } = member;
  // The clocks of two services are never quite the same.
  const time = said < at.now ? said : at.now;
  const consent = Consent.fromPartial({
    channel: CHANNELS[channel] ?? Channel.EMAIL,
    purpose: purpose.toLowerCase() || "marketing",
    state: Consent_State.WITHDRAWN,
    time,
    evidence: `Unsubscribed by the link in a message of campaign ${member.campaignId}.`,
  });
  // Who has said something else since has the last word.
  if (before.consents.some((each) => isOfSame(each, consent) && each.time > time.toISOString())) return;
  const consents = withConsent(before.consents, consent, at.now);
  record(at, customers, { ...before, consents, updateTime: at.now }, ConsentChanged, { consent });
});

const isOfSame = ({ channel, purpose }: StoredConsent, other: Consent): boolean =>
  channel === other.channel && purpose === other.purpose;

const CHANNELS: Readonly<Record<string, Channel>> = {
  EMAIL: Channel.EMAIL,
  SMS: Channel.SMS,
  WECHAT: Channel.WECHAT,
};
