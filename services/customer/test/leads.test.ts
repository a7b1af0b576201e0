import { randomUUID } from "node:crypto";
import { Affiliation_Role as Role, type Contact } from "@guanxi/contract/guanxi/customer/v1/contact";
import {
  ContactServiceService,
  GetContactRequest,
} from "@guanxi/contract/guanxi/customer/v1/contact_service";
import { ContactPoint_Kind as PointKind } from "@guanxi/contract/guanxi/customer/v1/contact_point";
import { Customer_Kind, Source_Channel } from "@guanxi/contract/guanxi/customer/v1/customer";
import { Lead } from "@guanxi/contract/guanxi/sales/v1/lead";
import { LeadConverted, LeadCreated } from "@guanxi/contract/guanxi/sales/v1/lead_events";
import { subjectOf } from "@guanxi/kit/event";
import { publishAgain } from "@guanxi/testkit/publish-again";
import type { TestUser } from "@guanxi/testkit/service";
import { connect } from "@nats-io/transport-node";
import { afterAll, beforeAll, expect, test } from "vitest";
import { archive, create, createFirm, define, list, read } from "./calls.ts";
import { customerService } from "./service.ts";
import { startTeller } from "./teller.ts";

const service = customerService();
let sales: Awaited<ReturnType<typeof startTeller>>;
beforeAll(async () => {
  sales = await startTeller("sales", service.nats.url, [Lead as never]);
});
afterAll(() => sales.stop());

const LI = {
  personName: "李娜",
  organisationName: "上海东方有限公司",
  jobTitle: "采购经理",
  email: "li.na@example.com",
  phone: "+86 138 0013 8000",
  regionCode: "CN",
  city: "上海",
  source: { channel: Source_Channel.TRADE_SHOW, detail: "广交会", campaign: "spring" },
};

const chosen = (more: object = {}) => ({
  conversionId: randomUUID(),
  customerId: randomUUID(),
  contactId: randomUUID(),
  ...more,
});

async function convert(
  user: TestUser,
  lead: object,
  conversion: object,
  leadId = randomUUID(),
): Promise<string> {
  const state = Lead.fromPartial({ leadId, ...lead, conversion });
  await sales.tell(user.tenantId, Lead, leadId, LeadConverted, state);
  return leadId;
}
const heard = async () => {
  await sales.published();
  await service.settled();
};
const contact = (user: TestUser, contactId: string): Promise<Contact> =>
  user.call(ContactServiceService.getContact, GetContactRequest.fromPartial({ contactId }));
const answers = async (user: TestUser) =>
  (await service.events(user.tenantId)).filter(({ type }) => type.startsWith("Lead"));

test("R108 a lead becomes exactly the customer and the contact whose ids were chosen", async () => {
  const lin = await service.user();
  const conversion = chosen();
  const leadId = await convert(lin, { ...LI, ownerId: lin.userId }, conversion);
  await heard();
  expect(await read(lin, conversion.customerId)).toMatchObject({
    kind: Customer_Kind.ORGANISATION,
    displayName: "上海东方有限公司",
    contactPoints: [],
    regionCode: "CN",
    city: "上海",
    source: LI.source,
    ownerId: lin.userId,
    etag: "1",
  });
  expect(await contact(lin, conversion.contactId)).toMatchObject({
    displayName: "李娜",
    contactPoints: [
      { kind: PointKind.EMAIL, value: "li.na@example.com" },
      { kind: PointKind.PHONE, normalised: "+8613800138000" },
    ],
    affiliations: [{ customerId: conversion.customerId, role: Role.OTHER, title: "采购经理" }],
  });
  const [cause] = await sales.source.events(lin.tenantId);
  const events = await service.events(lin.tenantId);
  expect(events.map(({ type }) => type)).toEqual(["CustomerRegistered", "ContactAdded", "LeadTaken"]);
  for (const { meta } of events)
    expect(meta).toMatchObject({
      causationId: cause!.meta.eventId,
      correlationId: cause!.meta.correlationId,
      hops: 1,
    });
  expect(events[2]!.state).toMatchObject({
    leadIntakeId: conversion.conversionId,
    leadId,
    state: "STATE_TAKEN",
    customerId: conversion.customerId,
    contactId: conversion.contactId,
  });
});

test("R108 R007 a lead without organisation becomes a person, and one of a known customer is linked to it, with its way of coming", async () => {
  const lin = await service.user();
  const alone = chosen({ contactId: "" });
  await convert(lin, { ...LI, organisationName: "" }, alone);
  const firm = await createFirm(lin);
  const linked = chosen({ customerId: firm.customerId, existingCustomer: true });
  await convert(lin, LI, linked);
  await heard();
  expect(await read(lin, alone.customerId)).toMatchObject({
    kind: Customer_Kind.PERSON,
    displayName: "李娜",
    contactPoints: [{ value: "li.na@example.com" }, { normalised: "+8613800138000" }],
  });
  const { touches, etag, updateTime, ...same } = await read(lin, firm.customerId);
  expect(firm).toMatchObject(same);
  expect([etag, updateTime! > firm.updateTime!]).toEqual(["2", true]);
  expect(touches).toMatchObject([{ channel: Source_Channel.TRADE_SHOW, count: 1 }]);
  expect((await contact(lin, linked.contactId)).affiliations).toMatchObject([
    { customerId: firm.customerId },
  ]);
  expect((await answers(lin)).map(({ type }) => type)).toEqual(["LeadTaken", "LeadTaken"]);
});

