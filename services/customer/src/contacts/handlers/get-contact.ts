import type { Contact } from "@guanxi/contract/guanxi/customer/v1/contact";
import type { GetContactRequest } from "@guanxi/contract/guanxi/customer/v1/contact_service";
import { query } from "@guanxi/kit/handler";
import { get } from "@guanxi/kit/store";
import { contacts } from "../contacts.ts";
import { present } from "../present.ts";

export const getContact = query<GetContactRequest, Contact>(async ({ contactId }, at) =>
  present(await get(at, contacts, contactId)),
);
