// Whether a member is written to at a step, and on what way; decided once.
import { Customer_State } from "@guanxi/contract/guanxi/customer/v1/customer";
import type { CustomerCopy } from "../projections/customers.ts";
import { addressKey, customerKey, domainKey } from "../suppressions/suppression.ts";
import { unsubscribedKey } from "../suppressions/unsubscribed-addresses.ts";
import { firstLoud, type QuietHours, zoneOf } from "@guanxi/directory/quiet-hours";

const DAY_MS = 86_400_000;

/** For what campaigns write: consent is asked for by it. */
export const PURPOSE = "MARKETING";

/** What is known of a member when a step falls due. */
export interface Situation {
  readonly customer: CustomerCopy;
  /** The channels that the step's template has something for. */
  readonly channels: readonly string[];
  /** Of the segment that says how the customer is treated (R024). */
  readonly policyChannel: string | null;
  /** Keys of suppressions that concern this customer or an address of theirs. */
  readonly suppressed: ReadonlySet<string>;
  /** Since when addresses want no more of it, by their keys. */
  readonly unsubscribed: ReadonlyMap<string, Date>;
  /** Addresses, in lower case, that the last message came back from. */
  readonly bounced: ReadonlySet<string>;
  /** When the customer was written to by any campaign, within the days of the cap and somewhat longer. */
  readonly sends: readonly Date[];
}

export interface Rules extends QuietHours {
  readonly capMessages: number;
  readonly capDays: number;
  readonly timeZone: string;
  readonly now: Date;
}

export interface Way {
  readonly channel: string;
  readonly address: string;
  readonly notBefore: Date;
}

export type Decision = Way | { readonly reason: string };

export function decide(situation: Situation, rules: Rules): Decision {
  const { customer, suppressed, sends } = situation;
  if (customer.state === Customer_State.ARCHIVED) return { reason: "CUSTOMER_ARCHIVED" };
  if (customer.state === Customer_State.MERGED) return { reason: "CUSTOMER_MERGED" };
  if (suppressed.has(customerKey(customer.customerId))) return { reason: "SUPPRESSED_CUSTOMER" };
  const way = wayTo(situation);
  if ("reason" in way) return way;
  const notBefore = firstLoud(rules, zoneOf(customer.timeZone, rules.timeZone), rules.now);
  const since = notBefore.getTime() - rules.capDays * DAY_MS;
  const recent = sends.filter((time) => time.getTime() > since).length;
  if (rules.capMessages > 0 && recent >= rules.capMessages) return { reason: "FREQUENCY_CAP" };
  return { ...way, notBefore };
}

/** What the customer prefers, then what the segment's policy says, then what the template has, in its own order. */
function wayTo(situation: Situation): { channel: string; address: string } | { reason: string } {
  const { customer, channels, policyChannel } = situation;
  const wished = [customer.preferredChannel, policyChannel].filter((each) => each !== null);
  const candidates = [...new Set([...wished, ...channels])].filter((each) => channels.includes(each));
  const tried = candidates.map((channel) => wayOn(channel, situation));
  return tried.find((each) => "address" in each) ?? tried[0] ?? { reason: "NOT_RENDERED" };
}

const POINTS: Readonly<Record<string, string>> = { EMAIL: "EMAIL", SMS: "PHONE", WECHAT: "WECHAT" };

function wayOn(channel: string, { customer, suppressed, unsubscribed, bounced }: Situation) {
  const consent = customer.consents.find(
    (each) => each.channel === channel && each.purpose === PURPOSE.toLowerCase(),
  );
  if (consent?.state !== "GRANTED") return { reason: "NO_CONSENT" };
  const points = customer.points.filter(({ kind }) => kind === POINTS[channel]);
  const addresses = points
    .toSorted((a, b) => Number(b.primary) - Number(a.primary))
    .map(({ value }) => value);
  if (addresses.length === 0) return { reason: "NO_ADDRESS" };
  const allowed = addresses.filter(
    (each) => !suppressed.has(addressKey(each)) && !suppressed.has(domainKey(each)),
  );
  if (allowed.length === 0) return { reason: "SUPPRESSED_ADDRESS" };
  // Only a consent that was given since then says that this one customer wants it again.
  const wanted = allowed.filter((each) => {
    const since = unsubscribed.get(unsubscribedKey(channel, each));
    return since === undefined || (consent.time !== null && since < new Date(consent.time));
  });
  if (wanted.length === 0) return { reason: "UNSUBSCRIBED_ADDRESS" };
  const alive = wanted.find((each) => !bounced.has(each.toLowerCase()));
  return alive === undefined ? { reason: "BOUNCED_BEFORE" } : { channel, address: alive };
}
