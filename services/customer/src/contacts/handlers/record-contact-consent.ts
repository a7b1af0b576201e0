import type { Contact } from "@guanxi/contract/guanxi/customer/v1/contact";
import { ContactConsentChanged } from "@guanxi/contract/guanxi/customer/v1/contact_events";
import { Consent } from "@guanxi/contract/guanxi/customer/v1/contact_point";
import type { RecordContactConsentRequest } from "@guanxi/contract/guanxi/customer/v1/contact_service";
import { matchEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { lock, record } from "@guanxi/kit/store";
import { withConsent } from "../../contact-points/consents.ts";
import { contacts } from "../contacts.ts";
import { present } from "../present.ts";

export const recordContactConsent = command<RecordContactConsentRequest, Contact>(async (request, at) => {
  const before = await lock(at, contacts, request.contactId);
  matchEtag(before, request.etag);
  const said = Consent.fromPartial(request.consent ?? {});
  const consents = withConsent(before.consents, said, at.now);
  if (consents === before.consents) return present(before);
  const after = { ...before, consents, updateTime: at.now };
  const consent = { ...said, time: said.time ?? at.now };
  return present(record(at, contacts, after, ContactConsentChanged, { consent }));
});
