import { randomUUID } from "node:crypto";
import { existsSync, globSync, readFileSync } from "node:fs";
import path from "node:path";
import { ContactPoint_Kind } from "@guanxi/contract/guanxi/customer/v1/contact_point";
import { Customer } from "@guanxi/contract/guanxi/customer/v1/customer";
import { CustomerRegistered } from "@guanxi/contract/guanxi/customer/v1/customer_events";
import {
  Delivery_State,
  EmailDetail_Kind,
  type Interaction,
} from "@guanxi/contract/guanxi/interaction/v1/interaction";
import {
  InteractionServiceService as interactions,
  GetInteractionRequest,
  ResendMessageRequest,
  SendMessageRequest,
} from "@guanxi/contract/guanxi/interaction/v1/interaction_service";
import { type Mail, Mail_State } from "@guanxi/contract/guanxi/interaction/v1/mailbox";
import {
  CreateMailboxRequest,
  GetMailCountsRequest,
  GetMailRequest,
  ListMailsRequest,
  DownloadMailRequest,
  MailboxServiceService as mailboxes,
  ReceiveMailRequest,
  RereadMailRequest,
  UpdateMailboxRequest,
} from "@guanxi/contract/guanxi/interaction/v1/mailbox_service";
import {
  ListTasksRequest,
  TaskServiceService as tasks,
} from "@guanxi/contract/guanxi/interaction/v1/task_service";
import { fetchFile, sendFile } from "@guanxi/testkit/files";
import { startService, type TestUser } from "@guanxi/testkit/service";
import { startTeller } from "@guanxi/testkit/teller";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { interaction } from "../src/app.ts";
import { startSink } from "./smtp-sink.ts";

const DATA = path.join(import.meta.dirname, "../../../../shared/data");
const AT_ONCE = 20;
const here = existsSync(path.join(DATA, "mail-mikel"));

let service: Awaited<ReturnType<typeof startService>>;
let customers: Awaited<ReturnType<typeof startTeller>>;
let sink: Awaited<ReturnType<typeof startSink>>;
beforeAll(async () => {
  sink = await startSink();
  service = await startService(interaction, { SMTP_URL: sink.url });
  customers = await startTeller(service, "customer");
});
afterAll(async () => {
  await customers.stop();
  await service.stop();
  await sink.close();
});

async function company(mailbox: object = {}) {
  const user = await service.user();
  const made = await user.call(
    mailboxes.createMailbox,
    CreateMailboxRequest.fromPartial({
      mailbox: { address: "help@example.com", displayName: "Help", active: true, ...mailbox },
    }),
  );
  return { user, ...made };
}

async function customerAt(tenantId: string, address: string): Promise<string> {
  const customerId = randomUUID();
  const contactPoints = [{ kind: ContactPoint_Kind.EMAIL, value: address, normalised: address }];
  const state = { customerId, displayName: address, contactPoints };
  await customers.tell(tenantId, Customer, CustomerRegistered, { id: customerId, customerId, state });
  await customers.settled();
  return customerId;
}

const send = (user: TestUser, customerId: string, more: object = {}) =>
  user.call(
    interactions.sendMessage,
    SendMessageRequest.fromPartial({
      ...{ customerId, subject: "Your order", body: "It is on its way.", requestId: randomUUID() },
      ...more,
    }),
  );

const read = (user: TestUser, interactionId: string) =>
  user.call(interactions.getInteraction, GetInteractionRequest.fromPartial({ interactionId }));

/** Until the sender has done with it. */
const delivered = (user: TestUser, { interactionId }: Interaction, ...states: number[]) =>
  vi.waitFor(
    async () => {
      const it = await read(user, interactionId);
      expect(states).toContain(it.delivery!.state);
      return it;
    },
    { timeout: 15_000, interval: 50 },
  );

function receive(
  user: TestUser,
  mailboxId: string,
  mail: Buffer | string | readonly string[],
): Promise<Mail> {
  const bytes = Buffer.isBuffer(mail)
    ? mail
    : Buffer.from(typeof mail === "string" ? mail : mail.join("\r\n"));
  const to = { address: service.grpcAddress(), token: user.token };
  const pieces = Array.from({ length: Math.ceil(bytes.length / 1_000_000) || 1 }, (_, at) =>
    ReceiveMailRequest.fromPartial({
      mailboxId: at === 0 ? mailboxId : "",
      file: { contentType: "message/rfc822", data: bytes.subarray(at * 1_000_000, (at + 1) * 1_000_000) },
    }),
  );
  return sendFile(to, mailboxes.receiveMail, pieces);
}

