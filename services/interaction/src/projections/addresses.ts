// Who is behind an address.
import {
  type ContactPoint,
  ContactPoint_Kind as Kind,
} from "@guanxi/contract/guanxi/customer/v1/contact_point";
import type { StateChange } from "@guanxi/bus/reaction";
import type { At } from "@guanxi/kit/at";
import { nameOf } from "@guanxi/kit/enum-names";
import { named } from "@guanxi/kit/store";
import { addressKey } from "./address-key.ts";
import { forgetBounce } from "../messages/bounced-addresses.ts";
import type { ChannelName } from "../interactions/interaction-state.ts";

/** Of what kind an address on a channel is; a web chat knows its visitor by an e-mail address, if at all. */
const KINDS: Partial<Record<ChannelName, string>> = {
  EMAIL: "EMAIL",
  WEB_CHAT: "EMAIL",
  PHONE: "PHONE",
  SMS: "PHONE",
  WECHAT: "WECHAT",
  SOCIAL: "SOCIAL",
};

export interface AddressRow {
  readonly ownerId: string;
  readonly kind: string;
  readonly key: string;
  readonly customerId: string | null;
  readonly contactId: string | null;
}

/** A number is known as it was written too: whoever calls from within the country says no country code. */
export const keysOf = ({ kind, value, normalised }: ContactPoint): { kind: string; key: string }[] => {
  const name = nameOf(Kind, kind) ?? "OTHER";
  const keys = new Set([addressKey(name, normalised || value), addressKey(name, value)]);
  return [...keys].filter((key) => key !== "").map((key) => ({ kind: name, key }));
};

/** The addresses of these owners are from now on these. */
export function keepAddresses(at: At, ownerIds: readonly string[], rows: readonly AddressRow[]): void {
  at.tell({
    name: "party addresses delete",
    text: "delete from party_addresses where owner_id = any($1::uuid[])",
    values: [ownerIds],
  });
  if (rows.length === 0) return;
  at.tell({
    name: "party addresses insert",
    text: `insert into party_addresses (owner_id, kind, key, customer_id, contact_id)
      select * from unnest($1::uuid[], $2::text[], $3::text[], $4::uuid[], $5::uuid[])`,
    values: [
      rows.map(({ ownerId }) => ownerId),
      rows.map(({ kind }) => kind),
      rows.map(({ key }) => key),
      rows.map(({ customerId }) => customerId),
      rows.map(({ contactId }) => contactId),
    ],
  });
}

interface Reachable {
  readonly contactPoints: readonly ContactPoint[];
}

/** An address that somebody has got anew, perhaps again, may take mail again. */
export function forgetBounces<M extends Reachable>(at: At, changes: readonly StateChange<M>[]): void {
  for (const { state, previous, changedFields, meta } of changes)
    if (state && changedFields.includes("contact_points") && meta.time) {
      const before = new Set((previous?.contactPoints ?? []).flatMap(keysOf).map(({ key }) => key));
      const now = state.contactPoints.filter(({ kind }) => kind === Kind.EMAIL).flatMap(keysOf);
      forgetBounce(
        at,
        now.map(({ key }) => key).filter((key) => !before.has(key)),
        meta.time,
      );
    }
}

export interface Party {
  readonly customerId: string | null;
  readonly contactId: string | null;
}

const NOBODY: Party = { customerId: null, contactId: null };

/** Enough to see that it is not one alone. */
const SOME = 20;

/** Who writes from an address; nobody where it could be several. */
export async function partyAt(at: At, channel: ChannelName, address: string): Promise<Party> {
  const kind = KINDS[channel];
  const key = kind && addressKey(kind, address);
  if (!kind || !key) return NOBODY;
  const rows = await named<Party>(at, {
    name: "party by address",
    text: `select distinct customer_id as "customerId", contact_id as "contactId" from party_addresses
      where kind = $1 and key = $2 limit ${SOME}`,
    values: [kind, key],
  });
  return { customerId: onlyOne(rows, "customerId"), contactId: onlyOne(rows, "contactId") };
}

function onlyOne(rows: readonly Party[], field: keyof Party): string | null {
  const [one, another] = new Set(rows.flatMap((row) => row[field] ?? []));
  return another === undefined ? (one ?? null) : null;
}
