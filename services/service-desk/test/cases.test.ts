import { randomUUID } from "node:crypto";
import {
  Case_Kind as Kind,
  Case_Phase as Phase,
  Case_Priority as Priority,
  Case_Resolution as Resolution,
  Case_RootCause as RootCause,
  Case_Status as Status,
} from "@guanxi/contract/guanxi/service_desk/v1/case";
import {
  Channel,
  Delivery_State,
  Direction,
  Interaction,
} from "@guanxi/contract/guanxi/interaction/v1/interaction";
import {
  InteractionLinked,
  InteractionRecorded,
  MessageSent,
} from "@guanxi/contract/guanxi/interaction/v1/interaction_events";
import { Order, Order_Status } from "@guanxi/contract/guanxi/sales/v1/order";
import { OrderConfirmed, OrderDrafted, OrderFulfilled } from "@guanxi/contract/guanxi/sales/v1/order_events";
import { Product } from "@guanxi/contract/guanxi/sales/v1/product";
import { ProductAdded } from "@guanxi/contract/guanxi/sales/v1/product_events";
import { CustomerRemoved } from "@guanxi/contract/guanxi/customer/v1/customer_events";
import { Customer } from "@guanxi/contract/guanxi/customer/v1/customer";
import {
  SlaTarget_Kind as TargetKind,
  SlaTarget_State as TargetState,
} from "@guanxi/contract/guanxi/service_desk/v1/sla";
import type { Codec } from "@guanxi/kit/codec";
import { expect, test } from "vitest";
import {
  acknowledge,
  assignCase,
  cancel,
  caseChanges,
  changePriority,
  close,
  completeStep,
  createProcess,
  createQueue,
  customerReply,
  getCase,
  linkCase,
  listCases,
  mergeCases,
  moveCase,
  openCase,
  reopen,
  reply,
  resolve,
  splitCase,
  takeUp,
  updateCase,
  updateProcess,
} from "./case-calls.ts";
import { deskService } from "./service.ts";
import { knownCustomer, teller } from "./tellers.ts";

const service = deskService();
const customer = teller(service, "customer");
const sales = teller(service, "sales");
const interaction = teller(service, "interaction");

const typesOf = async (tenantId: string, caseId: string) =>
  (await service.events(tenantId)).filter(({ meta }) => meta.aggregateId === caseId).map(({ type }) => type);
const stateOf = (
  { sla }: { sla?: { targets: { kind: number; state: number }[] } | undefined },
  kind: number,
) => sla?.targets.find((target) => target.kind === kind)?.state;
const SOLVED = { resolution: Resolution.SOLVED, note: "换了电源" };

test("R082 a complaint is numbered, acknowledged, assigned and timed, and never goes away", async () => {
  const lin = await service.user();
  const chen = await service.user({ tenantId: lin.tenantId });
  const customerId = await knownCustomer(customer, lin.tenantId, { grade: 1 });
  const complaint = await openCase(lin, { kind: Kind.COMPLAINT, customerId });
  const { caseId } = complaint;
  expect(complaint).toMatchObject({
    number: 1n,
    status: Status.NEW,
    phase: Phase.AFTER_SALE,
    grade: 1,
    etag: "1",
  });
  expect(complaint.sla!.targets.map(({ kind }) => kind)).toEqual([
    TargetKind.FIRST_RESPONSE,
    TargetKind.RESOLUTION,
  ]);
  await expect(cancel(lin, caseId)).rejects.toMatchObject({ reason: "COMPLAINT_STAYS" });
  await expect(updateCase(complaint, lin, { kind: Kind.QUESTION })).rejects.toMatchObject({
    reason: "COMPLAINT_STAYS",
  });
  await assignCase(lin, caseId, { assigneeId: chen.userId, reason: "knows the product" });
  await takeUp(chen, caseId);
  await expect(resolve(chen, caseId, SOLVED)).rejects.toMatchObject({ reason: "NOT_ACKNOWLEDGED" });
  await acknowledge(chen, caseId);
  expect(await acknowledge(chen, caseId)).toMatchObject({ etag: "4" });
  await expect(resolve(chen, caseId, SOLVED)).rejects.toMatchObject({ reason: "ROOT_CAUSE_MISSING" });
  const resolved = await resolve(chen, caseId, { ...SOLVED, rootCause: RootCause.PRODUCT_QUALITY });
  expect(resolved).toMatchObject({ status: Status.RESOLVED, rootCause: RootCause.PRODUCT_QUALITY });
  expect(stateOf(resolved, TargetKind.RESOLUTION)).toBe(TargetState.MET);
  await close(chen, caseId);
  expect(await typesOf(lin.tenantId, caseId)).toEqual([
    "CaseOpened",
    "CaseAssigned",
    "CaseMoved",
    "CaseAcknowledged",
    "CaseResolved",
    "CaseClosed",
  ]);
  const { changes } = await caseChanges(lin, caseId);
  expect(
    changes.map(({ status, assigneeId, reason, actor }) => [status, assigneeId, reason, actor?.id]),
  ).toEqual([
    [Status.NEW, "", "", lin.userId],
    [Status.ASSIGNED, chen.userId, "knows the product", lin.userId],
    [Status.IN_PROGRESS, chen.userId, "", chen.userId],
    [Status.RESOLVED, chen.userId, "", chen.userId],
    [Status.CLOSED, chen.userId, "", chen.userId],
  ]);
  const { rows } = await service.admin.query(
    "select kind from case_marks where case_id = $1 order by mark_id",
    [caseId],
  );
  expect(rows.map(({ kind }) => kind)).toEqual(["open", "resolve"]);
});

