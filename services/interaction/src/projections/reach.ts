// How customers may be reached: their addresses, what they prefer, what they agreed to.
import { onState } from "@guanxi/bus/reaction";
import {
  Channel,
  type Consent,
  Consent_State,
  type ContactPoint,
  ContactPoint_Kind,
} from "@guanxi/contract/guanxi/customer/v1/contact_point";
import { type ContactHours, Customer } from "@guanxi/contract/guanxi/customer/v1/customer";
import type { State } from "@guanxi/kit/columns";
import { type NameOf, nameOf } from "@guanxi/kit/enum-names";
import { copy, remove } from "@guanxi/kit/store";
import { table } from "@guanxi/kit/table";
import { EntitySchema } from "typeorm";
import { forgetBounces, keepAddresses, keysOf } from "./addresses.ts";

/** The channels of the customer service have the same names as ours. */
export type ReachChannel = NameOf<typeof Channel>;

export interface StoredPoint {
  readonly kind: NameOf<typeof ContactPoint_Kind> | null;
  readonly value: string;
  readonly primary: boolean;
}

export interface StoredConsent {
  readonly channel: ReachChannel | null;
  readonly purpose: string;
  readonly state: NameOf<typeof Consent_State> | null;
}

export interface StoredHours {
  /** 1 is Monday, 7 Sunday. */
  readonly days: readonly number[];
  readonly from: string;
  readonly until: string;
}

/** What counts when somebody is to be reached. */
export interface Reach {
  readonly points: readonly StoredPoint[];
  /** Best first. */
  readonly preferredChannels: readonly ReachChannel[];
  readonly consents: readonly StoredConsent[];
}

interface CustomerReach extends State, Reach {
  readonly customerId: string;
  readonly contactHours: readonly StoredHours[];
}

export const customerReaches = table({
  entity: new EntitySchema<CustomerReach>({
    name: "customer_reach",
    tableName: "customer_reaches",
    columns: {
      customerId: { name: "customer_id", type: "uuid", primary: true },
      points: { type: "jsonb" },
      preferredChannels: { name: "preferred_channels", type: "jsonb" },
      contactHours: { name: "contact_hours", type: "jsonb" },
      consents: { type: "jsonb" },
      version: { type: "int" },
    },
  }),
});

export const mirrorReach = onState(Customer, [customerReaches.name, "party_addresses"], (changes, at) => {
  const last = [...new Map(changes.map((change) => [change.meta.aggregateId, change])).values()];
  const there = last.flatMap(({ state, meta }) => (state ? [{ state, version: meta.version }] : []));
  copy(
    at,
    customerReaches,
    there.map(({ state, version }) => reachOf(state, version)),
  );
  remove(
    at,
    customerReaches,
    last.filter(({ state }) => !state).map(({ meta }) => meta.aggregateId),
  );
  forgetBounces(at, changes);
  keepAddresses(
    at,
    last.map(({ meta }) => meta.aggregateId),
    there.flatMap(({ state: { customerId, contactPoints } }) =>
      contactPoints
        .flatMap(keysOf)
        .map((key) => ({ ...key, ownerId: customerId, customerId, contactId: null })),
    ),
  );
});

const reachOf = ({ customerId, contactPoints, preferences, consents }: Customer, version: number) => ({
  customerId,
  points: contactPoints.map(storedPoint),
  preferredChannels: channelsOf([preferences?.preferredChannel ?? 0]),
  contactHours: (preferences?.contactHours ?? []).map(storedHours),
  consents: consents.map(storedConsent),
  version,
});

export const storedPoint = ({ kind, value, primary }: ContactPoint): StoredPoint => ({
  kind: nameOf(ContactPoint_Kind, kind),
  value,
  primary,
});

export const channelsOf = (channels: readonly number[]): ReachChannel[] =>
  channels.flatMap((channel) => nameOf(Channel, channel) ?? []);

export const storedConsent = ({ channel, purpose, state }: Consent): StoredConsent => ({
  channel: nameOf(Channel, channel),
  purpose,
  state: nameOf(Consent_State, state),
});

const storedHours = ({ days, from, until }: ContactHours): StoredHours => ({ days: [...days], from, until });
