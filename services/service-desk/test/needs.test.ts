import { randomUUID } from "node:crypto";
import { ReturnVisit } from "@guanxi/contract/guanxi/interaction/v1/return_visit";
import { ReturnVisitRecorded } from "@guanxi/contract/guanxi/interaction/v1/return_visit_events";
import {
  type Need,
  Need_Importance as Importance,
  Need_Status as Status,
  NeedSource_Kind as Source,
} from "@guanxi/contract/guanxi/service_desk/v1/need";
import {
  CreateNeedRequest,
  DeclineNeedRequest,
  GetNeedRequest,
  ListNeedChangesRequest,
  ListNeedsRequest,
  MoveNeedRequest,
  NeedServiceService as rpc,
  RecordNeedsRequest,
  ReopenNeedRequest,
  SatisfyNeedRequest,
  SummarizeNeedsRequest,
  UpdateNeedRequest,
} from "@guanxi/contract/guanxi/service_desk/v1/need_service";
import { Notice_Purpose as Purpose } from "@guanxi/contract/guanxi/service_desk/v1/notice";
import {
  GetNoticeRequest,
  ListNoticesRequest,
  NoticeServiceService as noticeRpc,
} from "@guanxi/contract/guanxi/service_desk/v1/notice_service";
import type { TestUser } from "@guanxi/testkit/service";
import { expect, test } from "vitest";
import { deskService } from "./service.ts";
import { knownCustomer, teller } from "./tellers.ts";

const service = deskService();
const customer = teller(service, "customer");
const interaction = teller(service, "interaction");

const create = (user: TestUser, need: object) =>
  user.call(
    rpc.createNeed,
    CreateNeedRequest.fromPartial({
      need: { statement: "A drill for left hands", source: { kind: Source.CONVERSATION }, ...need },
    }),
  );
const read = (user: TestUser, { needId }: Need) =>
  user.call(rpc.getNeed, GetNeedRequest.fromPartial({ needId }));
const move = (user: TestUser, { needId }: Need, status: Status) =>
  user.call(rpc.moveNeed, MoveNeedRequest.fromPartial({ needId, status, reason: "agreed" }));
const satisfy = (user: TestUser, { needId }: Need, message = "It is there.") =>
  user.call(rpc.satisfyNeed, SatisfyNeedRequest.fromPartial({ needId, message }));
const decline = (user: TestUser, { needId }: Need) =>
  user.call(rpc.declineNeed, DeclineNeedRequest.fromPartial({ needId, reason: "too dear" }));
const reopen = (user: TestUser, { needId }: Need) =>
  user.call(rpc.reopenNeed, ReopenNeedRequest.fromPartial({ needId }));
const listed = async (user: TestUser, filter = "", orderBy = "") =>
  (await user.call(rpc.listNeeds, ListNeedsRequest.fromPartial({ filter, orderBy }))).needs;
const notices = async (user: TestUser, filter = "") =>
  (await user.call(noticeRpc.listNotices, ListNoticesRequest.fromPartial({ filter }))).notices;
const typesOf = async ({ tenantId }: TestUser) => (await service.events(tenantId)).map(({ type }) => type);

test("R087 a need goes its way to its end, the customer is told once, and its history keeps who changed what", async () => {
  const lin = await service.user();
  const customerId = await knownCustomer(customer, lin.tenantId);
  const contactId = randomUUID();
  const productId = randomUUID();
  const need = await create(lin, {
    customerId,
    contactId,
    productId,
    importance: Importance.HIGH,
    custom: true,
  });
  expect(need).toMatchObject({ status: Status.IDENTIFIED, customerId, productId, custom: true });
  await move(lin, need, Status.CONFIRMED);
  await move(lin, need, Status.PLANNED);
  const chen = await service.user({ tenantId: lin.tenantId, name: "Chen" });
  const met = await satisfy(chen, need);
  expect(met).toMatchObject({ status: Status.SATISFIED, toldTime: met.updateTime });
  expect(met.satisfiedDate).toBeDefined();
  expect(await satisfy(chen, need)).toEqual(met);
  const [notice, another] = await notices(lin);
  expect(another).toBeUndefined();
  expect(notice).toMatchObject({
    purpose: Purpose.NEED_SATISFIED,
    customerId,
    contactId,
    needId: need.needId,
    subject: "A drill for left hands",
    text: "It is there.",
  });
  const { noticeId } = notice!;
  expect(await lin.call(noticeRpc.getNotice, GetNoticeRequest.fromPartial({ noticeId }))).toEqual(notice);
  expect(await typesOf(lin)).toEqual([
    "NeedIdentified",
    "NeedMoved",
    "NeedMoved",
    ...["NoticeIssued", "NeedSatisfied"],
  ]);
  const { changes } = await lin.call(
    rpc.listNeedChanges,
    ListNeedChangesRequest.fromPartial({ needId: need.needId }),
  );
  const statuses = changes.filter(({ field }) => field === "status");
  expect(statuses.map(({ oldValue, newValue, actor }) => [oldValue, newValue, actor!.name])).toEqual([
    ["", '"STATUS_IDENTIFIED"', "Lin"],
    ['"STATUS_IDENTIFIED"', '"STATUS_CONFIRMED"', "Lin"],
    ['"STATUS_CONFIRMED"', '"STATUS_PLANNED"', "Lin"],
    ['"STATUS_PLANNED"', '"STATUS_SATISFIED"', "Chen"],
  ]);
});