const letter = (id: string, more: readonly string[] = [], from = "lin@example.org") => [
  `From: Lin <${from}>`,
  "To: help@example.com",
  "Subject: Printer",
  `Message-ID: <${id}@example.org>`,
  `Date: ${new Date().toUTCString()}`,
  ...more,
];

const counts = (user: TestUser) => user.call(mailboxes.getMailCounts, GetMailCountsRequest.fromPartial({}));

test("a message is claimed, sent and told, under a Message-ID that is its own", async () => {
  const { user, mailboxId } = await company({ signature: "The team" });
  const customerId = await customerAt(user.tenantId, "buyer@example.org");
  const sent = await delivered(user, await send(user, customerId), Delivery_State.SENT);
  const messageId = `${sent.interactionId}.${user.tenantId}@example.com`;
  expect(sent.delivery).toMatchObject({ attempts: 1, purpose: "service" });
  expect(sent.detail).toMatchObject({
    $case: "email",
    value: { messageId, mailboxId, from: "help@example.com" },
  });
  const [mail] = sink.mails.filter((each) => each.messageId === messageId);
  expect(mail).toMatchObject({ to: "buyer@example.org" });
  expect(mail!.text).toBe("It is on its way.\n\n-- \nThe team\n");
  const said = (await service.events(user.tenantId)).map(({ type }) => type);
  expect(said.filter((type) => type.startsWith("Message"))).toEqual(["MessageClaimed", "MessageSent"]);
});

test("what a server refuses for good has failed, what it refuses for now waits, and what got lost is left alone", async () => {
  const { user } = await company();
  const to = async (address: string, ...states: number[]) =>
    delivered(user, await send(user, await customerAt(user.tenantId, address)), ...states);
  const gone = await to("gone@example.org", Delivery_State.FAILED);
  expect(gone.delivery).toMatchObject({ attempts: 1, detail: expect.stringContaining("5.1.1 no such user") });
  expect((await to("junk@example.org", Delivery_State.FAILED)).delivery!.detail).toContain("5.7.1");
  const lost = await send(user, await customerAt(user.tenantId, "lost@example.org"));
  await vi.waitFor(
    async () =>
      expect((await read(user, lost.interactionId)).delivery!.detail).toMatch(/^Nobody knows whether/),
    { timeout: 15_000 },
  );
  expect((await read(user, lost.interactionId)).delivery!.state).toBe(Delivery_State.SENDING);
  expect(sink.to("lost@example.org")).toHaveLength(1);
  const later = await send(user, await customerAt(user.tenantId, "later@example.org"));
  await vi.waitFor(
    async () => expect((await read(user, later.interactionId)).delivery!.detail).toContain("greylisted"),
    { timeout: 15_000 },
  );
  expect((await read(user, later.interactionId)).delivery).toMatchObject({
    state: Delivery_State.QUEUED,
    attempts: 1,
  });
  const { rows } = await service.admin.query(
    "select due_time > now() + interval '30 seconds' as later from jobs where name = 'send_message' and subject_id = $1",
    [later.interactionId],
  );
  expect(rows).toEqual([{ later: true }]);
  // A person decides that what got lost is sent again: under the same Message-ID, so that the other side can tell.
  await user.call(
    interactions.resendMessage,
    ResendMessageRequest.fromPartial({ interactionId: lost.interactionId, requestId: randomUUID() }),
  );
  await vi.waitFor(() => expect(sink.to("lost@example.org")).toHaveLength(2), { timeout: 15_000 });
  expect(new Set(sink.to("lost@example.org").map(({ messageId }) => messageId)).size).toBe(1);
});