test("a case waits for its customer, goes on by the customer's word, and says what is possible", async () => {
  const lin = await service.user();
  const { caseId } = await openCase(lin);
  await expect(moveCase(lin, caseId, { status: Status.CLOSED })).rejects.toMatchObject({
    reason: "ILLEGAL_MOVE",
  });
  const waiting = await moveCase(lin, caseId, { status: Status.WAITING_CUSTOMER });
  expect(stateOf(waiting, TargetKind.FIRST_RESPONSE)).toBe(TargetState.PAUSED);
  const answered = await reply(lin, caseId);
  expect(stateOf(answered, TargetKind.FIRST_RESPONSE)).toBe(TargetState.MET);
  const goesOn = await customerReply(lin, caseId);
  expect(goesOn).toMatchObject({ status: Status.IN_PROGRESS, customerContactCount: 2 });
  expect(stateOf(goesOn, TargetKind.NEXT_RESPONSE)).toBe(TargetState.RUNNING);
  expect(goesOn.sla!.targets.map(({ state }) => state)).not.toContain(TargetState.PAUSED);
  await resolve(lin, caseId, SOLVED);
  const opened = await customerReply(lin, caseId);
  expect(opened).toMatchObject({ status: Status.IN_PROGRESS, reopenCount: 1, customerContactCount: 3 });
  expect(opened.resolveTime).toBeUndefined();
  await resolve(lin, caseId, SOLVED);
  await close(lin, caseId);
  expect(await customerReply(lin, caseId)).toMatchObject({ status: Status.CLOSED, customerContactCount: 4 });
  await expect(updateCase(await getCase(lin, caseId), lin, { topic: "a" })).rejects.toMatchObject({
    reason: "CASE_OVER",
  });
  expect(await reopen(lin, caseId, { reason: "again" })).toMatchObject({
    status: Status.IN_PROGRESS,
    reopenCount: 2,
  });
  await expect(reply(lin, caseId, { time: new Date(Date.now() + 60_000) })).rejects.toMatchObject({
    code: "INVALID_ARGUMENT",
  });
});

test("R151 a case closes only when each required step of its own process is done", async () => {
  const lin = await service.user();
  const steps = [
    { code: "confirm", label: "与客户确认" },
    { code: "record", label: "记录序列号" },
  ];
  const process = await createProcess(lin, { kind: Kind.REPAIR, steps });
  await expect(createProcess(lin, { kind: Kind.REPAIR, steps })).rejects.toMatchObject({
    reason: "PROCESS_EXISTS",
  });
  const { caseId, processVersion } = await openCase(lin, { kind: Kind.REPAIR });
  expect(processVersion).toBe(`${process.caseProcessId}/1`);
  const { caseProcessId, etag } = process;
  const caseProcess = { caseProcessId, steps: [...steps, { code: "photo", label: "拍照" }] };
  expect(await updateProcess(lin, { caseProcess, etag })).toMatchObject({ stepsVersion: 2 });
  await resolve(lin, caseId, SOLVED);
  await expect(completeStep(lin, caseId, { code: "photo" })).rejects.toMatchObject({
    reason: "UNKNOWN_STEP",
  });
  await completeStep(lin, caseId, { code: "record" });
  await expect(close(lin, caseId)).rejects.toMatchObject({
    reason: "STEPS_MISSING",
    violations: [expect.objectContaining({ field: "steps.confirm" })],
  });
  const done = await completeStep(lin, caseId, { code: "confirm" });
  expect(done.steps.map(({ doneBy }) => doneBy)).toEqual([lin.userId, lin.userId]);
  expect(await close(lin, caseId)).toMatchObject({ status: Status.CLOSED });
  expect(await openCase(lin, { kind: Kind.REPAIR })).toMatchObject({ processVersion: `${caseProcessId}/2` });
});

