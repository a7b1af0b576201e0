import { Contact } from "@guanxi/contract/guanxi/customer/v1/contact";
import { ContactAdded } from "@guanxi/contract/guanxi/customer/v1/contact_events";
import type { CreateContactRequest } from "@guanxi/contract/guanxi/customer/v1/contact_service";
import { command } from "@guanxi/kit/handler";
import { record } from "@guanxi/kit/store";
import { add } from "../contact.ts";
import { contacts, requireOrganisations } from "../contacts.ts";
import { present } from "../present.ts";
import { settingOf } from "../setting.ts";

export const createContact = command<CreateContactRequest, Contact>(async (request, at) => {
  const contact = add(Contact.fromPartial(request.contact ?? {}), at.newId(), settingOf(at));
  await requireOrganisations(at, contact);
  return present(record(at, contacts, contact, ContactAdded));
});
