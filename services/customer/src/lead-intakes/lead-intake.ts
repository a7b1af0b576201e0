// What a lead becomes here, and how the answer to sales is kept.
import { Affiliation_Role as Role, Contact } from "@guanxi/contract/guanxi/customer/v1/contact";
import {
  type ContactPoint,
  ContactPoint_Kind as PointKind,
} from "@guanxi/contract/guanxi/customer/v1/contact_point";
import { Customer, Customer_Kind } from "@guanxi/contract/guanxi/customer/v1/customer";
import type { Conversion, Lead } from "@guanxi/contract/guanxi/sales/v1/lead";

export interface LeadIntakeState {
  /** The id of the conversion: one answer for each try. */
  readonly leadIntakeId: string;
  readonly leadId: string;
  readonly state: "TAKEN" | "REFUSED";
  readonly customerId: string;
  readonly contactId: string | null;
  readonly refusal: string;
  readonly createTime: Date;
  readonly version: number;
}

/** Taken, unless there is a refusal. */
export const answerTo = (
  { leadId }: Lead,
  { conversionId, customerId, contactId, refusal }: Conversion,
  now: Date,
): LeadIntakeState => ({
  leadIntakeId: conversionId,
  leadId,
  state: refusal ? "REFUSED" : "TAKEN",
  customerId,
  contactId: contactId || null,
  refusal,
  createTime: now,
  version: 0,
});

/** The organisation, or where the lead names none, the person. */
export function customerOf(lead: Lead, { contactId }: Conversion): Customer {
  const { organisationName, personName, regionCode, city, source, ownerId } = lead;
  return Customer.fromPartial({
    kind: organisationName ? Customer_Kind.ORGANISATION : Customer_Kind.PERSON,
    displayName: organisationName || personName,
    // Where there is a contact, they are the contact's.
    contactPoints: contactId ? [] : pointsOf(lead),
    addresses: regionCode || city ? [{ regionCode, locality: city }] : [],
    ...(source && { source }),
    ownerId,
  });
}

export const contactOf = (lead: Lead, customerId: string): Contact =>
  Contact.fromPartial({
    displayName: lead.personName,
    contactPoints: pointsOf(lead),
    affiliations: [{ customerId, role: Role.OTHER, title: lead.jobTitle }],
  });

const pointsOf = ({ email, phone }: Lead): ContactPoint[] =>
  [
    { kind: PointKind.EMAIL, value: email },
    { kind: PointKind.PHONE, value: phone },
  ]
    .filter(({ value }) => value !== "")
    .map((point) => ({ ...point, normalised: "", label: "", primary: false }));
