import { randomUUID } from "node:crypto";
import { Source_Channel as Channel } from "@guanxi/contract/guanxi/customer/v1/customer";
import {
  Conversion_State,
  Lead_DisqualifyReason as DisqualifyReason,
  Lead_Status as Status,
} from "@guanxi/contract/guanxi/sales/v1/lead";
import type { TestUser } from "@guanxi/testkit/service";
import { afterAll, beforeAll, expect, test } from "vitest";
import { day, list as listOpportunities, read as readOpportunity, yuan } from "./calls.ts";
import { startCustomerTeller } from "./customer-teller.ts";
import {
  assign,
  convert,
  createLead,
  disqualify,
  getLead,
  listLeads,
  moveLead,
  qualify,
  recycle,
  updateLead,
} from "./order-calls.ts";
import { salesService } from "./service.ts";

const service = salesService();
let customer: Awaited<ReturnType<typeof startCustomerTeller>>;
beforeAll(async () => {
  customer = await startCustomerTeller(service);
});
afterAll(() => customer.stop());

const qualified = async (lin: TestUser, lead: object = {}) => {
  const { leadId } = await createLead(lin, lead);
  return qualify(lin, leadId, { need: "两百套座椅" });
};
const typesOf = async (user: TestUser) => (await service.events(user.tenantId)).map(({ type }) => type);

test("R108 a lead goes its way, one event for each step", async () => {
  const lin = await service.user();
  const chen = await service.user({ tenantId: lin.tenantId });
  const lead = await createLead(lin, { source: { channel: Channel.TRADE_SHOW, detail: "广交会" } });
  expect(lead).toMatchObject({ status: Status.NEW, ownerId: "", etag: "1" });
  expect(lead.source!.firstTouchTime).toEqual(lead.createTime);
  const { leadId } = lead;
  expect(await assign(lin, leadId, chen.userId)).toMatchObject({
    status: Status.ASSIGNED,
    ownerId: chen.userId,
  });
  expect(await assign(lin, leadId, chen.userId)).toMatchObject({ etag: "2" });
  await moveLead(lin, leadId, Status.CONTACTING);
  await expect(moveLead(lin, leadId, Status.QUALIFIED)).rejects.toMatchObject({
    reason: "ILLEGAL_MOVE",
    message: expect.stringContaining("ASSIGNED or NURTURING"),
  });
  await expect(convert(lin, leadId)).rejects.toMatchObject({ reason: "LEAD_NOT_QUALIFIED" });
  await expect(qualify(lin, leadId)).rejects.toMatchObject({ reason: "QUALIFICATION_MISSING" });
  await expect(disqualify(lin, leadId, DisqualifyReason.OTHER)).rejects.toMatchObject({
    code: "INVALID_ARGUMENT",
  });
  expect(await disqualify(lin, leadId, DisqualifyReason.BAD_TIMING)).toMatchObject({
    disqualifyReason: DisqualifyReason.BAD_TIMING,
  });
  await expect(moveLead(lin, leadId, Status.CONTACTING)).rejects.toMatchObject({ reason: "ILLEGAL_MOVE" });
  expect(await recycle(lin, leadId)).toMatchObject({ status: Status.RECYCLED, disqualifyReason: 0 });
  expect(await qualify(lin, leadId, { budget: yuan(50_000), timing: day("2026-12-31") })).toMatchObject({
    status: Status.QUALIFIED,
    qualification: { answered: 2 },
  });
  const wanted = "LeadCreated LeadAssigned LeadMoved LeadDisqualified LeadRecycled LeadQualified";
  expect(await typesOf(lin)).toEqual(wanted.split(" "));
});