test("R087 what is over is reopened before it goes on; met once more, the customer is told once more", async () => {
  const lin = await service.user();
  const customerId = await knownCustomer(customer, lin.tenantId);
  const need = await create(lin, { customerId });
  const declined = await decline(lin, need);
  expect(declined).toMatchObject({ status: Status.DECLINED, declineReason: "too dear" });
  await expect(satisfy(lin, need)).rejects.toMatchObject({ reason: "ILLEGAL_MOVE" });
  await expect(move(lin, need, Status.PLANNED)).rejects.toMatchObject({ reason: "ILLEGAL_MOVE" });
  await expect(move(lin, need, Status.SATISFIED)).rejects.toMatchObject({ reason: "ILLEGAL_MOVE" });
  expect(await reopen(lin, need)).toMatchObject({
    status: Status.REOPENED,
    declineReason: "",
    reopenCount: 1,
  });
  await satisfy(lin, need);
  await expect(decline(lin, need)).rejects.toMatchObject({ reason: "ILLEGAL_MOVE" });
  await reopen(lin, need);
  expect((await read(lin, need)).toldTime).toBeUndefined();
  await satisfy(lin, need, "Now it fits.");
  expect((await notices(lin, `need_id == "${need.needId}"`)).map(({ text }) => text).sort()).toEqual([
    "It is there.",
    "Now it fits.",
  ]);
});

test("R087 a need of nobody in particular is met without a notice; what it names must be there", async () => {
  const lin = await service.user();
  const need = await create(lin, { source: { kind: Source.RESEARCH, note: "market study" } });
  const met = await satisfy(lin, need);
  expect(met.toldTime).toBeUndefined();
  expect(await notices(lin)).toEqual([]);
  const nobody = randomUUID();
  await expect(create(lin, { customerId: nobody })).rejects.toMatchObject({ reason: "UNKNOWN_CUSTOMER" });
  await expect(create(lin, { ownerId: nobody })).rejects.toMatchObject({ reason: "UNKNOWN_OWNER" });
  await expect(create(lin, { caseId: nobody })).rejects.toMatchObject({ reason: "UNKNOWN_CASE" });
  await expect(create(lin, { source: undefined })).rejects.toMatchObject({ code: "INVALID_ARGUMENT" });
  const update = {
    need: { needId: met.needId, importance: Importance.VITAL, ownerId: lin.userId },
    etag: met.etag,
  };
  const changed = await lin.call(rpc.updateNeed, UpdateNeedRequest.fromPartial(update));
  expect(changed).toMatchObject({
    importance: Importance.VITAL,
    ownerId: lin.userId,
    status: Status.SATISFIED,
  });
});

test("R066, R087 what a customer said on a return visit stands in the register once, however often it is told", async () => {
  const lin = await service.user();
  const customerId = await knownCustomer(customer, lin.tenantId);
  const productId = randomUUID();
  const returnVisitId = randomUUID();
  const state = {
    returnVisitId,
    customerId,
    userId: lin.userId,
    eventTime: new Date("2026-03-01T02:00:00Z"),
    needs: [{ statement: "Spare blades", productId }, { statement: "A bill each month" }],
  };
  const told = { id: returnVisitId, customerId, state };
  await interaction.tell(lin.tenantId, ReturnVisit, ReturnVisitRecorded, told);
  await interaction.tell(lin.tenantId, ReturnVisit, ReturnVisitRecorded, told);
  await interaction.settled();
  const needs = await listed(lin, `source_kind == "RETURN_VISIT" && source_id == "${returnVisitId}"`);
  expect(needs.map(({ statement }) => statement).sort()).toEqual(["A bill each month", "Spare blades"]);
  expect(needs.find((need) => need.productId === productId)).toMatchObject({
    customerId,
    ownerId: lin.userId,
    source: { kind: Source.RETURN_VISIT, id: returnVisitId },
    identifyTime: state.eventTime,
    status: Status.IDENTIFIED,
  });
});

