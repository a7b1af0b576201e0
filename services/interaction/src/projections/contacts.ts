// Copies of the contacts: people at customers.
import { onState } from "@guanxi/bus/reaction";
import { Contact } from "@guanxi/contract/guanxi/customer/v1/contact";
import type { State } from "@guanxi/kit/columns";
import { copy, remove } from "@guanxi/kit/store";
import { table } from "@guanxi/kit/table";
import { EntitySchema } from "typeorm";
import { type AddressRow, forgetBounces, keepAddresses, keysOf } from "./addresses.ts";
import { channelsOf, type Reach, storedConsent, storedPoint } from "./reach.ts";

interface ContactCopy extends State, Reach {
  readonly contactId: string;
  readonly displayName: string;
  /** Where the person works now. */
  readonly customerIds: readonly string[];
}

export const contacts = table({
  entity: new EntitySchema<ContactCopy>({
    name: "contact",
    tableName: "contacts",
    columns: {
      contactId: { name: "contact_id", type: "uuid", primary: true },
      displayName: { name: "display_name", type: "text" },
      customerIds: { name: "customer_ids", type: "jsonb" },
      points: { type: "jsonb" },
      preferredChannels: { name: "preferred_channels", type: "jsonb" },
      consents: { type: "jsonb" },
      version: { type: "int" },
    },
  }),
});

export const mirrorContacts = onState(Contact, [contacts.name, "party_addresses"], (changes, at) => {
  const last = [...new Map(changes.map((change) => [change.meta.aggregateId, change])).values()];
  const there = last.flatMap(({ state, meta }) => (state ? [{ state, version: meta.version }] : []));
  copy(
    at,
    contacts,
    there.map(({ state, version }) => copyOf(state, version)),
  );
  remove(
    at,
    contacts,
    last.filter(({ state }) => !state).map(({ meta }) => meta.aggregateId),
  );
  forgetBounces(at, changes);
  keepAddresses(
    at,
    last.map(({ meta }) => meta.aggregateId),
    there.flatMap(({ state }) => addressesOf(state)),
  );
});

const copyOf = (contact: Contact, version: number): ContactCopy => ({
  contactId: contact.contactId,
  displayName: contact.displayName,
  customerIds: employersOf(contact),
  points: contact.contactPoints.map(storedPoint),
  preferredChannels: channelsOf(contact.preferredChannels),
  consents: contact.consents.map(storedConsent),
  version,
});

const employersOf = ({ affiliations }: Contact) =>
  affiliations.filter(({ endDate }) => !endDate).map(({ customerId }) => customerId);

/** Once for each customer where the person works; an employee of nobody is a contact all the same. */
function addressesOf(contact: Contact): AddressRow[] {
  const employers = employersOf(contact);
  const { contactId } = contact;
  const customerIds = employers.length > 0 ? employers : [null];
  return contact.contactPoints
    .flatMap(keysOf)
    .flatMap((key) =>
      customerIds.map((customerId) => ({ ...key, ownerId: contactId, customerId, contactId })),
    );
}