test("R108 a converted lead is customer, contact and opportunity, with the ids that were in the answer", async () => {
  const lin = await service.user();
  const { leadId } = await qualified(lin, { ownerId: lin.userId, source: { channel: Channel.REFERRAL } });
  const more = { amount: yuan(50_000), expectedCloseDate: day("2026-12-31"), opportunityName: "座椅" };
  const converted = await convert(lin, leadId, more);
  const { conversion } = converted;
  expect(converted.status).toBe(Status.CONVERTED);
  expect(conversion).toMatchObject({ state: Conversion_State.PENDING, existingCustomer: false });
  for (const id of [conversion!.customerId, conversion!.contactId, conversion!.opportunityId])
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
  expect(await convert(lin, leadId)).toEqual(converted);
  await expect(updateLead(lin, converted, { city: "北京" })).rejects.toMatchObject({
    reason: "LEAD_CONVERTED",
  });
  expect((await listOpportunities(lin)).opportunities).toEqual([]);

  await customer.answer(lin.tenantId, converted);
  await customer.settled();
  expect(await getLead(lin, leadId)).toMatchObject({ conversion: { state: Conversion_State.DONE } });
  expect(await readOpportunity(lin, conversion!.opportunityId)).toMatchObject({
    displayName: "座椅",
    customerId: conversion!.customerId,
    ownerId: lin.userId,
    amount: yuan(50_000),
    expectedCloseDate: day("2026-12-31"),
    leadId,
    source: { channel: Channel.REFERRAL },
  });
  const events = await service.events(lin.tenantId);
  const opened = events.find(({ type }) => type === "OpportunityOpened")!;
  const completed = events.find(({ type }) => type === "LeadConversionCompleted")!;
  expect(opened.meta.causationId).toBe(completed.meta.causationId);
  expect(opened.meta.actor!.id).toBe("sales/lead_conversions");
  expect(await convert(lin, leadId)).toMatchObject({ conversion: { state: Conversion_State.DONE } });
});

test("R007 R108 where the customer is recognised, the lead and its opportunity are of that one", async () => {
  const lin = await service.user();
  const { leadId } = await qualified(lin, { ownerId: lin.userId });
  const converted = await convert(lin, leadId);
  expect(converted.conversion!.recognise).toBe(true);
  const customerId = randomUUID();
  await customer.answer(lin.tenantId, converted, "", customerId);
  await customer.settled();
  expect((await getLead(lin, leadId)).conversion).toMatchObject({
    state: Conversion_State.DONE,
    customerId,
    existingCustomer: true,
  });
  expect(await readOpportunity(lin, converted.conversion!.opportunityId)).toMatchObject({
    customerId,
    leadId,
  });
});

test("R108 where the customer service refuses, nothing is made, and the lead may be converted again", async () => {
  const lin = await service.user();
  const { leadId } = await qualified(lin);
  const first = await convert(lin, leadId);
  await customer.answer(lin.tenantId, first, "The e-mail belongs to another customer.");
  await customer.settled();
  const refused = await getLead(lin, leadId);
  expect(refused).toMatchObject({
    status: Status.QUALIFIED,
    conversion: { state: Conversion_State.REFUSED, refusal: "The e-mail belongs to another customer." },
  });
  expect((await listOpportunities(lin)).opportunities).toEqual([]);
  const second = await convert(lin, leadId, { withoutOpportunity: true });
  expect(second.conversion!.conversionId).not.toBe(first.conversion!.conversionId);
  expect(second.conversion).toMatchObject({ opportunityId: "", refusal: "" });
  await customer.answer(lin.tenantId, second);
  await customer.settled();
  expect(await getLead(lin, leadId)).toMatchObject({ conversion: { state: Conversion_State.DONE } });
  expect((await listOpportunities(lin)).opportunities).toEqual([]);
});

test("R108 a service that is restarted in between goes on where it was, and does nothing twice", async () => {
  const lin = await service.user();
  const leads = await Promise.all(
    ["华新", "晨光", "东方"].map((organisationName) => qualified(lin, { organisationName })),
  );
  const converted = await Promise.all(leads.map(({ leadId }) => convert(lin, leadId)));
  const [one, two, three] = converted;
  await customer.answer(lin.tenantId, one!);
  await service.restart();
  await customer.answer(lin.tenantId, two!);
  await customer.answer(lin.tenantId, three!, "no");
  await service.restart();
  await customer.settled();
  const states = await Promise.all(
    leads.map(async ({ leadId }) => (await getLead(lin, leadId)).conversion!.state),
  );
  expect(states).toEqual([Conversion_State.DONE, Conversion_State.DONE, Conversion_State.REFUSED]);
  await service.rebuild("customers", lin.tenantId);
  expect((await listOpportunities(lin)).opportunities).toHaveLength(2);
  expect((await typesOf(lin)).filter((type) => type === "LeadConversionCompleted")).toHaveLength(2);
});

