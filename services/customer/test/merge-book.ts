// A tenant's customers behind the front door, for histories of merges.
import { Affiliation_Role as Role } from "@guanxi/contract/guanxi/customer/v1/contact";
import { Channel, Consent_State } from "@guanxi/contract/guanxi/customer/v1/contact_point";
import {
  ContactServiceService,
  CreateContactRequest,
  UpdateContactRequest,
} from "@guanxi/contract/guanxi/customer/v1/contact_service";
import {
  AddTagsRequest,
  RecordConsentRequest,
  RemoveTagsRequest,
} from "@guanxi/contract/guanxi/customer/v1/customer_requests";
import { CustomerServiceService } from "@guanxi/contract/guanxi/customer/v1/customer_service";
import type { TestUser } from "@guanxi/testkit/service";
import { email } from "./builders.ts";
import { createFirm, read, update } from "./calls.ts";
import { merge, unmerge } from "./merge-calls.ts";
import type { Book, Edit } from "./merge-histories.ts";

/** Checks look at a customer after each change: on a crowded machine one may wait for them longer than the database allows. */
const MOST_TRIES = 30;

const patient = (user: TestUser): TestUser => ({
  ...user,
  async call(rpc, request) {
    for (let tries = 1; ; tries += 1) {
      try {
        return await user.call(rpc, request);
      } catch (error) {
        if ((error as { reason?: string }).reason !== "BUSY" || tries === MOST_TRIES) throw error;
      }
    }
  },
});

export function bookOf(person: TestUser): Book {
  const user = patient(person);
  const rpc = ContactServiceService;
  return {
    async create({ emails, ...start }) {
      return (await createFirm(user, { ...start, contactPoints: emails.map(email) })).customerId;
    },
    edit: (customerId, edit) => change(user, customerId, edit),
    async merge(survivorId, absorbedIds, picks) {
      return (await merge(user, survivorId, absorbedIds, { picks })).mergeId;
    },
    async unmerge(mergeId) {
      await unmerge(user, mergeId);
    },
    read: (customerId) => read(user, customerId),
    async resolve(customerIds) {
      const { customers } = await user.call(CustomerServiceService.batchGetCustomers, { customerIds });
      return customers.map(({ customerId }) => customerId);
    },
    async addContact(customerIds) {
      const affiliations = customerIds.map((customerId) => ({ customerId, role: Role.OTHER }));
      const request = CreateContactRequest.fromPartial({ contact: { displayName: "李娜", affiliations } });
      return (await user.call(rpc.createContact, request)).contactId;
    },
    async retitle(contactId, customerId, title) {
      const before = await user.call(rpc.getContact, { contactId });
      const affiliations = before.affiliations.map((each) =>
        each.customerId === customerId ? { ...each, title } : each,
      );
      const contact = { ...before, affiliations };
      await user.call(rpc.updateContact, UpdateContactRequest.fromPartial({ contact, etag: before.etag }));
    },
    async jobs(contactId) {
      const { affiliations } = await user.call(rpc.getContact, { contactId });
      return affiliations.map(({ customerId, title }) => [customerId, title]);
    },
  };
}

async function change(user: TestUser, customerId: string, edit: Edit): Promise<void> {
  const rpc = CustomerServiceService;
  if (edit.field === "tags" && edit.added)
    await user.call(rpc.addTags, AddTagsRequest.fromPartial({ customerId, tags: [edit.added] }));
  else if (edit.field === "tags")
    await user.call(rpc.removeTags, RemoveTagsRequest.fromPartial({ customerId, tags: [edit.removed!] }));
  else if (edit.field === "consent") {
    const consent = {
      channel: Channel.EMAIL,
      purpose: "marketing",
      state: Consent_State.GRANTED,
      evidence: edit.evidence,
    };
    await user.call(rpc.recordConsent, RecordConsentRequest.fromPartial({ customerId, consent }));
  } else await updateFields(user, customerId, edit);
}

async function updateFields(user: TestUser, customerId: string, edit: Edit): Promise<void> {
  const before = await read(user, customerId);
  if ("value" in edit) await update(user, before, { [edit.field]: edit.value });
  else if (edit.field === "externalIds")
    await update(user, before, { externalIds: [...before.externalIds, edit.added] });
  else if (edit.field === "emails") {
    const left = before.contactPoints.filter(({ value }) => value !== edit.removed);
    const contactPoints = edit.added ? [...left, email(edit.added)] : left;
    await update(user, before, { contactPoints }, ["contact_points"]);
  }
}