test("R080, R098 cases know their phase, their order and product, and what failed before", async () => {
  const lin = await service.user();
  const { tenantId } = lin;
  const [customerId, other] = [
    await knownCustomer(customer, tenantId),
    await knownCustomer(customer, tenantId),
  ];
  const [orderId, productId] = [randomUUID(), randomUUID()];
  expect(await openCase(lin, { customerId })).toMatchObject({ phase: Phase.PRE_SALE });
  await expect(openCase(lin, { customerId, orderId })).rejects.toMatchObject({ reason: "UNKNOWN_ORDER" });
  await expect(openCase(lin, { productId })).rejects.toMatchObject({ reason: "UNKNOWN_PRODUCT" });
  const order = (status: number) => ({
    id: orderId,
    customerId,
    state: { orderId, orderNumber: "O-1", customerId, status },
  });
  await sales.tell(tenantId, Product, ProductAdded, {
    id: productId,
    state: { productId, productCode: "P", displayName: "灯" },
  });
  await sales.tell(tenantId, Order, OrderDrafted, order(Order_Status.DRAFT));
  await sales.tell(tenantId, Order, OrderConfirmed, order(Order_Status.CONFIRMED));
  await sales.settled();
  expect(await openCase(lin, { customerId, orderId })).toMatchObject({ phase: Phase.IN_SALE });
  await sales.tell(tenantId, Order, OrderFulfilled, order(Order_Status.FULFILLED));
  await sales.settled();
  await expect(openCase(lin, { customerId: other, orderId })).rejects.toMatchObject({
    reason: "ORDER_OF_ANOTHER",
  });
  const fault = { kind: Kind.WARRANTY, customerId, orderId, productId, serialNumber: "SN-7" };
  const first = await openCase(lin, fault);
  expect(first).toMatchObject({ phase: Phase.AFTER_SALE, orderId, productId });
  expect(await openCase(lin, { customerId, phase: Phase.PRE_SALE })).toMatchObject({ phase: Phase.PRE_SALE });
  await openCase(lin, fault);
  const filter = `product_id == "${productId}" && serial_number == "SN-7" && phase == "AFTER_SALE"`;
  expect((await listCases(lin, { filter })).cases.map(({ number }) => number)).toEqual([3n, 5n]);
  await customer.remove(tenantId, Customer, CustomerRemoved, customerId);
  await customer.settled();
  expect(await updateCase(first, lin, { topic: "power" })).toMatchObject({ topic: "power", customerId });
});

test("R084 the list finds complaints, what is due next and what was promised, page by page", async () => {
  const lin = await service.user();
  const customerId = await knownCustomer(customer, lin.tenantId);
  const numbers = await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      openCase(lin, {
        kind: index % 2 ? Kind.COMPLAINT : Kind.QUESTION,
        priority: index % 4 ? Priority.NORMAL : Priority.URGENT,
        customerId,
        tags: index % 2 ? ["late"] : [],
      }),
    ),
  );
  expect(numbers.map(({ number }) => number).toSorted((a, b) => Number(a - b))).toEqual(
    Array.from({ length: 20 }, (_, index) => BigInt(index + 1)),
  );
  const filter = `customer_id == "${customerId}" && kind == "COMPLAINT" && "late" in tags && due_time > now && !breached`;
  const one = await listCases(lin, { filter, orderBy: "due_time", pageSize: 6 });
  const two = await listCases(lin, {
    filter,
    orderBy: "due_time",
    pageSize: 6,
    pageToken: one.nextPageToken,
  });
  expect([one.cases.length, two.cases.length, two.nextPageToken]).toEqual([6, 4, ""]);
  const all = await listCases(lin, { orderBy: "due_time" });
  expect(all.cases.slice(0, 5).every(({ priority }) => priority === Priority.URGENT)).toBe(true);
  expect((await listCases(lin, { filter: "due_time < now" })).cases).toEqual([]);
});