test("a refusal of who sends burns no message: it waits, and so does what follows where nothing of ours is taken", async () => {
  const { user } = await company({ address: "closed@example.com" });
  const waiting = async (address: string, detail: RegExp) => {
    const sent = await send(user, await customerAt(user.tenantId, address));
    await vi.waitFor(
      async () => expect((await read(user, sent.interactionId)).delivery!.detail).toMatch(detail),
      { timeout: 15_000 },
    );
    const { delivery } = await read(user, sent.interactionId);
    expect(delivery).toMatchObject({ state: Delivery_State.QUEUED, attempts: 0 });
    const { rows } = await service.admin.query(
      "select due_time > now() + interval '10 minutes' as later from jobs where name = 'send_message' and subject_id = $1",
      [sent.interactionId],
    );
    expect(rows).toEqual([{ later: true }]);
  };
  for (const [code, message] of [
    [530, "5.7.0 Authentication required"],
    [550, "5.4.5 Daily sending quota exceeded"],
    [553, "5.7.1 Sender address rejected"],
  ] as const) {
    sink.refusals.set("closed@example.com", [code, message]);
    await waiting(`c${code}@example.org`, new RegExp(message));
  }
});

test("a line break in a subject breaks out of no header", async () => {
  const { user } = await company();
  const customerId = await customerAt(user.tenantId, "header@example.org");
  const sent = await send(user, customerId, { subject: "Hello\r\nBcc: evil@example.org" });
  const failed = await delivered(user, sent, Delivery_State.FAILED);
  expect(failed.delivery!.detail).toContain("Take the line breaks");
  expect(sink.to("header@example.org")).toEqual([]);
});

test("without a mailbox a message waits, and says why", async () => {
  const user = await service.user();
  const queued = await send(user, await customerAt(user.tenantId, "waits@example.org"));
  await vi.waitFor(
    async () =>
      expect((await read(user, queued.interactionId)).delivery!.detail).toMatch(/no active mailbox/),
    { timeout: 15_000 },
  );
  expect((await read(user, queued.interactionId)).delivery!.state).toBe(Delivery_State.QUEUED);
});

test("R060 a mail becomes a contact of its customer, once, and an answer to ours joins the conversation", async () => {
  const { user, mailboxId } = await company();
  const customerId = await customerAt(user.tenantId, "lin@example.org");
  const first = letter("one", [
    "Content-Type: text/html",
    "",
    "<p>It <b>jams</b>.</p><script>alert(1)</script>",
  ]);
  const stored = await receive(user, mailboxId, first);
  expect(stored).toMatchObject({ state: Mail_State.STORED, messageId: "one@example.org" });
  expect(await receive(user, mailboxId, first)).toMatchObject({
    state: Mail_State.DUPLICATE,
    interactionId: stored.interactionId,
  });
  const contact = await read(user, stored.interactionId);
  expect(contact).toMatchObject({
    customerId,
    partyAddress: "lin@example.org",
    partyName: "Lin",
    subject: "Printer",
  });
  expect(contact.detail).toMatchObject({
    value: { safeHtml: "<p>It <b>jams</b>.</p>", kind: EmailDetail_Kind.MESSAGE },
  });

  const ours = await delivered(
    user,
    await send(user, customerId, {
      inReplyToInteractionId: stored.interactionId,
      conversationId: contact.conversationId,
    }),
    Delivery_State.SENT,
  );
  expect(ours.conversationId).toBe(contact.conversationId);
  const [sunk] = sink.mails.filter(({ messageId }) => messageId.startsWith(ours.interactionId));
  expect(sunk!.headers.get("in-reply-to")).toBe("<one@example.org>");
  const answer = await receive(user, mailboxId, [
    ...letter("two", [`In-Reply-To: <${sunk!.messageId}>`, "Subject: something else"], "other@example.org"),
    "",
    "好了，谢谢。\r\n\r\n在 2026年1月5日，Help <help@example.com> 写道：\r\n> It is on its way.\r\n\r\n发自我的iPhone",
  ]);
  const answered = await read(user, answer.interactionId);
  expect(answered.conversationId).toBe(contact.conversationId);
  expect(answered.body).toBe("好了，谢谢。");
  // A program that names no thread: the subject between the same two.
  const third = await receive(user, mailboxId, [
    ...letter("three").with(2, "Subject: RE: Printer"),
    "",
    "still",
  ]);
  expect((await read(user, third.interactionId)).conversationId).toBe(contact.conversationId);
  const stranger = letter("four", [], "stranger@example.org").with(2, "Subject: RE: Printer");
  const fourth = await receive(user, mailboxId, [...stranger, "", "me too"]);
  expect((await read(user, fourth.interactionId)).conversationId).not.toBe(contact.conversationId);
  expect(await counts(user)).toEqual({
    ...{ totalCount: 5, receivedCount: 0, storedCount: 4, duplicateCount: 1, refusedCount: 0 },
  });
});

