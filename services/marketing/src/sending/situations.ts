// What has to be known of members to decide on them: a few questions for all of them at once.
import type { At } from "@guanxi/kit/at";
import { named } from "@guanxi/kit/store";
import { type CustomerCopy, customersOf } from "../projections/customers.ts";
import { policiesOf, type SegmentPolicy } from "../projections/segments.ts";
import { addressKey, domainKey } from "../suppressions/suppression.ts";
import { suppressedAmong, suppressedCustomers } from "../suppressions/suppressions.ts";
import { unsubscribedAmong } from "../suppressions/unsubscribed-addresses.ts";
import { PURPOSE, type Situation } from "./decide.ts";

const DAY_MS = 86_400_000;
/** A message waits through quiet hours before it counts, so that those of some days earlier are looked at too. */
const WAIT_DAYS = 2;

export interface Known {
  readonly customer: CustomerCopy;
  readonly policy: SegmentPolicy | undefined;
  situation(channels: readonly string[]): Situation;
}

/** By customer; of those that have been heard of. */
export async function knownOf(
  at: At,
  customerIds: readonly string[],
  capDays: number,
): Promise<Map<string, Known>> {
  const customers = await customersOf(at, customerIds);
  const addresses = [...customers.values()].flatMap(({ points }) => points.map(({ value }) => value));
  const keys = addresses.flatMap((address) => [addressKey(address), domainKey(address)]);
  const [policies, places, persons, unsubscribed, bounced, sends] = await Promise.all([
    policiesOf(at, customerIds),
    suppressedAmong(at, [...new Set(keys)]),
    suppressedCustomers(at, [...customers.keys()]),
    unsubscribedAmong(at, PURPOSE, addresses),
    bouncedAmong(at, addresses),
    sendsTo(at, customerIds, new Date(at.now.getTime() - (capDays + WAIT_DAYS) * DAY_MS)),
  ]);
  const suppressed = new Set([...places, ...persons]);
  const known = (customer: CustomerCopy): Known => {
    const policy = policies.get(customer.customerId);
    const rest = { suppressed, unsubscribed, bounced, sends: sends.get(customer.customerId) ?? [] };
    const situation = (channels: readonly string[]): Situation => ({
      customer,
      channels,
      policyChannel: policy?.channel ?? null,
      ...rest,
    });
    return { customer, policy, situation };
  };
  return new Map([...customers].map(([id, customer]) => [id, known(customer)]));
}

async function bouncedAmong(at: At, addresses: readonly string[]): Promise<Set<string>> {
  const rows = await named<{ address: string }>(at, {
    name: "bounced addresses among",
    text: "select address from bounced_addresses where address = any($1::text[])",
    values: [addresses.map((address) => address.toLowerCase())],
  });
  return new Set(rows.map(({ address }) => address));
}

/** When each is written to by any campaign; what did not leave does not count. */
async function sendsTo(at: At, customerIds: readonly string[], since: Date): Promise<Map<string, Date[]>> {
  const rows = await named<{ customerId: string; time: Date }>(at, {
    name: "campaign messages of customers",
    text: `select customer_id as "customerId", coalesce(not_before_time, request_time) as time from campaign_messages
      where customer_id = any($1::uuid[]) and request_time > $2 and state not in ('SUPPRESSED', 'FAILED')`,
    values: [customerIds, since.toISOString()],
  });
  const groups = Map.groupBy(rows, ({ customerId }) => customerId);
  return new Map([...groups].map(([id, all]) => [id, all.map(({ time }) => time)]));
}
