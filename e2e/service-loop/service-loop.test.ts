// The loop closed, through all services and a real mail server: a mail becomes a case, its answer a mail, the complaint an
// improvement, and the customer says what they think of it. Gateway calls and events only.
import {
  acknowledgeCase,
  activateSurvey,
  type Case,
  closeCase,
  completeCorrectiveAction,
  createCorrectiveAction,
  createCustomer,
  createMailbox,
  createQueue,
  createSurvey,
  getCase,
  getConversation,
  getCustomerStanding,
  interactionListAttachments,
  linkCases,
  listCases,
  listFeedback,
  listInteractions,
  listTasks,
  listUsers,
  moveCase,
  queryServiceFigures,
  querySatisfactionFigures,
  receiveMail,
  resolveCase,
  sendMessage,
  serviceDeskUploadAttachment,
  startCorrectiveAction,
  updateCase,
} from "@guanxi/client/gen/guanxi";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { LONG, startSystem, type System } from "../system/rig.ts";
import { startMailSink } from "./mail-sink.ts";

const ZHANG = "zhang.san@blueharbor.example";
const SUPPORT = "support@morninglight.example";

let sink: Awaited<ReturnType<typeof startMailSink>>;
let system: System;
beforeAll(async () => {
  sink = await startMailSink();
  system = await startSystem({ SMTP_URL: sink.url });
}, 120_000);
afterAll(async () => {
  await system?.stop();
  await sink?.stop();
}, 60_000);

const key = () => ({ "Idempotency-Key": crypto.randomUUID() });

const letter = (headers: Record<string, string>, text: string) =>
  new Blob([
    Object.entries({
      From: `Zhang San <${ZHANG}>`,
      To: SUPPORT,
      "Content-Type": "text/plain; charset=utf-8",
      ...headers,
    })
      .map(([name, value]) => `${name}: ${value}\r\n`)
      .join(""),
    `\r\n${text}\r\n`,
  ]);

/** As soon as it is so: what one service says, another hears a moment later. */
const until = <T>(look: () => Promise<T | undefined>): Promise<T> => vi.waitUntil(look, LONG);