test("letters of one subject are matters of their own, and who names the mails of others moves none of theirs", async () => {
  const { user, mailboxId } = await company();
  const take = async (
    id: string,
    more: readonly string[],
    subject = "Contact form",
    from = "form@example.net",
  ) => {
    const mail = [...letter(id, more, from).with(2, `Subject: ${subject}`), "", id];
    return (await read(user, (await receive(user, mailboxId, mail)).interactionId)).conversationId;
  };
  const first = await take("form1", []);
  const second = await take("form2", []);
  expect(second).not.toBe(first);
  expect(await take("form3", [], "Re: Contact form")).toBe(second);

  const theirs = await take("theirs", [], "Hello", "lin@example.org");
  const mine = await take("mine", [], "Hello", "mallory@example.org");
  const named = ["In-Reply-To: <mine@example.org>", "References: <theirs@example.org>"];
  expect(await take("grab", named, "Re: Hello", "mallory@example.org")).toBe(mine);
  const answer = ["In-Reply-To: <theirs@example.org>"];
  expect(await take("back", answer, "Re: Hello", "lin@example.org")).toBe(theirs);
});

test("a wait begins when a mail comes in, whatever the clock of who wrote it says", async () => {
  const { user, mailboxId } = await company();
  const at = async (id: string, agoMs: number) => {
    const date = `Date: ${new Date(Date.now() - agoMs).toUTCString()}`;
    const { interactionId, receiveTime } = await receive(user, mailboxId, [
      ...letter(id).with(4, date),
      "",
      id,
    ]);
    const { eventTime } = await read(user, interactionId);
    return receiveTime!.getTime() - eventTime!.getTime();
  };
  expect(await at("days", 3 * 86_400_000)).toBe(0);
  expect(await at("ahead", -3_600_000)).toBe(0);
  expect(await at("minutes", 600_000)).toBeGreaterThanOrEqual(600_000);
});

test("50 deliveries of one mail at once are one contact", async () => {
  const { user, mailboxId } = await company();
  const mail = [...letter("same"), "", "x"];
  const answers = await Promise.all(Array.from({ length: 50 }, () => receive(user, mailboxId, mail)));
  expect(new Set(answers.map(({ interactionId }) => interactionId)).size).toBe(1);
  expect(await counts(user)).toMatchObject({ totalCount: 50, storedCount: 1, duplicateCount: 49 });
});

test("a bounce and a complaint stand at the message that they are about", async () => {
  const { user, mailboxId } = await company();
  const ours = await delivered(
    user,
    await send(user, await customerAt(user.tenantId, "bounces@example.org")),
    Delivery_State.SENT,
  );
  const messageId = `${ours.interactionId}.${user.tenantId}@example.com`;
  const report = (id: string, type: string, part: readonly string[]) => [
    ...[
      "From: MAILER-DAEMON@mx.example.org",
      "To: help@example.com",
      "Subject: Undelivered",
      "Return-Path: <>",
    ],
    ...[`Message-ID: <${id}@mx.example.org>`, "MIME-Version: 1.0"],
    ...[
      `Content-Type: multipart/report; report-type=${type}; boundary=b`,
      "",
      "--b",
      "Content-Type: text/plain",
      "",
    ],
    ...["It did not arrive.", "--b", ...part, "", "--b", "Content-Type: text/rfc822-headers", ""],
    ...[`Message-ID:`, ` <${messageId}>`, "", "--b--"],
  ];
  const failure = ["Final-Recipient: rfc822; bounces@example.org", "Action: failed", "Status: 5.1.1"];
  const status = ["Content-Type: message/delivery-status", "", "Reporting-MTA: dns; mx", "", ...failure];
  const bounce = await receive(user, mailboxId, report("b1", "delivery-status", status));
  const bounced = await read(user, ours.interactionId);
  expect(bounced.delivery).toMatchObject({ state: Delivery_State.BOUNCED });
  expect(bounced.delivery!.detail).toContain("for good: 5.1.1");
  const said = await read(user, bounce.interactionId);
  expect(said).toMatchObject({ automatic: true, conversationId: ours.conversationId });
  const abuse = ["Content-Type: message/feedback-report", "", "Feedback-Type: abuse"];
  await receive(user, mailboxId, report("c1", "feedback-report", abuse));
  expect((await read(user, ours.interactionId)).delivery!.state).toBe(Delivery_State.COMPLAINED);
  const types = (await service.events(user.tenantId)).map(({ type }) => type);
  expect(types.filter((type) => type === "MessageBounced")).toHaveLength(2);
});

