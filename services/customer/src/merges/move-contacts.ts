import { ContactChanged } from "@guanxi/contract/guanxi/customer/v1/contact_events";
import type { At } from "@guanxi/kit/at";
import type { Violation } from "@guanxi/kit/refuse";
import { lockFound, named, record } from "@guanxi/kit/store";
import type { ContactState } from "../contacts/contact.ts";
import { contactIdsAt, contacts } from "../contacts/contacts.ts";
import { type Move, moveContact, moveContactBack } from "./contact-moves.ts";

/** One command moves them all, and locks them: 1,000 take 0.4 s. */
const MOST_CONTACTS = 1_000;

export function contactExcess(count: number): Violation[] {
  if (count <= MOST_CONTACTS) return [];
  const description = `has ${count} contacts to bring: a merge brings at most ${MOST_CONTACTS}`;
  return [{ field: "contacts", description }];
}

/** At the absorbed ones. */
export const contactCountAt = async (at: At, customerIds: readonly string[]) =>
  (await contactIdsAt(at, customerIds)).length;

export const lockContactsAt = async (at: At, customerIds: readonly string[]) =>
  lockFound(at, contacts, (await contactIdsAt(at, customerIds)).sort());

/** Those at the absorbed, also those who have come before their customer was locked. */
export async function bringContacts(at: At, move: Move): Promise<void> {
  const there = await lockContactsAt(at, [...move.from]);
  tell(at, there, (contact) => moveContact(contact, move, at.now));
}

export async function takeContactsBack(
  at: At,
  mergeId: string,
  customerIds: readonly string[],
): Promise<void> {
  const there = await lockBrought(at, mergeId, customerIds);
  tell(at, there, (contact) => moveContactBack(contact, mergeId, at.now));
}

/** Of those at these customers whom the merge has brought there: a survivor of thousands gives back the few that came. */
export async function lockBrought(at: At, mergeId: string, customerIds: readonly string[]) {
  const rows = await named<{ contactId: string }>(at, {
    name: "contacts brought",
    text: `
select contact_id as "contactId" from contacts
where contact_id in (select a.contact_id from contact_affiliations a where a.customer_id = any($1::uuid[]))
  and position($2 in affiliations::text) > 0
order by contact_id`,
    values: [customerIds, mergeId],
  });
  return lockFound(
    at,
    contacts,
    rows.map(({ contactId }) => contactId),
  );
}

function tell(at: At, before: readonly ContactState[], moved: (contact: ContactState) => ContactState): void {
  const after = before.map(moved).filter((contact, index) => contact !== before[index]);
  record(at, contacts, after, ContactChanged);
}
