import { isDeepStrictEqual } from "node:util";
import { Contact } from "@guanxi/contract/guanxi/customer/v1/contact";
import { ContactChanged } from "@guanxi/contract/guanxi/customer/v1/contact_events";
import type { UpdateContactRequest } from "@guanxi/contract/guanxi/customer/v1/contact_service";
import { requireEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { merge } from "@guanxi/kit/merge";
import { lock, record } from "@guanxi/kit/store";
import { change } from "../contact.ts";
import { contacts, requireOrganisations } from "../contacts.ts";
import { present } from "../present.ts";
import { settingOf } from "../setting.ts";

export const updateContact = command<UpdateContactRequest, Contact>(async (request, at) => {
  const { contact: sent, etag, updateMask } = request;
  const before = await lock(at, contacts, sent?.contactId ?? "");
  requireEtag(before, etag);
  const merged = at.check(Contact, merge(Contact, present(before), sent, updateMask), "contact");
  const after = change(before, merged, settingOf(at));
  if (isDeepStrictEqual({ ...after, updateTime: before.updateTime }, before)) return present(before);
  await requireOrganisations(at, after);
  return present(record(at, contacts, after, ContactChanged));
});