test("a bounce is told to whoever wrote, who was answered waits again, and it may be sent once more", async () => {
  const { user, mailboxId } = await company();
  const asked = await receive(user, mailboxId, [...letter("lost1", [], "moved@example.org"), "", "help"]);
  const waits = async () => (await read(user, asked.interactionId)).reply!;
  const ours = await delivered(
    user,
    await send(user, "", { inReplyToInteractionId: asked.interactionId }),
    Delivery_State.SENT,
  );
  expect((await waits()).replyInteractionId).toBe(ours.interactionId);
  const messageId = `${ours.interactionId}.${user.tenantId}@example.com`;
  const head = ["From: MAILER-DAEMON@mx.example.org", "To: help@example.com", "Subject: Undelivered"];
  const type = "Content-Type: multipart/report; report-type=delivery-status; boundary=b";
  const status = ["Content-Type: message/delivery-status", "", "Reporting-MTA: dns; mx", ""];
  const failure = ["Final-Recipient: rfc822; moved@example.org", "Action: failed", "Status: 4.4.7", ""];
  const about = ["--b", "Content-Type: text/rfc822-headers", "", `Message-ID: <${messageId}>`, "", "--b--"];
  const ids = ["Return-Path: <>", "Message-ID: <lost2@mx.example.org>", "MIME-Version: 1.0"];
  await receive(user, mailboxId, [...head, ...ids, type, "", "--b", ...status, ...failure, ...about]);
  await vi.waitFor(async () => expect((await waits()).replyInteractionId).toBe(""), { timeout: 20_000 });
  expect((await waits()).dueTime).toBeInstanceOf(Date);
  const alerts = await user.call(tasks.listTasks, ListTasksRequest.fromPartial({}));
  expect(alerts.tasks).toMatchObject([
    { title: "A message to moved@example.org came back: Your order", assigneeId: user.userId },
  ]);
  await user.call(
    interactions.resendMessage,
    ResendMessageRequest.fromPartial({ interactionId: ours.interactionId, requestId: randomUUID() }),
  );
  await delivered(user, ours, Delivery_State.SENT);
  expect((await waits()).replyInteractionId).toBe(ours.interactionId);
});

test("a letter is acknowledged once a day, what a machine wrote never", async () => {
  const { user, mailboxId } = await company({ acknowledgement: "We have got it.", opensCases: true });
  const address = "asks@example.org";
  const first = await receive(user, mailboxId, [...letter("a1", [], address), "", "help"]);
  await vi.waitFor(() => expect(sink.to(address)).toHaveLength(1), { timeout: 15_000 });
  const [mail] = sink.to(address);
  expect(mail).toMatchObject({ text: "We have got it.\n" });
  expect(mail!.headers.get("auto-submitted")).toBe("auto-replied");
  await receive(user, mailboxId, [...letter("a2", [], address), "", "again"]);
  for (const [at, header] of [
    "Auto-Submitted: auto-replied",
    "List-Id: <l.example.org>",
    "Precedence: bulk",
  ].entries())
    await receive(user, mailboxId, [...letter(`q${at}`, [header], `quiet${at}@example.org`), "", "away"]);
  await receive(user, mailboxId, [...letter("own", [], "help@example.com"), "", "loop"]);
  const { rows } = await service.admin.query(
    "select count(*)::int from interactions where tenant_id = $1 and direction = 'OUTBOUND'",
    [user.tenantId],
  );
  expect(rows).toEqual([{ count: 1 }]);
  expect((await read(user, first.interactionId)).caseWish).toEqual({ queueId: "" });
});