test("R082, R083, R005, R071, R051, R019 from a mail to what the customer thinks of our answer", {
  timeout: 180_000,
}, async () => {
  const { users } = await listUsers();
  const idOf = (name: string) => users.find(({ displayName }) => displayName === name)!.userId;
  const customer = await createCustomer({
    kind: "KIND_PERSON",
    displayName: "张三",
    ownerId: idOf("林晓"),
    contactPoints: [{ kind: "KIND_EMAIL", value: ZHANG }],
  });
  const { queueId } = await createQueue({
    displayName: "Complaints",
    leadId: idOf("陈静"),
    members: [{ userId: idOf("王磊"), capacity: 10 }],
  });
  const { mailboxId } = await createMailbox({
    address: SUPPORT,
    displayName: "Morning Light",
    opensCases: true,
    queueId,
    active: true,
  });
  const survey = await createSurvey({
    displayName: "After a case",
    trigger: "TRIGGER_AFTER_CASE_CLOSED",
    languageCode: "en",
    questions: [{ code: "recommend", kind: "KIND_NPS", text: "Would you recommend us?" }],
  });
  await activateSurvey(survey.surveyId, {});
  await system.settled();

  // In comes a mail, twice, as mails do.
  const first = { Subject: "The chair broke", "Message-ID": "<chair-1@blueharbor.example>" };
  const mail = await receiveMail(mailboxId, letter(first, "It broke on the first day."));
  await receiveMail(mailboxId, letter(first, "It broke on the first day."));
  expect(mail.mailboxId).toBe(mailboxId);
  const opened = await until(async () => (await listCases()).cases[0]);
  expect(opened).toMatchObject({
    subject: "The chair broke",
    origin: "ORIGIN_EMAIL",
    customerId: customer.customerId,
    queueId,
    assigneeId: idOf("王磊"),
  });
  const target = (it: Case, kind: string) => it.sla?.targets.find((each) => each.kind === kind);
  expect(target(opened, "KIND_FIRST_RESPONSE")?.dueTime).toBeTruthy();

  // It is a complaint: we have it, says a notice.
  const complaint = await updateCase(
    opened.caseId,
    { kind: "KIND_COMPLAINT" },
    { "If-Match": `"${opened.etag}"` },
  );
  expect(complaint.kind).toBe("KIND_COMPLAINT");
  await acknowledgeCase(opened.caseId, { customerMessage: "We have your complaint." });
  await sink.saying("We have your complaint.");

  // A person answers; the mail goes into the customer's thread, and the promise is kept.
  const conversationId = await until(async () => (await getCase(opened.caseId)).conversationId || undefined);
  await until(async () => (await getConversation(conversationId)).caseId || undefined);
  await sendMessage(
    {
      customerId: customer.customerId,
      conversationId,
      caseId: opened.caseId,
      subject: "Re: The chair broke",
      body: "A new one is on its way.",
    },
    key(),
  );
  const answer = await sink.saying("A new one is on its way.");
  expect(answer.inReplyTo).toBe("<chair-1@blueharbor.example>");
  const answered = await until(async () => {
    const it = await getCase(opened.caseId);
    return it.firstResponseTime ? it : undefined;
  });
  expect(target(answered, "KIND_FIRST_RESPONSE")?.state).toBe("STATE_MET");

  // The customer has to say something: the clock stands until they do, by a mail with what we wrote below.
  await moveCase(opened.caseId, { status: "STATUS_WAITING_CUSTOMER", reason: "which colour?" });
  const second = {
    Subject: "Re: The chair broke",
    "Message-ID": "<chair-2@blueharbor.example>",
    "In-Reply-To": answer.messageId!,
  };
  await receiveMail(mailboxId, letter(second, "Blue please.\r\n\r\n> A new one is on its way."));
  const going = await until(async () => {
    const it = await getCase(opened.caseId);
    return it.status === "STATUS_IN_PROGRESS" ? it : undefined;
  });
  expect(going.customerContactCount).toBe(2);
  const { interactions } = await listInteractions({
    filter: `conversation_id == "${conversationId}"`,
    orderBy: "event_time",
  });
  expect(
    interactions.filter(({ direction }) => direction === "DIRECTION_INBOUND").map(({ body }) => body.trim()),
  ).toEqual(["It broke on the first day.", "Blue please."]);

  // Files hang at the case.
  const picture = new Blob([Buffer.from("the bill")]);
  const kept = await serviceDeskUploadAttachment("case", opened.caseId, "bill.txt", picture);
  expect(kept).toMatchObject({ sizeBytes: "8", contentType: "text/plain; charset=utf-8" });
  expect(
    (
      await interactionListAttachments({
        recordKind: "interaction",
        recordId: interactions[0]!.interactionId,
      })
    ).attachments,
  ).toEqual([]);

  // Resolved with its cause, closed, answered by an improvement that the customer hears of.
  await expect(resolveCase(opened.caseId, { resolution: "RESOLUTION_SOLVED" })).rejects.toMatchObject({
    problem: { reason: "ROOT_CAUSE_MISSING" },
  });
  await resolveCase(opened.caseId, {
    resolution: "RESOLUTION_SOLVED",
    rootCause: "ROOT_CAUSE_PRODUCT_QUALITY",
  });
  const action = await createCorrectiveAction({
    title: "Stronger legs",
    rootCause: "ROOT_CAUSE_PRODUCT_QUALITY",
  });
  await linkCases(action.correctiveActionId, { caseIds: [opened.caseId] });
  await startCorrectiveAction(action.correctiveActionId, {});
  await completeCorrectiveAction(action.correctiveActionId, {
    customerMessage: "Our chairs have stronger legs now.",
  });
  expect((await sink.saying("stronger legs now")).to).toMatchObject({ text: ZHANG });

  // Asked what they think; whoever has the link answers without an account.
  await closeCase(opened.caseId, {});
  const invitation = await sink.saying("/v1/surveyAnswers/");
  const [link] = /\/v1\/surveyAnswers\/[\w.~-]+/.exec(invitation.text!)!;
  const form = await fetch(system.url + link);
  expect(form.status).toBe(200);
  const given = { answers: [{ questionCode: "recommend", score: 3 }] };
  const submit = () =>
    fetch(`${system.url}${link}:answer`, {
      method: "POST",
      headers: { "content-type": "application/json", "idempotency-key": crypto.randomUUID() },
      body: JSON.stringify(given),
    });
  expect((await submit()).status).toBe(200);
  expect((await submit()).status).toBe(409);
  expect(await getCustomerStanding(customer.customerId)).toMatchObject({ standing: "STANDING_DETRACTOR" });
  const { tasks } = await listTasks({ filter: 'kind == "RECOVERY"' });
  expect(tasks).toMatchObject([{ assigneeId: idOf("林晓"), customerId: customer.customerId }]);
  expect((await listFeedback()).feedback).toMatchObject([{ source: "SOURCE_SURVEY", caseId: opened.caseId }]);

  // And the figures say so.
  await system.settled();
  const { groups } = await queryServiceFigures();
  const values = Object.fromEntries(groups[0]!.figures.map(({ figure, value }) => [figure, value]));
  expect(values).toMatchObject({
    cases: 1,
    complaints: 1,
    sla_attainment_first_response: 1,
    complaint_response_rate: 1,
    reopen_rate: 0,
    first_contact_resolution: 0,
  });
  const satisfaction = (await querySatisfactionFigures()).groups[0]!.figures;
  expect(Object.fromEntries(satisfaction.map(({ figure, value }) => [figure, value]))).toMatchObject({
    answers: 1,
    net_promoter_score: -100,
    response_rate: 1,
  });
});
