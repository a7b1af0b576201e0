import type { At } from "@guanxi/kit/at";
import { refuse } from "@guanxi/kit/refuse";
import { find } from "@guanxi/kit/store";
import { contacts } from "./projections/contacts.ts";

/** Refuses a contact that the service has not heard of; none is as good as one. */
export async function requireContact(at: At, contactId: string, field: string): Promise<void> {
  if (contactId === "" || (await find(at, contacts, [contactId.toLowerCase()])).length > 0) return;
  throw refuse("invalid", "UNKNOWN_CONTACT", `There is no contact ${contactId} here.`, [
    { field, description: "is no contact here", reason: "UNKNOWN_CONTACT" },
  ]);
}

export const otherCustomer = (what: string) =>
  refuse("precondition", "OTHER_CUSTOMER", `It cannot be said there: ${what} is another customer's.`);

/** Refuses besides whoever works for other customers; who works for none may speak for any. */
export async function requireContactOf(
  at: At,
  { customerId, contactId = "" }: { readonly customerId: string; readonly contactId?: string },
): Promise<void> {
  await requireContact(at, contactId, "contact_id");
  const [contact] = contactId ? await find(at, contacts, [contactId.toLowerCase()]) : [];
  if (!contact || contact.customerIds.length === 0 || contact.customerIds.includes(customerId)) return;
  throw otherCustomer("the contact");
}
