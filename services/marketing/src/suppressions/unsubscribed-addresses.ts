// Addresses whose owner has unsubscribed. The customer service takes back the consent of the customer who was written to; but several
// customers may have one mailbox, and whoever reads it wants no more of it under any of these names.
import type { At } from "@guanxi/kit/at";
import { named } from "@guanxi/kit/store";

interface Unsubscribed {
  readonly channel: string;
  readonly purpose: string;
  readonly address: string;
}

export const unsubscribedKey = (channel: string, address: string): string =>
  `${channel} ${address.trim().toLowerCase()}`;

export const keepUnsubscribed = (at: At, { channel, purpose, address }: Unsubscribed): void =>
  at.tell({
    name: "unsubscribed addresses keep",
    text: `insert into unsubscribed_addresses (channel, address, purpose, unsubscribe_time) values ($1, $2, $3, $4)
      on conflict (tenant_id, address, channel, purpose) do update set unsubscribe_time = excluded.unsubscribe_time`,
    values: [channel, address.trim().toLowerCase(), purpose.toLowerCase(), at.now.toISOString()],
  });

/** Since when each wants no more of it, by channel and address. */
export async function unsubscribedAmong(
  at: At,
  purpose: string,
  addresses: readonly string[],
): Promise<Map<string, Date>> {
  const rows = await named<{ channel: string; address: string; time: Date }>(at, {
    name: "unsubscribed addresses among",
    text: `select channel, address, unsubscribe_time as time from unsubscribed_addresses
      where purpose = $1 and address = any($2::text[])`,
    values: [purpose.toLowerCase(), addresses.map((address) => address.trim().toLowerCase())],
  });
  return new Map(rows.map(({ channel, address, time }) => [unsubscribedKey(channel, address), time]));
}
