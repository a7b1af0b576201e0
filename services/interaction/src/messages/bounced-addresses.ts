// Addresses that take no mail, as the last message to each has shown.
import type { At } from "@guanxi/kit/at";
import { named } from "@guanxi/kit/store";
import { addressKey } from "../projections/address-key.ts";

const keyOf = (address: string) => addressKey("EMAIL", address);

/** Kept since the last one that came back. */
export function rememberBounce(at: At, address: string, interactionId: string): void {
  at.tell({
    name: "bounced addresses remember",
    text: `insert into bounced_addresses (key, bounce_time, interaction_id) values ($1, $2, $3)
      on conflict (tenant_id, key) do update
        set bounce_time = excluded.bounce_time, interaction_id = excluded.interaction_id
        where bounced_addresses.bounce_time < excluded.bounce_time`,
    values: [keyOf(address), at.now.toISOString(), interactionId],
  });
}

/** Somebody wrote from them, or gave them anew, at this time: what came back before says no more. */
export function forgetBounce(at: At, addresses: readonly string[], time: Date): void {
  const keys = addresses.map(keyOf).filter((key) => key !== "");
  if (keys.length === 0) return;
  at.tell({
    name: "bounced addresses forget",
    text: "delete from bounced_addresses where key = any($1::text[]) and bounce_time <= $2",
    values: [keys, time.toISOString()],
  });
}

/** Which of these addresses take no mail, as they were given. */
export async function bouncedAmong(at: At, addresses: readonly string[]): Promise<string[]> {
  if (addresses.length === 0) return [];
  const rows = await named<{ key: string }>(at, {
    name: "bounced addresses among",
    text: "select key from bounced_addresses where key = any($1::text[])",
    values: [addresses.map(keyOf)],
  });
  const keys = new Set(rows.map(({ key }) => key));
  return addresses.filter((address) => keys.has(keyOf(address)));
}

export interface BouncedRow {
  readonly address: string;
  readonly contactId: string | null;
  readonly bounceTime: Date;
  readonly interactionId: string;
}

const BOUNCED_OF_CUSTOMER = `select distinct b.key as address, p.contact_id as "contactId",
    b.bounce_time as "bounceTime", b.interaction_id as "interactionId"
  from party_addresses p join bounced_addresses b on b.key = p.key
  where p.customer_id = $1::uuid and p.kind = 'EMAIL'
  order by b.bounce_time desc, b.key, p.contact_id limit 50`;

export const bouncedOf = (at: At, customerId: string): Promise<BouncedRow[]> =>
  named<BouncedRow>(at, {
    name: "bounced addresses of customer",
    text: BOUNCED_OF_CUSTOMER,
    values: [customerId],
  });
