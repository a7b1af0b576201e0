import {
  Affiliation_Role as Role,
  Affiliation_Seniority as Seniority,
  Contact_State,
} from "@guanxi/contract/guanxi/customer/v1/contact";
import { Channel, Consent_State } from "@guanxi/contract/guanxi/customer/v1/contact_point";
import {
  ArchiveContactRequest,
  ContactServiceService,
  CreateContactRequest,
  LeaveCustomerRequest,
  ListContactsRequest,
  RecordContactConsentRequest,
  RestoreContactRequest,
  UpdateContactRequest,
} from "@guanxi/contract/guanxi/customer/v1/contact_service";
import type { TestUser } from "@guanxi/testkit/service";
import { expect, test } from "vitest";
import { phone } from "./builders.ts";
import { create, createFirm } from "./calls.ts";
import { customerService } from "./service.ts";

const service = customerService();
const rpc = ContactServiceService;

const add = (user: TestUser, contact: object) =>
  user.call(
    rpc.createContact,
    CreateContactRequest.fromPartial({ contact: { displayName: "李娜", ...contact } }),
  );
const names = async (user: TestUser, request: Partial<ListContactsRequest>) => {
  const { contacts } = await user.call(rpc.listContacts, ListContactsRequest.fromPartial(request));
  return contacts.map(({ displayName }) => displayName);
};
const decides = (customerId: string, more: object = {}) => ({
  customerId,
  role: Role.DECISION_MAKER,
  ...more,
});

test("R018 people are added to organisations with role, seniority, influence, channels and consent of their own", async () => {
  const lin = await service.user();
  const [firm, other] = [await createFirm(lin), await createFirm(lin, { displayName: "上海东方" })];
  const sent = {
    contactPoints: [phone("13800138000")],
    preferredChannels: [Channel.WECHAT, Channel.PHONE],
    affiliations: [
      decides(firm.customerId, {
        title: "总经理",
        seniority: Seniority.EXECUTIVE,
        influence: 5,
        startDate: { year: 2020, month: 1, day: 1 },
      }),
      { customerId: other.customerId, role: Role.INFLUENCER },
    ],
  };
  const li = await add(lin, sent);
  expect(li).toMatchObject({ ...sent, contactPoints: [{ normalised: "+8613800138000" }], etag: "1" });
  expect(await lin.call(rpc.getContact, { contactId: li.contactId })).toEqual(li);
  await add(lin, { displayName: "王五", affiliations: [decides(firm.customerId)] });
  expect(await names(lin, { customerId: firm.customerId })).toEqual(["李娜", "王五"]);
  expect(await names(lin, { customerId: other.customerId })).toEqual(["李娜"]);

  const consent = { channel: Channel.SMS, purpose: "marketing", state: Consent_State.GRANTED };
  const agreed = await lin.call(
    rpc.recordContactConsent,
    RecordContactConsentRequest.fromPartial({ contactId: li.contactId, consent }),
  );
  expect(agreed).toMatchObject({ consents: [consent], etag: "2" });
});

test("R018 leaving keeps history", async () => {
  const lin = await service.user();
  const [firm, other] = [await createFirm(lin), await createFirm(lin)];
  const li = await add(lin, { affiliations: [decides(firm.customerId), decides(other.customerId)] });
  const leave = (customerId: string, endDate?: object) =>
    lin.call(
      rpc.leaveCustomer,
      LeaveCustomerRequest.fromPartial({
        contactId: li.contactId,
        customerId,
        reason: "new job",
        ...(endDate && { endDate }),
      }),
    );
  const left = await leave(firm.customerId, { year: 2026, month: 1, day: 31 });
  expect(left.affiliations).toMatchObject([
    { customerId: firm.customerId, role: Role.DECISION_MAKER, endDate: { year: 2026, month: 1, day: 31 } },
    { customerId: other.customerId, endDate: undefined },
  ]);
  await expect(leave(firm.customerId)).rejects.toMatchObject({ reason: "NOT_AFFILIATED" });
  expect(await names(lin, { customerId: firm.customerId })).toEqual([]);
  expect(await names(lin, { customerId: firm.customerId, includeLeft: true })).toEqual(["李娜"]);
  const rewriting = UpdateContactRequest.fromPartial({
    contact: { contactId: li.contactId, affiliations: [decides(other.customerId)] },
    etag: left.etag,
  });
  await expect(lin.call(rpc.updateContact, rewriting)).rejects.toMatchObject({ reason: "AFFILIATION_KEPT" });
  const told = (await service.events(lin.tenantId)).filter(({ meta }) => meta.aggregateId === li.contactId);
  expect(told.map(({ type, message }) => [type, message.customerId, message.reason])).toEqual([
    ["ContactAdded", undefined, undefined],
    ["ContactLeft", firm.customerId, "new job"],
  ]);
});

test("R018 an affiliation leads to an organisation of the company", async () => {
  const [lin, stranger] = [await service.user(), await service.user()];
  const [person, foreign] = [await create(lin), await createFirm(stranger)];
  const field = { violations: [expect.objectContaining({ field: "contact.affiliations[0].customer_id" })] };
  await expect(add(lin, { affiliations: [decides(person.customerId)] })).rejects.toMatchObject({
    reason: "NOT_AN_ORGANISATION",
    ...field,
  });
  await expect(add(lin, { affiliations: [decides(foreign.customerId)] })).rejects.toMatchObject({
    reason: "UNKNOWN_CUSTOMER",
    ...field,
  });
  expect(await names(lin, {})).toEqual([]);
});

test("contacts are archived, restored and changed like customers", async () => {
  const lin = await service.user();
  const li = await add(lin, {});
  const { contactId } = li;
  const archived = await lin.call(rpc.archiveContact, ArchiveContactRequest.fromPartial({ contactId }));
  expect(archived).toMatchObject({ state: Contact_State.ARCHIVED, etag: "2" });
  expect([await names(lin, {}), await names(lin, { includeArchived: true })]).toEqual([[], ["李娜"]]);
  const restored = await lin.call(rpc.restoreContact, RestoreContactRequest.fromPartial({ contactId }));
  const rename = UpdateContactRequest.fromPartial({
    contact: { contactId, displayName: "Li Na" },
    etag: restored.etag,
  });
  expect(await lin.call(rpc.updateContact, rename)).toMatchObject({ displayName: "Li Na", etag: "4" });
  await expect(lin.call(rpc.updateContact, rename)).rejects.toMatchObject({ reason: "ETAG_MISMATCH" });
  const wrong = UpdateContactRequest.fromPartial({
    contact: { contactId, contactPoints: [phone("1")] },
    etag: "4",
  });
  await expect(lin.call(rpc.updateContact, wrong)).rejects.toMatchObject({
    violations: [expect.objectContaining({ field: "contact.contact_points[0].value" })],
  });
  const reader = await service.user({
    tenantId: lin.tenantId,
    grants: [{ resource: "contact", action: "read" }],
  });
  expect((await reader.call(rpc.getContact, { contactId })).displayName).toBe("***");
});
