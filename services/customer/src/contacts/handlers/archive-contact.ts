import type { Contact } from "@guanxi/contract/guanxi/customer/v1/contact";
import { ContactArchived } from "@guanxi/contract/guanxi/customer/v1/contact_events";
import type { ArchiveContactRequest } from "@guanxi/contract/guanxi/customer/v1/contact_service";
import { matchEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { lock, record } from "@guanxi/kit/store";
import { archive } from "../contact.ts";
import { contacts } from "../contacts.ts";
import { present } from "../present.ts";

export const archiveContact = command<ArchiveContactRequest, Contact>(async (request, at) => {
  const before = await lock(at, contacts, request.contactId);
  matchEtag(before, request.etag);
  const after = archive(before, at.now);
  if (after === before) return present(before);
  return present(record(at, contacts, after, ContactArchived, { reason: request.reason }));
});
