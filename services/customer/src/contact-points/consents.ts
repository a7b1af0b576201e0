import type { Channel, Consent, Consent_State } from "@guanxi/contract/guanxi/customer/v1/contact_point";
import { refuse } from "@guanxi/kit/refuse";

/** As it is kept: jsonb has no times. */
export interface StoredConsent {
  readonly channel: Channel;
  readonly purpose: string;
  readonly state: Consent_State;
  readonly time: string;
  readonly evidence: string;
}

/** The newest word on each channel and purpose. The same word again changes nothing: the same list comes back. */
export function withConsent(
  consents: readonly StoredConsent[],
  said: Consent,
  now: Date,
): readonly StoredConsent[] {
  const consent = { ...said, time: (said.time ?? now).toISOString() };
  if (consent.time > now.toISOString()) throw refusal("consent.time", "must not be in the future");
  const isSame = ({ channel, purpose }: StoredConsent) =>
    channel === consent.channel && purpose === consent.purpose;
  const before = consents.find(isSame);
  if (!before) return [...consents, consent];
  if (consent.time < before.time) {
    throw refuse("precondition", "CONSENT_OUTDATED", `There is a newer statement, of ${before.time}.`);
  }
  const repeats = before.state === consent.state && before.evidence === consent.evidence;
  if (repeats && (!said.time || before.time === consent.time)) return consents;
  return consents.map((each) => (isSame(each) ? consent : each));
}

const refusal = (field: string, description: string) =>
  refuse("invalid", "INVALID_REQUEST", "The request does not keep the rules.", [{ field, description }]);

export const presentConsent = (consent: StoredConsent): Consent => ({
  ...consent,
  time: new Date(consent.time),
});
