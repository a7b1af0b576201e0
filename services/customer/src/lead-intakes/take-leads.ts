import { on } from "@guanxi/bus/reaction";
import { Contact } from "@guanxi/contract/guanxi/customer/v1/contact";
import { ContactAdded } from "@guanxi/contract/guanxi/customer/v1/contact_events";
import { Customer, Source_Channel } from "@guanxi/contract/guanxi/customer/v1/customer";
import { CustomerRegistered, CustomerTouched } from "@guanxi/contract/guanxi/customer/v1/customer_events";
import { LeadRefused, LeadTaken } from "@guanxi/contract/guanxi/customer/v1/lead_intake_events";
import type { Conversion, Lead } from "@guanxi/contract/guanxi/sales/v1/lead";
import { LeadConverted } from "@guanxi/contract/guanxi/sales/v1/lead_events";
import type { At } from "@guanxi/kit/at";
import { isPassing } from "@guanxi/kit/passing";
import { Refusal, refuse } from "@guanxi/kit/refuse";
import { nameOf } from "@guanxi/kit/enum-names";
import { find, lock, record } from "@guanxi/kit/store";
import { add } from "../contacts/contact.ts";
import { contacts } from "../contacts/contacts.ts";
import { settingOf as contactSettingOf } from "../contacts/setting.ts";
import { register } from "../customers/customer.ts";
import type { CustomerState } from "../customers/customer-state.ts";
import { customers, requireFree } from "../customers/customers.ts";
import { findLiving } from "../customers/living.ts";
import { presentTouch } from "../customers/present.ts";
import { settingOf } from "../customers/setting.ts";
import { touched, touchesOf } from "../customers/touches.ts";
import { identityOfCustomer, namesOf } from "../identities/identity.ts";
import { arrive, findKnown } from "../identities/recognition.ts";
import { answerTo, contactOf, customerOf } from "./lead-intake.ts";
import { leadIntakes } from "./lead-intakes.ts";

/**
 * Makes of a lead exactly the customer and the contact that sales chose ids for, or neither, and answers once (R108). A customer who is
 * there already by the same address or number is the customer (R007).
 */
export const takeLeads = on(LeadConverted, async ({ lead }, at) => {
  const { conversion } = lead ?? {};
  if (!lead || !conversion) throw new Error("a converted lead does not say what it becomes");
  const [answered] = await find(at, leadIntakes, [conversion.conversionId]);
  if (answered) return;
  const outcome = await taken(lead, conversion, at);
  const event = outcome.refusal ? LeadRefused : LeadTaken;
  record(at, leadIntakes, answerTo(lead, { ...conversion, ...outcome }, at.now), event);
});

/** All is decided before the first word is written, so that a refusal leaves nothing behind. Answers who the customer is, or why not. */
async function taken(
  lead: Lead,
  conversion: Conversion,
  at: At,
): Promise<Pick<Conversion, "customerId" | "refusal">> {
  try {
    const { customer, by } = conversion.existingCustomer
      ? { customer: await existing(lead, conversion, at), by: "" }
      : await recognised(lead, await registered(lead, conversion, at), at);
    const contact = conversion.contactId ? await added(lead, conversion, customer, at) : undefined;
    if (customer.version === 0) record(at, customers, customer, CustomerRegistered);
    else recordTouch(at, customer, { channel: by ? wayOf(lead) : channelOf(lead), by });
    if (contact) record(at, contacts, contact, ContactAdded);
    return { customerId: customer.customerId, refusal: "" };
  } catch (error) {
    // What passes, such as a tenant not heard of yet, is no answer: the event comes again.
    if (error instanceof Refusal && !isPassing(error))
      return { customerId: conversion.customerId, refusal: sentenceOf(error) };
    throw error;
  }
}

/** Whoever stands for the customer by now; it has come once more, on the way of the lead. */
async function existing(lead: Lead, { customerId }: Conversion, at: At): Promise<CustomerState> {
  const [found] = await findLiving(at, [customerId]);
  if (!found) throw refuse("notFound", "NOT_FOUND", `There is no customer ${customerId}.`);
  const customer = await lock(at, customers, found.customerId);
  const channel = channelOf(lead);
  if (customer.state === "ACTIVE")
    return channel
      ? { ...customer, touches: touched(customer, channel, at.now), updateTime: at.now }
      : customer;
  throw refuse("precondition", "CUSTOMER_ARCHIVED", `The customer ${customerId} is in the archive.`);
}

async function registered(lead: Lead, conversion: Conversion, at: At): Promise<CustomerState> {
  const { customerId } = conversion;
  const sent = at.check(Customer, customerOf(lead, conversion), "customer");
  const [setting, [twin]] = await Promise.all([settingOf(at), find(at, customers, [customerId])]);
  if (twin) throw refuse("exists", "CUSTOMER_EXISTS", `There is a customer ${customerId} already.`);
  const customer = register(sent, customerId, setting);
  await requireFree(at, customer);
  return customer;
}

/** The customer to be, or whoever it is already. */
async function recognised(lead: Lead, customer: CustomerState, at: At) {
  const identity = identityOfCustomer(customer);
  if (!lead.conversion?.recognise || namesOf(customer).length === 0) return { customer, by: "" };
  const match = await findKnown(at, identity);
  if (!match) return { customer, by: "" };
  const arrival = { channel: wayOf(lead), time: at.now, now: at.now };
  return { customer: await arrive(at, match.customer, { identity, arrival }), by: match.by };
}

async function added(lead: Lead, { contactId }: Conversion, customer: CustomerState, at: At) {
  if (customer.kind !== "ORGANISATION")
    throw refuse(
      "invalid",
      "NOT_AN_ORGANISATION",
      "A contact belongs to an organisation, and this customer is a person.",
    );
  const sent = at.check(Contact, contactOf(lead, customer.customerId), "contact");
  const [twin] = await find(at, contacts, [contactId]);
  if (twin) throw refuse("exists", "CONTACT_EXISTS", `There is a contact ${contactId} already.`);
  return add(sent, contactId, contactSettingOf(at));
}

const channelOf = ({ source }: Lead) => nameOf(Source_Channel, source?.channel ?? Source_Channel.UNSPECIFIED);

/** Of somebody who was recognised, also a way that nobody has named. */
const wayOf = (lead: Lead) => channelOf(lead) ?? "OTHER";

interface Come {
  readonly channel: ReturnType<typeof channelOf>;
  readonly by: string;
}

function recordTouch(at: At, customer: CustomerState, { channel, by }: Come): void {
  if (!channel) return;
  const touch = touchesOf(customer).find((each) => each.channel === channel)!;
  record(at, customers, customer, CustomerTouched, { touch: presentTouch(touch), matchedBy: by });
}

/** What is at fault, where that is known: whoever reads it sees the lead, and no request. */
const sentenceOf = ({ message, violations }: Refusal) =>
  violations.length > 0
    ? `${violations.map(({ field, description }) => `${field} ${description}`).join("; ")}.`
    : message;