test("what is too large, empty or for a closed mailbox is counted and refused, and the mail can be read as it came", async () => {
  const { user, mailboxId, etag } = await company();
  const large = Buffer.alloc(26 * 1024 * 1024, "x");
  expect(await receive(user, mailboxId, large)).toMatchObject({
    ...{ state: Mail_State.REFUSED, reason: "MAIL_TOO_LARGE", sizeBytes: large.length },
  });
  expect(await receive(user, mailboxId, "")).toMatchObject({
    state: Mail_State.REFUSED,
    reason: "MAIL_EMPTY",
  });
  await user.call(
    mailboxes.updateMailbox,
    UpdateMailboxRequest.fromPartial({ mailbox: { mailboxId, active: false }, etag, updateMask: ["active"] }),
  );
  const mail = letter("late", ["", "x"]);
  const kept = await receive(user, mailboxId, mail);
  expect(kept).toMatchObject({ state: Mail_State.REFUSED, reason: "MAILBOX_INACTIVE" });
  const from = { address: service.grpcAddress(), token: user.token };
  const pieces = await fetchFile(
    from,
    mailboxes.downloadMail,
    DownloadMailRequest.fromPartial({ mailId: kept.mailId }),
  );
  expect(Buffer.concat(pieces.map(({ data }) => data)).toString()).toBe(mail.join("\r\n"));
  expect(await counts(user)).toMatchObject({ totalCount: 3, refusedCount: 3 });
  const { mails } = await user.call(
    mailboxes.listMails,
    ListMailsRequest.fromPartial({ filter: "state == 'REFUSED'" }),
  );
  expect(mails.map(({ reason }) => reason)).toEqual(["MAILBOX_INACTIVE", "MAIL_EMPTY", "MAIL_TOO_LARGE"]);
  // Somebody hears of each, and of a closed mailbox once a day.
  const again = await receive(user, mailboxId, letter("later", ["", "y"]));
  const { tasks: alerts } = await user.call(tasks.listTasks, ListTasksRequest.fromPartial({}));
  const refused = alerts.map(({ title }) => title.split(": ")[1]);
  expect(new Set(refused)).toEqual(new Set(["MAILBOX_INACTIVE", "MAIL_TOO_LARGE"]));
  expect(refused).toHaveLength(2);
  const reread = (mailId: string) =>
    user.call(mailboxes.rereadMail, RereadMailRequest.fromPartial({ mailId, requestId: randomUUID() }));
  expect(await reread(again.mailId)).toMatchObject({ state: Mail_State.RECEIVED, reason: "" });
  const stored = await vi.waitFor(
    async () => {
      const mail = await user.call(mailboxes.getMail, GetMailRequest.fromPartial({ mailId: again.mailId }));
      expect(mail.state).toBe(Mail_State.STORED);
      return mail;
    },
    { timeout: 20_000, interval: 100 },
  );
  expect((await read(user, stored.interactionId)).body).toBe("y");
  expect(await reread(again.mailId)).toMatchObject({ state: Mail_State.STORED });
  await expect(reread(mails[1]!.mailId)).rejects.toMatchObject({ reason: "MAIL_NOT_KEPT" });
  const filter = `interaction_id == '${stored.interactionId}'`;
  const found = await user.call(mailboxes.listMails, ListMailsRequest.fromPartial({ filter }));
  expect(found.mails.map(({ mailId }) => mailId)).toEqual([again.mailId]);
});

test("a letter to two mailboxes asks for a case where one of them does", async () => {
  const { user, mailboxId } = await company();
  const mailbox = { address: "service@example.com", active: true, opensCases: true };
  const desk = await user.call(mailboxes.createMailbox, CreateMailboxRequest.fromPartial({ mailbox }));
  const mail = [...letter("both"), "", "x"];
  const { interactionId } = await receive(user, mailboxId, mail);
  expect((await read(user, interactionId)).caseWish).toBeUndefined();
  const second = await receive(user, desk.mailboxId, mail);
  expect(second).toMatchObject({ state: Mail_State.DUPLICATE, interactionId });
  expect((await read(user, interactionId)).caseWish).toEqual({ queueId: "" });
});