test("R088 what an interview or a survey brings is saved as a whole, each need with its source, and summed up", async () => {
  const lin = await service.user();
  const [one, two] = [
    await knownCustomer(customer, lin.tenantId),
    await knownCustomer(customer, lin.tenantId),
  ];
  const [saw, drill] = [randomUUID(), randomUUID()];
  const source = { kind: Source.SURVEY, id: "survey-7", note: "40 workshops, by telephone" };
  const found = [
    { statement: "A quieter saw", productId: saw },
    { statement: "A lighter saw", productId: saw, importance: Importance.VITAL, customerId: two },
    { statement: "A longer cable", productId: drill },
    { statement: "Opening hours on Sunday" },
  ];
  const { needs } = await lin.call(
    rpc.recordNeeds,
    RecordNeedsRequest.fromPartial({ source, customerId: one, needs: found }),
  );
  expect(needs.map((need) => [need.statement, need.customerId, need.importance])).toEqual([
    ["A quieter saw", one, Importance.NORMAL],
    ["A lighter saw", two, Importance.VITAL],
    ["A longer cable", one, Importance.NORMAL],
    ["Opening hours on Sunday", one, Importance.NORMAL],
  ]);
  for (const need of needs) expect(need.source).toEqual(source);
  expect(await listed(lin, 'source_id == "survey-7"')).toHaveLength(4);
  const wrong = { source, needs: [...found, { statement: "?", customerId: randomUUID() }] };
  await expect(lin.call(rpc.recordNeeds, RecordNeedsRequest.fromPartial(wrong))).rejects.toMatchObject({
    reason: "UNKNOWN_CUSTOMER",
  });
  await satisfy(lin, needs[0]!);
  await decline(lin, needs[2]!);
  const sums = await lin.call(rpc.summarizeNeeds, SummarizeNeedsRequest.fromPartial({}));
  expect(sums.total).toMatchObject({ needCount: 4, openCount: 2, satisfiedCount: 1, declinedCount: 1 });
  expect(sums.total).toMatchObject({ productId: "", customerCount: 2 });
  expect(sums.products[0]).toMatchObject({
    productId: saw,
    needCount: 2,
    satisfiedCount: 1,
    customerCount: 2,
  });
  expect(sums.products.find(({ productId }) => productId === drill)).toMatchObject({ declinedCount: 1 });
  expect(sums.products.find(({ productId }) => productId === "")).toMatchObject({
    needCount: 1,
    openCount: 1,
  });
});

test("R088 the sums of many products are read page by page, each once, those of no product among them", async () => {
  const lin = await service.user();
  const source = { kind: Source.RESEARCH, note: "market study" };
  const products = Array.from({ length: 6 }, () => randomUUID());
  // 3, 2, 2, 1, 1 and 1 needs of a product, and 2 of none.
  const about = [3, 2, 2, 1, 1, 1].flatMap((count, index) => Array<string>(count).fill(products[index]!));
  const found = [...about, "", ""].map((productId) => ({ statement: "Quieter", productId }));
  await lin.call(rpc.recordNeeds, RecordNeedsRequest.fromPartial({ source, needs: found }));
  const seen: [string, number][] = [];
  for (let pageToken = ""; ; ) {
    const request = SummarizeNeedsRequest.fromPartial({ pageSize: 2, pageToken });
    const page = await lin.call(rpc.summarizeNeeds, request);
    expect(page.total).toMatchObject({ needCount: 12 });
    seen.push(...page.products.map(({ productId, needCount }): [string, number] => [productId, needCount]));
    pageToken = page.nextPageToken;
    if (!pageToken) break;
  }
  expect(seen.map(([, count]) => count)).toEqual([3, 2, 2, 2, 1, 1, 1]);
  expect(seen.map(([productId]) => productId).toSorted()).toEqual(["", ...products].toSorted());
  for (const pageToken of ["rubbish", Buffer.from("1 2").toString("base64url")])
    await expect(
      lin.call(rpc.summarizeNeeds, SummarizeNeedsRequest.fromPartial({ pageToken })),
    ).rejects.toMatchObject({ violations: [{ field: "page_token" }] });
});