test("R108 a lead may belong to a customer that is there, and only to such a one", async () => {
  const lin = await service.user();
  const [known] = await customer.register(lin.tenantId, [{ displayName: "北京华新", externalIds: [] }]);
  await customer.settled();
  const { leadId } = await qualified(lin, { personName: "" });
  const nobody = "01970000-0000-7000-8000-000000000001";
  await expect(convert(lin, leadId, { customerId: nobody })).rejects.toMatchObject({
    reason: "UNKNOWN_CUSTOMER",
  });
  await expect(convert(lin, leadId, { pipelineId: nobody })).rejects.toMatchObject({
    reason: "UNKNOWN_PIPELINE",
  });
  const { conversion } = await convert(lin, leadId, { customerId: known!.customerId });
  expect(conversion).toMatchObject({
    customerId: known!.customerId,
    existingCustomer: true,
    contactId: "",
    opportunityName: "北京华新",
  });
});

test("R010 who may not read personal fields sees that there are some, and cannot ask for them", async () => {
  const lin = await service.user();
  const reader = await service.user({
    tenantId: lin.tenantId,
    grants: [{ resource: "lead", action: "read" }],
  });
  const { leadId } = await createLead(lin);
  const masked = { personName: "***", email: "***", phone: "", organisationName: "北京华新" };
  expect(await getLead(reader, leadId)).toMatchObject(masked);
  expect((await listLeads(reader)).leads).toMatchObject([masked]);
  await expect(listLeads(reader, { filter: 'email == "wang@huaxin.cn"' })).rejects.toMatchObject({
    code: "PERMISSION_DENIED",
  });
  expect((await listLeads(lin, { filter: 'email == "wang@huaxin.cn"' })).leads).toHaveLength(1);
  await expect(assign(reader, leadId, reader.userId)).rejects.toMatchObject({ code: "PERMISSION_DENIED" });
  const other = await service.user();
  await expect(getLead(other, leadId)).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("leads are walked through page by page, and twins of one request are one lead", async () => {
  const lin = await service.user();
  const twins = await Promise.all(Array.from({ length: 20 }, () => createLead(lin, {}, "request 1")));
  expect(new Set(twins.map(({ leadId }) => leadId)).size).toBe(1);
  const names = ["b", "a", "张", "b"];
  await Promise.all(names.map((organisationName) => createLead(lin, { organisationName })));
  for (const orderBy of ["", "update_time desc", "organisation_name"]) {
    const met: string[] = [];
    let pageToken = "";
    do {
      const page = await listLeads(lin, { pageSize: 2, pageToken, orderBy, filter: 'status == "NEW"' });
      met.push(...page.leads.map(({ leadId }) => leadId));
      pageToken = page.nextPageToken;
    } while (pageToken);
    expect(new Set(met).size, orderBy).toBe(5);
    expect(met).toHaveLength(5);
  }
});

test("what a lead is called, by other systems too, is its own", async () => {
  const lin = await service.user();
  await expect(createLead(lin, { personName: "", organisationName: "" })).rejects.toMatchObject({
    code: "INVALID_ARGUMENT",
  });
  const externalIds = [{ system: "hubspot", id: "17" }];
  const lead = await createLead(lin, { externalIds, qualification: { need: "seats" } });
  await expect(createLead(lin, { externalIds })).rejects.toMatchObject({ reason: "LEAD_EXISTS" });
  await expect(updateLead(lin, lead, { ownerId: lin.userId }, ["owner_id"])).rejects.toMatchObject({
    code: "INVALID_ARGUMENT",
  });
  const changed = await updateLead(lin, lead, { city: "北京", qualification: { authority: "CEO" } });
  expect(changed).toMatchObject({
    city: "北京",
    personName: "王芳",
    qualification: { authority: "CEO", need: "" },
  });
  expect(await updateLead(lin, changed, { city: "北京" })).toEqual(changed);
});