test("an answer goes to whoever wrote, where they ask for it, also to a stranger, and to nobody else's", async () => {
  const { user, mailboxId } = await company();
  const wrote = await receive(user, mailboxId, [...letter("ask1", ["Reply-To: desk@example.org"]), "", "x"]);
  const strange = await receive(user, mailboxId, [...letter("ask2", [], "who@example.org"), "", "y"]);
  const loop = await receive(user, mailboxId, [
    ...letter("ask3", ["Reply-To: help@example.com"], "me@example.org"),
    "",
    "z",
  ]);
  const answer = async ({ interactionId }: Mail, more: object = {}) =>
    send(user, "", { inReplyToInteractionId: interactionId, ...more });
  const sent = await answer(wrote);
  const { conversationId } = await read(user, wrote.interactionId);
  expect(sent).toMatchObject({ partyAddress: "desk@example.org", conversationId });
  expect(await send(user, "", { conversationId })).toMatchObject({ partyAddress: "desk@example.org" });
  expect(await answer(strange)).toMatchObject({ partyAddress: "who@example.org", customerId: "" });
  expect(await answer(loop)).toMatchObject({ partyAddress: "me@example.org" });
  await expect(send(user, "")).rejects.toMatchObject({ reason: "CUSTOMER_MISSING" });
  const known = await customerAt(user.tenantId, "known@example.org");
  const other = await customerAt(user.tenantId, "other@example.org");
  const theirs = await receive(user, mailboxId, [...letter("ask4", [], "known@example.org"), "", "q"]);
  const caseId = randomUUID();
  expect(await answer(theirs, { caseId })).toMatchObject({
    partyAddress: "known@example.org",
    customerId: known,
  });
  for (const into of [
    { inReplyToInteractionId: theirs.interactionId },
    { conversationId: (await read(user, theirs.interactionId)).conversationId },
    { caseId },
  ])
    await expect(send(user, other, into)).rejects.toMatchObject({ reason: "OTHER_CUSTOMER" });
});

test("each letter asks for a case, also in a conversation that has one, since that may be over", async () => {
  const { user, mailboxId } = await company({ opensCases: true });
  const first = await receive(user, mailboxId, [...letter("w1"), "", "x"]);
  const { conversationId } = await read(user, first.interactionId);
  await service.admin.query("update conversations set case_id = $2 where conversation_id = $1", [
    conversationId,
    randomUUID(),
  ]);
  const second = await receive(user, mailboxId, [
    ...letter("w2", ["In-Reply-To: <w1@example.org>"]),
    "",
    "y",
  ]);
  const again = await read(user, second.interactionId);
  expect(again).toMatchObject({ conversationId, caseWish: { queueId: "" } });
});

test("a mailbox has its address alone, and one of them is the default", async () => {
  const { user, mailboxId, address, default: main } = await company();
  expect(main).toBe(true);
  const make = (mailbox: object) =>
    user.call(
      mailboxes.createMailbox,
      CreateMailboxRequest.fromPartial({ mailbox: { active: true, ...mailbox } }),
    );
  await expect(make({ address: address.toUpperCase() })).rejects.toMatchObject({ reason: "MAILBOX_EXISTS" });
  const other = await make({ address: "sales@example.com", default: true });
  expect(other.default).toBe(true);
  const { etag } = other;
  const stale = { mailbox: { mailboxId: other.mailboxId, default: false }, etag, updateMask: ["default"] };
  await expect(
    user.call(mailboxes.updateMailbox, UpdateMailboxRequest.fromPartial(stale)),
  ).rejects.toMatchObject({
    reason: "INVALID_REQUEST",
  });
  const { rows } = await service.admin.query("select is_default from mailboxes where mailbox_id = $1", [
    mailboxId,
  ]);
  expect(rows).toEqual([{ is_default: false }]);
});

test.skipIf(!here)("the mails of three suites come in, and the counts add up", async () => {
  const { user, mailboxId } = await company({ acknowledgement: "We have got it." });
  const names = ["mail-mikel/**/*.eml", "mail-mikel/sample_output_multipart", "mail-mailparser/fixtures/*"];
  const files = globSync([...names, "mail-reply-*/emails/*"], { cwd: DATA }).map((file) =>
    path.join(DATA, file),
  );
  for (let from = 0; from < files.length; from += AT_ONCE) {
    const some = files.slice(from, from + AT_ONCE);
    await Promise.all(some.map((file) => receive(user, mailboxId, readFileSync(file))));
  }
  // One is empty; the suites have mails of one content, and both reply suites have grown from the same.
  expect(await counts(user)).toEqual({
    ...{ totalCount: 160, receivedCount: 0, storedCount: 125, duplicateCount: 34, refusedCount: 1 },
  });
  const { rows } = await service.admin.query(
    "select count(*)::int from interactions where tenant_id = $1 and direction = 'INBOUND'",
    [user.tenantId],
  );
  expect(rows).toEqual([{ count: 125 }]);
});
