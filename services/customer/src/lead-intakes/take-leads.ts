import { on } from "@guanxi/bus/reaction";
import { Contact } from "@guanxi/contract/guanxi/customer/v1/contact";
import { ContactAdded } from "@guanxi/contract/guanxi/customer/v1/contact_events";
import { Customer } from "@guanxi/contract/guanxi/customer/v1/customer";
import { CustomerRegistered } from "@guanxi/contract/guanxi/customer/v1/customer_events";
import { LeadRefused, LeadTaken } from "@guanxi/contract/guanxi/customer/v1/lead_intake_events";
import type { Conversion, Lead } from "@guanxi/contract/guanxi/sales/v1/lead";
import { LeadConverted } from "@guanxi/contract/guanxi/sales/v1/lead_events";
import type { At } from "@guanxi/kit/at";
import { isPassing } from "@guanxi/kit/passing";
import { Refusal, refuse } from "@guanxi/kit/refuse";
import { find, record } from "@guanxi/kit/store";
import { add } from "../contacts/contact.ts";
import { contacts } from "../contacts/contacts.ts";
import { settingOf as contactSettingOf } from "../contacts/setting.ts";
import { register } from "../customers/customer.ts";
import type { CustomerState } from "../customers/customer-state.ts";
import { customers, requireFree } from "../customers/customers.ts";
import { settingOf } from "../customers/setting.ts";
import { answerTo, contactOf, customerOf } from "./lead-intake.ts";
import { leadIntakes } from "./lead-intakes.ts";

/** Makes of a lead exactly the customer and the contact that sales chose ids for, or neither, and answers once (R108). */
export const takeLeads = on(LeadConverted, async ({ lead }, at) => {
  const { conversion } = lead ?? {};
  if (!lead || !conversion) throw new Error("a converted lead does not say what it becomes");
  const [answered] = await find(at, leadIntakes, [conversion.conversionId]);
  if (answered) return;
  const refusal = await taken(lead, conversion, at);
  const event = refusal ? LeadRefused : LeadTaken;
  record(at, leadIntakes, answerTo(lead, conversion, { refusal, now: at.now }), event);
});

/** All is decided before the first word is written, so that a refusal leaves nothing behind. Answers why not. */
async function taken(lead: Lead, conversion: Conversion, at: At): Promise<string> {
  try {
    const customer = conversion.existingCustomer
      ? await existing(conversion, at)
      : await registered(lead, conversion, at);
    const contact = conversion.contactId ? await added(lead, conversion, customer, at) : undefined;
    if (customer.version === 0) record(at, customers, customer, CustomerRegistered);
    if (contact) record(at, contacts, contact, ContactAdded);
    return "";
  } catch (error) {
    // What passes, such as a tenant not heard of yet, is no answer: the event comes again.
    if (error instanceof Refusal && !isPassing(error)) return sentenceOf(error);
    throw error;
  }
}

async function existing({ customerId }: Conversion, at: At): Promise<CustomerState> {
  const [customer] = await find(at, customers, [customerId]);
  if (!customer) throw refuse("notFound", "NOT_FOUND", `There is no customer ${customerId}.`);
  if (customer.state === "ACTIVE") return customer;
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

/** What is at fault, where that is known: whoever reads it sees the lead, and no request. */
const sentenceOf = ({ message, violations }: Refusal) =>
  violations.length > 0
    ? `${violations.map(({ field, description }) => `${field} ${description}`).join("; ")}.`
    : message;