test("R007 R108 whoever is known by the lead's address or number is the customer, and the answer says so", async () => {
  const lin = await service.user();
  const known = await create(lin, { contactPoints: [{ kind: PointKind.EMAIL, value: "Li.Na@example.com" }] });
  const alone = { ...LI, organisationName: "" };
  const [one, two, early] = [0, 1, 2].map(() => chosen({ contactId: "", recognise: true }));
  await convert(lin, alone, one!);
  await convert(lin, { ...alone, email: "", source: undefined }, two!);
  await convert(lin, alone, { ...early!, recognise: false }); // of a release that wants the customer it has chosen
  await heard();
  expect((await answers(lin)).map(({ type, state }) => [type, state.customerId])).toEqual([
    ["LeadTaken", known.customerId],
    ["LeadTaken", known.customerId],
    ["LeadTaken", early!.customerId],
  ]);
  expect((await list(lin)).customers.map(({ customerId }) => customerId).sort()).toEqual(
    [known.customerId, early!.customerId].sort(),
  );
  expect(await read(lin, known.customerId)).toMatchObject({
    contactPoints: [{ value: "Li.Na@example.com" }, { normalised: "+8613800138000" }],
    touches: [{ channel: Source_Channel.TRADE_SHOW }, { channel: Source_Channel.OTHER }],
  });
});

test("R108 what cannot be made is refused with a reason, and nothing is left of it", async () => {
  const lin = await service.user();
  const [person, gone] = [await create(lin), await createFirm(lin)];
  await archive(lin, gone.customerId);
  const before = (await service.events(lin.tenantId)).length;
  const cases = [
    [{ ...LI, phone: "call me" }, chosen(), /contact_points\[1\]\.value must be a phone number/],
    [LI, chosen({ existingCustomer: true }), /There is no customer/],
    [LI, chosen({ customerId: gone.customerId, existingCustomer: true }), /is in the archive/],
    [LI, chosen({ customerId: person.customerId, existingCustomer: true }), /this customer is a person/],
    [LI, chosen({ customerId: person.customerId }), /There is a customer .* already/],
    [{ ...LI, jobTitle: "长".repeat(101) }, chosen(), /contact\.affiliations\[0\]\.title/],
  ] as const;
  for (const [lead, conversion] of cases) await convert(lin, lead, conversion);
  await heard();
  await define(lin, { key: "seats", type: 2, required: true, labels: { en: "seats" } });
  const last = chosen();
  await convert(lin, LI, last);
  await heard();
  const refused = await answers(lin);
  expect(refused.map(({ type }) => type)).toEqual(Array.from({ length: 7 }, () => "LeadRefused"));
  const reasons = new Map(refused.map(({ state }) => [state.leadIntakeId, state.refusal]));
  for (const [, { conversionId }, reason] of cases) expect(reasons.get(conversionId)).toMatch(reason);
  expect(reasons.get(last.conversionId)).toMatch(/custom\.seats is required/);
  expect(await service.events(lin.tenantId)).toHaveLength(before + 7 + 1); // and the definition
  expect((await list(lin)).customers).toHaveLength(1);
});

test("R108 a conversion is answered once, whatever comes again and whenever the service stops", async () => {
  const lin = await service.user();
  const conversion = chosen();
  const leadId = randomUUID();
  await sales.tell(lin.tenantId, Lead, leadId, LeadCreated, Lead.fromPartial({ leadId, ...LI }));
  await convert(lin, LI, conversion, leadId);
  await service.restart();
  await heard();
  expect(await answers(lin)).toHaveLength(1);

  const { rows } = await sales.source.admin.query(
    "select subject, payload from event_log where tenant_id = $1 order by stream_sequence",
    [lin.tenantId],
  );
  const nats = await connect({ servers: service.nats.url });
  await publishAgain(nats, rows as { subject: string; payload: Buffer }[]);
  await nats.close();
  await service.restart();
  await heard();
  expect((await service.events(lin.tenantId)).map(({ type }) => type)).toEqual([
    "CustomerRegistered",
    "ContactAdded",
    "LeadTaken",
  ]);
  expect(rows).toHaveLength(2);
  expect((rows[1] as { subject: string }).subject).toBe(subjectOf(lin.tenantId, LeadConverted, leadId));
});