test("numbers have no holes where some requests are refused", async () => {
  const lin = await service.user();
  const system = { system: "zendesk", id: "7" };
  const sent = Array.from({ length: 12 }, (_, index) =>
    openCase(lin, index % 3 ? {} : { externalIds: [system] }).then(
      ({ number }) => number,
      ({ reason }: { reason: string }) => reason,
    ),
  );
  const answers = await Promise.all(sent);
  expect(answers.filter((answer) => answer === "CASE_EXISTS")).toHaveLength(3);
  const given = answers.filter((answer) => typeof answer === "bigint").toSorted((a, b) => Number(a - b));
  expect(given).toEqual(Array.from({ length: 9 }, (_, index) => BigInt(index + 1)));
});

test("a case that nobody knew whose it was is linked once, and its promises are those of the customer", async () => {
  const lin = await service.user();
  const customerId = await knownCustomer(customer, lin.tenantId, { grade: 1 });
  const { caseId, sla } = await openCase(lin);
  await expect(linkCase(lin, caseId, { customerId: randomUUID() })).rejects.toMatchObject({
    reason: "UNKNOWN_CUSTOMER",
  });
  const linked = await linkCase(lin, caseId, { customerId });
  expect(linked).toMatchObject({ customerId, grade: 1 });
  expect(await linkCase(lin, caseId, { customerId })).toMatchObject({ etag: linked.etag });
  const another = await knownCustomer(customer, lin.tenantId);
  await expect(linkCase(lin, caseId, { customerId: another })).rejects.toMatchObject({
    reason: "CASE_LINKED",
  });
  const pressed = await changePriority(lin, caseId, { priority: Priority.URGENT, reason: "line is down" });
  const promised = (of: typeof sla) => of!.targets.map(({ targetSeconds }) => targetSeconds);
  expect(promised(pressed.sla)[0]).toBeLessThan(Number(promised(sla)[0]));
});

test("merged cases go on in one with the earliest start, and a part goes on in its own", async () => {
  const lin = await service.user();
  const [customerId, other] = [
    await knownCustomer(customer, lin.tenantId),
    await knownCustomer(customer, lin.tenantId),
  ];
  const early = await openCase(lin, { customerId });
  const late = await openCase(lin);
  const foreign = await openCase(lin, { customerId: other });
  await reply(lin, early.caseId);
  await expect(mergeCases(lin, early.caseId, { absorbedCaseIds: [foreign.caseId] })).rejects.toMatchObject({
    reason: "DIFFERENT_CUSTOMERS",
  });
  await expect(mergeCases(lin, early.caseId, { absorbedCaseIds: [early.caseId] })).rejects.toMatchObject({
    code: "INVALID_ARGUMENT",
  });
  const survivor = await mergeCases(lin, late.caseId, { absorbedCaseIds: [early.caseId] });
  expect(survivor).toMatchObject({ customerId, openTime: early.openTime, customerContactCount: 2 });
  expect(stateOf(survivor, TargetKind.FIRST_RESPONSE)).toBe(TargetState.MET);
  const gone = await getCase(lin, early.caseId);
  expect(gone).toMatchObject({ status: Status.MERGED, mergedIntoCaseId: late.caseId });
  expect(stateOf(gone, TargetKind.RESOLUTION)).toBe(TargetState.VOID);
  await expect(takeUp(lin, early.caseId)).rejects.toMatchObject({ reason: "CASE_OVER" });
  await moveCase(lin, late.caseId, { status: Status.ON_HOLD });
  const { case: rest, splitOffCase: part } = await splitCase(lin, late.caseId, { subject: "另一台" });
  expect(part).toMatchObject({
    splitFromCaseId: rest!.caseId,
    status: Status.NEW,
    openTime: early.openTime,
    number: 4n,
  });
  expect(stateOf(part!, TargetKind.FIRST_RESPONSE)).toBe(TargetState.MET);
  expect(stateOf(part!, TargetKind.RESOLUTION)).toBe(TargetState.RUNNING);
  expect(await typesOf(lin.tenantId, late.caseId)).toEqual([
    "CaseOpened",
    "CasesMerged",
    "CaseMoved",
    "CaseSplit",
  ]);
});

