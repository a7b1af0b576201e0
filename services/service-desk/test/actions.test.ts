import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { Feedback } from "@guanxi/contract/guanxi/interaction/v1/feedback";
import { FeedbackReceived } from "@guanxi/contract/guanxi/interaction/v1/feedback_events";
import {
  Case_Kind as Kind,
  Case_Resolution as Resolution,
  Case_RootCause as Cause,
} from "@guanxi/contract/guanxi/service_desk/v1/case";
import {
  AcknowledgeCaseRequest,
  CaseServiceService as caseRpc,
  CreateCaseRequest,
  GetCaseRequest,
  ResolveCaseRequest,
} from "@guanxi/contract/guanxi/service_desk/v1/case_service";
import {
  ComplaintHistoryServiceService as historyRpc,
  GetComplaintHistoryRequest,
} from "@guanxi/contract/guanxi/service_desk/v1/complaint_history_service";
import {
  type CorrectiveAction,
  CorrectiveAction_State as State,
} from "@guanxi/contract/guanxi/service_desk/v1/corrective_action";
import {
  CancelCorrectiveActionRequest,
  CompleteCorrectiveActionRequest,
  CorrectiveActionServiceService as rpc,
  CreateCorrectiveActionRequest,
  GetCorrectiveActionRequest,
  LinkCasesRequest,
  LinkFeedbackRequest,
  ListCorrectiveActionsRequest,
  StartCorrectiveActionRequest,
  UnlinkCasesRequest,
  UnlinkFeedbackRequest,
  UpdateCorrectiveActionRequest,
} from "@guanxi/contract/guanxi/service_desk/v1/corrective_action_service";
import { Notice_Purpose as Purpose } from "@guanxi/contract/guanxi/service_desk/v1/notice";
import {
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

const complain = async (user: TestUser, customerId = "", more: object = {}) =>
  (
    await user.call(
      caseRpc.createCase,
      CreateCaseRequest.fromPartial({
        case: { kind: Kind.COMPLAINT, subject: "Late again", customerId, ...more },
      }),
    )
  ).caseId;

const propose = (user: TestUser, action: object = {}) =>
  user.call(
    rpc.createCorrectiveAction,
    CreateCorrectiveActionRequest.fromPartial({
      correctiveAction: { title: "A second lorry", rootCause: Cause.DELIVERY, ...action },
    }),
  );

const at = ({ correctiveActionId }: CorrectiveAction) => ({ correctiveActionId });
const link = (user: TestUser, action: CorrectiveAction, caseIds: string[]) =>
  user.call(rpc.linkCases, LinkCasesRequest.fromPartial({ ...at(action), caseIds }));
const unlink = (user: TestUser, action: CorrectiveAction, caseIds: string[]) =>
  user.call(rpc.unlinkCases, UnlinkCasesRequest.fromPartial({ ...at(action), caseIds }));
const linkFeedback = (user: TestUser, action: CorrectiveAction, feedbackIds: string[]) =>
  user.call(rpc.linkFeedback, LinkFeedbackRequest.fromPartial({ ...at(action), feedbackIds }));
const unlinkFeedback = (user: TestUser, action: CorrectiveAction, feedbackIds: string[]) =>
  user.call(rpc.unlinkFeedback, UnlinkFeedbackRequest.fromPartial({ ...at(action), feedbackIds }));
const start = (user: TestUser, action: CorrectiveAction) =>
  user.call(rpc.startCorrectiveAction, StartCorrectiveActionRequest.fromPartial(at(action)));
const complete = (user: TestUser, action: CorrectiveAction) =>
  user.call(
    rpc.completeCorrectiveAction,
    CompleteCorrectiveActionRequest.fromPartial({ ...at(action), customerMessage: "Two lorries drive now." }),
  );

async function told(user: TestUser, action: CorrectiveAction): Promise<CorrectiveAction> {
  for (;;) {
    const it = await user.call(rpc.getCorrectiveAction, GetCorrectiveActionRequest.fromPartial(at(action)));
    if (it.tellTime) return it;
    await pause(20);
  }
}

const notices = async (user: TestUser, filter = "") =>
  (await user.call(noticeRpc.listNotices, ListNoticesRequest.fromPartial({ filter, pageSize: 200 }))).notices;
const readCase = (user: TestUser, caseId: string) =>
  user.call(caseRpc.getCase, GetCaseRequest.fromPartial({ caseId }));

async function heardFeedback(tenantId: string, customerId: string): Promise<string> {
  const feedbackId = randomUUID();
  await interaction.tell(tenantId, Feedback, FeedbackReceived, {
    id: feedbackId,
    customerId,
    state: { feedbackId, customerId, topic: "delivery/late" },
  });
  await interaction.settled();
  return feedbackId;
}

test("R071, R099 a corrective action that is done tells each customer concerned once, and its counts add up", async () => {
  const lin = await service.user();
  const one = await knownCustomer(customer, lin.tenantId);
  const two = await knownCustomer(customer, lin.tenantId);
  const three = await knownCustomer(customer, lin.tenantId);
  const contactId = randomUUID();
  const first = await complain(lin, one, { contactId });
  const again = await complain(lin, one);
  const other = await complain(lin, two);
  const nobodys = await complain(lin);
  const praise = [await heardFeedback(lin.tenantId, three), await heardFeedback(lin.tenantId, two)];
  const action = await propose(lin, { ownerId: lin.userId, dueDate: { year: 2026, month: 12, day: 1 } });
  expect(action).toMatchObject({ state: State.PROPOSED, rootCause: Cause.DELIVERY, linkedCount: 0 });
  await link(lin, action, [first, again, other, nobodys]);
  await linkFeedback(lin, action, praise);
  expect((await readCase(lin, again)).correctiveActionId).toBe(action.correctiveActionId);
  expect(await start(lin, action)).toMatchObject({ state: State.OPEN });
  const done = await complete(lin, action);
  expect(done).toMatchObject({ state: State.DONE, linkedCount: 6, withoutCustomerCount: 1, toldCount: 0 });
  const after = await told(lin, action);
  expect(after).toMatchObject({
    linkedCount: 6,
    toldCount: 5,
    withoutCustomerCount: 1,
    toldCustomerCount: 3,
  });
  expect(await complete(lin, action)).toEqual(after);
  const issued = await notices(lin, `corrective_action_id == "${action.correctiveActionId}"`);
  expect(issued.map(({ customerId }) => customerId).sort()).toEqual([one, two, three].sort());
  for (const notice of issued)
    expect(notice).toMatchObject({
      purpose: Purpose.CORRECTIVE_ACTION,
      subject: "A second lorry",
      text: "Two lorries drive now.",
    });
  // Of several cases the newest, with the contact whom one of them names.
  expect(issued.find(({ customerId }) => customerId === one)).toMatchObject({ caseId: again, contactId });
  expect(issued.find(({ customerId }) => customerId === three)).toMatchObject({ caseId: "", contactId: "" });
  const types = (await service.events(lin.tenantId)).map(({ type }) => type);
  const count = (type: string) => types.filter((each) => each === type).length;
  expect([
    count("CaseCorrectiveActionLinked"),
    count("NoticeIssued"),
    count("CorrectiveActionCompleted"),
  ]).toEqual([4, 3, 1]);
});

test("R071 hundreds of customers are told in batches, each once", async () => {
  const lin = await service.user();
  const action = await propose(lin);
  const customerId = await knownCustomer(customer, lin.tenantId);
  const caseId = await complain(lin, customerId);
  await link(lin, action, [caseId]);
  await moreLike(lin.tenantId, caseId, 1_001);
  await complete(lin, action);
  expect(await told(lin, action)).toMatchObject({
    linkedCount: 1002,
    toldCount: 1002,
    toldCustomerCount: 1002,
  });
  const { rows } = await service.admin.query(
    "select count(*)::int as n, count(distinct customer_id)::int as who from notices where tenant_id = $1",
    [lin.tenantId],
  );
  expect(rows).toEqual([{ n: 1002, who: 1002 }]);
});

/** More cases like this one, of a customer each, as the front door would have made them. */
const moreLike = (tenantId: string, caseId: string, count: number) =>
  service.admin.query(
    `insert into cases select (jsonb_populate_record(c, jsonb_build_object(
       'case_id', gen_random_uuid(), 'customer_id', gen_random_uuid(), 'number', c.number * 10000 + n))).*
     from cases c, generate_series(1, $3::int) n where c.tenant_id = $1 and c.case_id = $2`,
    [tenantId, caseId, count],
  );

test("R071 what is done keeps its cases, so that nobody is told by two; what is cancelled lets them go", async () => {
  const lin = await service.user();
  const customerId = await knownCustomer(customer, lin.tenantId);
  const [caseId, other] = [await complain(lin, customerId), await complain(lin, customerId)];
  const [done, cancelled, better] = [await propose(lin), await propose(lin), await propose(lin)];
  await link(lin, done, [caseId]);
  await link(lin, cancelled, [other]);
  await complete(lin, done);
  await told(lin, done);
  const cancel = CancelCorrectiveActionRequest.fromPartial({
    ...at(cancelled),
    reason: "no lorry to be had",
  });
  await lin.call(rpc.cancelCorrectiveAction, cancel);
  await expect(link(lin, better, [caseId])).rejects.toMatchObject({
    reason: "LINKED_ELSEWHERE",
    message: expect.stringContaining("it stays there, for that one is done"),
  });
  await link(lin, better, [other]);
  expect((await readCase(lin, other)).correctiveActionId).toBe(better.correctiveActionId);
});

test("R071 thousands who are told of two actions do not keep the one customer of a third waiting", async () => {
  const lin = await service.user();
  const actions = [await propose(lin), await propose(lin), await propose(lin)];
  for (const [index, action] of actions.entries()) {
    const caseId = await complain(lin, await knownCustomer(customer, lin.tenantId));
    await link(lin, action, [caseId]);
    if (index < 2) await moreLike(lin.tenantId, caseId, 1_200);
  }
  for (const action of actions) await complete(lin, action);
  const ends = [];
  for (const action of actions) ends.push((await told(lin, action)).tellTime!.getTime());
  expect(ends[2]).toBeLessThan(Math.min(ends[0]!, ends[1]!));
});

test("R071 what is linked changes while an action is under way, and not once it has ended", async () => {
  const lin = await service.user();
  const customerId = await knownCustomer(customer, lin.tenantId);
  const caseId = await complain(lin, customerId);
  const feedbackId = await heardFeedback(lin.tenantId, customerId);
  const [action, better] = [await propose(lin), await propose(lin)];
  await link(lin, action, [caseId]);
  await expect(link(lin, better, [await complain(lin), caseId])).rejects.toMatchObject({
    reason: "LINKED_ELSEWHERE",
    message: expect.stringContaining(`${action.correctiveActionId}: unlink it there first`),
  });
  expect((await readCase(lin, caseId)).correctiveActionId).toBe(action.correctiveActionId);
  await unlink(lin, action, [caseId]);
  await link(lin, better, [caseId]);
  await unlink(lin, action, [caseId]);
  expect((await readCase(lin, caseId)).correctiveActionId).toBe(better.correctiveActionId);
  await unlink(lin, better, [caseId]);
  expect((await readCase(lin, caseId)).correctiveActionId).toBe("");
  await linkFeedback(lin, better, [feedbackId]);
  expect((await unlinkFeedback(lin, better, [feedbackId])).feedbackIds).toEqual([]);
  await expect(linkFeedback(lin, better, [randomUUID()])).rejects.toMatchObject({
    reason: "UNKNOWN_FEEDBACK",
  });
  await expect(link(lin, better, [randomUUID()])).rejects.toMatchObject({ reason: "NOT_FOUND" });
  await expect(propose(lin, { ownerId: randomUUID() })).rejects.toMatchObject({ reason: "UNKNOWN_OWNER" });
  const cancelled = await lin.call(
    rpc.cancelCorrectiveAction,
    CancelCorrectiveActionRequest.fromPartial({ ...at(action), reason: "no lorry to be had" }),
  );
  expect(cancelled).toMatchObject({ state: State.CANCELLED, cancelReason: "no lorry to be had" });
  const ended = { reason: "CORRECTIVE_ACTION_ENDED" };
  await expect(link(lin, action, [caseId])).rejects.toMatchObject(ended);
  await expect(linkFeedback(lin, action, [feedbackId])).rejects.toMatchObject(ended);
  await expect(complete(lin, action)).rejects.toMatchObject(ended);
  await expect(start(lin, action)).rejects.toMatchObject(ended);
  const change = (correctiveAction: object) =>
    lin.call(
      rpc.updateCorrectiveAction,
      UpdateCorrectiveActionRequest.fromPartial({
        correctiveAction: { ...at(action), ...correctiveAction },
        etag: cancelled.etag,
      }),
    );
  await expect(change({ title: "Another" })).rejects.toMatchObject(ended);
  expect(await change({ effectNote: "4 a month before, 4 after" })).toMatchObject({
    effectNote: "4 a month before, 4 after",
  });
  const { correctiveActions } = await lin.call(
    rpc.listCorrectiveActions,
    ListCorrectiveActionsRequest.fromPartial({ filter: 'state == "CANCELLED" && root_cause == "DELIVERY"' }),
  );
  expect(correctiveActions.map((each) => each.correctiveActionId)).toEqual([action.correctiveActionId]);
});

test("R084 all that a customer has complained of is read at once, with what came of it, and the counts add up", async () => {
  const lin = await service.user();
  const customerId = await knownCustomer(customer, lin.tenantId);
  const ids = [];
  for (let n = 0; n < 5; n += 1) ids.push(await complain(lin, customerId, { subject: `Complaint ${n}` }));
  await lin.call(
    caseRpc.createCase,
    CreateCaseRequest.fromPartial({ case: { kind: Kind.QUESTION, subject: "Opening hours?", customerId } }),
  );
  const ends = [Resolution.SOLVED, Resolution.REJECTED, Resolution.NO_RESPONSE, Resolution.WORKAROUND];
  const causes = [Cause.DELIVERY, Cause.PRICE, Cause.DELIVERY, Cause.DELIVERY];
  for (const [index, resolution] of ends.entries()) {
    const caseId = ids[index]!;
    await lin.call(caseRpc.acknowledgeCase, AcknowledgeCaseRequest.fromPartial({ caseId }));
    const end = { caseId, resolution, note: "as said", rootCause: causes[index]! };
    await lin.call(caseRpc.resolveCase, ResolveCaseRequest.fromPartial(end));
  }
  const history = (pageToken = "") =>
    lin.call(
      historyRpc.getComplaintHistory,
      GetComplaintHistoryRequest.fromPartial({ customerId, pageSize: 3, pageToken }),
    );
  const first = await history();
  expect(first.totals).toMatchObject({
    complaintCount: 5,
    openCount: 1,
    grantedCount: 2,
    refusedCount: 1,
    unansweredCount: 1,
    acknowledgedCount: 4,
    reopenedCount: 0,
    rootCauses: [
      { rootCause: Cause.DELIVERY, complaintCount: 3 },
      { rootCause: Cause.PRICE, complaintCount: 1 },
      { rootCause: Cause.UNSPECIFIED, complaintCount: 1 },
    ],
  });
  const { complaints } = await history(first.nextPageToken);
  const all = [...first.complaints, ...complaints];
  expect(all.map(({ caseId }) => caseId)).toEqual(ids.toReversed());
  expect(all.at(-1)).toMatchObject({
    subject: "Complaint 0",
    resolution: Resolution.SOLVED,
    rootCause: Cause.DELIVERY,
    resolutionNote: "as said",
  });
  const nobody = GetComplaintHistoryRequest.fromPartial({ customerId: randomUUID() });
  await expect(lin.call(historyRpc.getComplaintHistory, nobody)).rejects.toMatchObject({
    reason: "NOT_FOUND",
  });
});
