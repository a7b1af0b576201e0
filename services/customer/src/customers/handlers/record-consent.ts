import { Consent } from "@guanxi/contract/guanxi/customer/v1/contact_point";
import type { Customer } from "@guanxi/contract/guanxi/customer/v1/customer";
import { ConsentChanged } from "@guanxi/contract/guanxi/customer/v1/customer_events";
import type { RecordConsentRequest } from "@guanxi/contract/guanxi/customer/v1/customer_requests";
import { matchEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { lock, record } from "@guanxi/kit/store";
import { withConsent } from "../../contact-points/consents.ts";
import { customers } from "../customers.ts";
import { answer } from "../present.ts";

export const recordConsent = command<RecordConsentRequest, Customer>(async (request, at) => {
  const before = await lock(at, customers, request.customerId);
  matchEtag(before, request.etag);
  const said = Consent.fromPartial(request.consent ?? {});
  const consents = withConsent(before.consents, said, at.now);
  if (consents === before.consents) return answer(before, at);
  const after = { ...before, consents, updateTime: at.now };
  const consent = { ...said, time: said.time ?? at.now };
  return answer(record(at, customers, after, ConsentChanged, { consent }), at);
});