test("contacts of the interaction service move their case: words of people, once each, and ours when they are sent", async () => {
  const lin = await service.user();
  const { tenantId } = lin;
  const { caseId } = await openCase(lin);
  await moveCase(lin, caseId, { status: Status.WAITING_CUSTOMER });
  const contact = (state: object) => {
    const interactionId = randomUUID();
    return { interactionId, channel: Channel.EMAIL, eventTime: new Date(), ...state };
  };
  const say = (state: ReturnType<typeof contact> & object, event: Codec<unknown>) =>
    interaction.tell(tenantId, Interaction, event, { id: state.interactionId, state });
  const inbound = { direction: Direction.INBOUND, caseId };
  await say(contact({ ...inbound, automatic: true }), InteractionRecorded);
  await say(contact({ direction: Direction.INTERNAL, caseId }), InteractionRecorded);
  const late = contact({ direction: Direction.INBOUND });
  await say(late, InteractionRecorded);
  await say(Object.assign({}, late, { caseId }), InteractionLinked);
  const message = contact({
    direction: Direction.OUTBOUND,
    caseId,
    delivery: { state: Delivery_State.QUEUED },
  });
  await say(message, InteractionRecorded);
  await interaction.settled();
  expect(await getCase(lin, caseId)).toMatchObject({ status: Status.IN_PROGRESS, customerContactCount: 2 });
  expect((await getCase(lin, caseId)).firstResponseTime).toBeUndefined();
  const delivery = { state: Delivery_State.SENT, stateTime: new Date() };
  await say(Object.assign({}, message, { delivery }), MessageSent);
  await interaction.settled();
  expect((await getCase(lin, caseId)).firstResponseTime).toBeInstanceOf(Date);
  expect((await typesOf(tenantId, caseId)).slice(2)).toEqual(["CaseCustomerReplied", "CaseAnswered"]);
});

test("a mailbox that asks for a case gets one for each conversation, in its queue, for whoever wrote", async () => {
  const lin = await service.user();
  const { tenantId } = lin;
  const { queueId } = await createQueue(lin, { displayName: "邮件" });
  const conversationId = randomUUID();
  const mail = (more: object) => {
    const interactionId = randomUUID();
    const state = {
      interactionId,
      channel: Channel.EMAIL,
      direction: Direction.INBOUND,
      eventTime: new Date(),
      ...more,
    };
    return interaction.tell(tenantId, Interaction, InteractionRecorded, { id: interactionId, state });
  };
  await mail({ conversationId, caseWish: { queueId }, body: "你好\n坏了", topic: "complaint/quality" });
  await mail({ conversationId, caseWish: { queueId }, subject: "还有" });
  await mail({ caseWish: { queueId: randomUUID() }, subject: "别的" });
  await interaction.settled();
  const { cases } = await listCases(lin, { orderBy: "number" });
  expect(cases).toMatchObject([
    { kind: Kind.COMPLAINT, subject: "你好", queueId, conversationId, customerContactCount: 2 },
    { kind: Kind.REQUEST, subject: "别的", queueId: "", customerContactCount: 1 },
  ]);
});

test("a letter that comes when its case is over, or unknown, gets a case that follows it, and once", async () => {
  const lin = await service.user();
  const { caseId } = await openCase(lin, { subject: "坏了" });
  await service.admin.query("update cases set status = 'CANCELLED' where case_id = $1", [caseId]);
  const conversationId = randomUUID();
  const write = (about: string, more: object = {}) => {
    const interactionId = randomUUID();
    const said = { channel: Channel.EMAIL, direction: Direction.INBOUND, eventTime: new Date() };
    const state = { interactionId, ...said, conversationId, caseId: about, caseWish: {}, ...more };
    return interaction.tell(lin.tenantId, Interaction, InteractionRecorded, { id: interactionId, state });
  };
  await write(caseId, { subject: "又坏了" });
  await write(caseId, { subject: "在吗" });
  await write(caseId, { subject: "谢谢", caseWish: undefined });
  await write(randomUUID(), { subject: "丢了", conversationId: randomUUID() });
  await interaction.settled();
  const { cases } = await listCases(lin, { orderBy: "number" });
  expect(cases).toMatchObject([
    { caseId, status: Status.CANCELLED, customerContactCount: 2 },
    { subject: "又坏了", splitFromCaseId: caseId, conversationId, customerContactCount: 2 },
    { subject: "丢了", splitFromCaseId: "", customerContactCount: 1 },
  ]);
});
