import type { Contact } from "@guanxi/contract/guanxi/customer/v1/contact";
import { ContactLeft } from "@guanxi/contract/guanxi/customer/v1/contact_events";
import type { LeaveCustomerRequest } from "@guanxi/contract/guanxi/customer/v1/contact_service";
import { matchEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { lock, record } from "@guanxi/kit/store";
import { resolve } from "../../customers/resolve.ts";
import { leave } from "../contact.ts";
import { contacts } from "../contacts.ts";
import { present } from "../present.ts";
import { settingOf } from "../setting.ts";

export const leaveCustomer = command<LeaveCustomerRequest, Contact>(async (request, at) => {
  const { contactId, customerId, endDate, etag, reason } = request;
  const [before, living] = await Promise.all([lock(at, contacts, contactId), resolve(at, [customerId])]);
  matchEtag(before, etag);
  const left = living.get(customerId) ?? customerId;
  const after = leave(before, { customerId: left, endDate }, settingOf(at));
  return present(record(at, contacts, after, ContactLeft, { customerId: left, reason }));
});
