// Files that come with mails and go with them, addresses that take none, and a service that dies over a mail or has no server.
import { randomBytes, randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import {
  type Attachment,
  DownloadAttachmentRequest,
  ListAttachmentsRequest,
  RemoveAttachmentRequest,
} from "@guanxi/contract/guanxi/attachments/v1/attachment";
import { ContactPoint_Kind } from "@guanxi/contract/guanxi/customer/v1/contact_point";
import { Customer } from "@guanxi/contract/guanxi/customer/v1/customer";
import { CustomerChanged, CustomerRegistered } from "@guanxi/contract/guanxi/customer/v1/customer_events";
import { AttachmentServiceService as files } from "@guanxi/contract/guanxi/interaction/v1/attachment_service";
import { Delivery_State } from "@guanxi/contract/guanxi/interaction/v1/interaction";
import {
  GetContactSummaryRequest,
  GetInteractionRequest,
  InteractionServiceService as interactions,
  ResendMessageRequest,
  SendMessageRequest,
} from "@guanxi/contract/guanxi/interaction/v1/interaction_service";
import { type Mail, Mail_State } from "@guanxi/contract/guanxi/interaction/v1/mailbox";
import {
  CreateMailboxRequest,
  GetMailRequest,
  MailboxServiceService as mailboxes,
  ReceiveMailRequest,
} from "@guanxi/contract/guanxi/interaction/v1/mailbox_service";
import { fetchFile, sendFile } from "@guanxi/testkit/files";
import { startService, type TestUser } from "@guanxi/testkit/service";
import { startTeller } from "@guanxi/testkit/teller";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { interaction } from "../src/app.ts";
import { startBeside } from "./service-process.ts";
import { startSink } from "./smtp-sink.ts";

const SOON = { timeout: 15_000, interval: 30 };
const folder = mkdtempSync(path.join(tmpdir(), "guanxi-mail-"));
const FILES = { FILES_URL: pathToFileURL(folder).href };
let answerMs = 0;

let service: Awaited<ReturnType<typeof startService>>;
let customers: Awaited<ReturnType<typeof startTeller>>;
let sink: Awaited<ReturnType<typeof startSink>>;
beforeAll(async () => {
  sink = await startSink({ delayMs: () => answerMs });
  service = await startService(interaction); // with neither a mail server nor a place for files, at first
  customers = await startTeller(service, "customer");
});
afterAll(async () => {
  await customers.stop();
  await service.stop();
  await sink.close();
  rmSync(folder, { recursive: true });
});

async function company() {
  const user = await service.user();
  const mailbox = { address: "help@example.com", displayName: "Help", active: true };
  const made = await user.call(mailboxes.createMailbox, CreateMailboxRequest.fromPartial({ mailbox }));
  return { user, mailboxId: made.mailboxId };
}

const told = async (tenantId: string, addresses: readonly string[], customerId: string = randomUUID()) => {
  const contactPoints = addresses.map((value) => ({
    kind: ContactPoint_Kind.EMAIL,
    value,
    normalised: value,
  }));
  return { tenantId, customerId, state: { customerId, displayName: "Lin", contactPoints } };
};

async function customerAt(tenantId: string, ...addresses: string[]): Promise<string> {
  const { customerId, state } = await told(tenantId, addresses);
  await customers.tell(tenantId, Customer, CustomerRegistered, { id: customerId, customerId, state });
  await customers.settled();
  return customerId;
}

async function changeAddresses(tenantId: string, customerId: string, ...addresses: string[]): Promise<void> {
  const { state } = await told(tenantId, addresses, customerId);
  await customers.tell(tenantId, Customer, CustomerChanged, { id: customerId, customerId, state });
  await customers.settled();
}

const send = (user: TestUser, customerId: string, more: object = {}) =>
  user.call(
    interactions.sendMessage,
    SendMessageRequest.fromPartial({
      customerId,
      subject: "Offer",
      body: "As asked.",
      ...requested(),
      ...more,
    }),
  );
const requested = () => ({ requestId: randomUUID() });

const delivery = async (user: TestUser, interactionId: string) =>
  (await user.call(interactions.getInteraction, GetInteractionRequest.fromPartial({ interactionId })))
    .delivery!;

const comesTo = (user: TestUser, interactionId: string, expected: object) =>
  vi.waitFor(async () => expect(await delivery(user, interactionId)).toMatchObject(expected), SOON);

function receive(
  user: TestUser,
  mailboxId: string,
  mail: string,
  address = service.grpcAddress(),
): Promise<Mail> {
  const file = { contentType: "message/rfc822", data: Buffer.from(mail) };
  return sendFile({ address, token: user.token }, mailboxes.receiveMail, [
    ReceiveMailRequest.fromPartial({ mailboxId, file }),
  ]);
}

interface Part {
  readonly type: string;
  readonly name?: string;
  readonly content: Buffer;
  readonly cid?: string;
}

const letter = (id: string, from: string, parts: readonly Part[]) =>
  [
    ...[`From: Lin <${from}>`, "To: help@example.com", "Subject: Printer", `Message-ID: <${id}@example.org>`],
    ...["MIME-Version: 1.0", 'Content-Type: multipart/related; boundary="b"', ""],
    ...["--b", "Content-Type: text/html; charset=utf-8", "", '<p>See <img src="cid:shot">.</p>'],
    ...parts.flatMap(({ type, name, content, cid }) => [
      ...["--b", `Content-Type: ${type}`, "Content-Transfer-Encoding: base64"],
      ...(cid ? [`Content-ID: <${cid}>`, "Content-Disposition: inline"] : []),
      ...(name ? [`Content-Disposition: attachment; filename="${name}"`] : []),
      ...["", content.toString("base64").replaceAll(/.{76}/g, "$&\r\n")],
    ]),
    ...["--b--", ""],
  ].join("\r\n");

const filesOf = async (user: TestUser, recordId: string): Promise<Attachment[]> =>
  (
    await user.call(
      files.listAttachments,
      ListAttachmentsRequest.fromPartial({ recordKind: "interaction", recordId }),
    )
  ).attachments;

const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

test("R060 without a mail server messages wait and say why, and leave once there is one; without a store files are counted", async () => {
  const { user, mailboxId } = await company();
  const queued = await send(user, await customerAt(user.tenantId, "patient@example.org"));
  await comesTo(user, queued.interactionId, {
    ...{ state: Delivery_State.QUEUED, attempts: 0, detail: expect.stringContaining("set SMTP_URL") },
  });
  const mail = letter("unkept", "lin@example.org", [{ type: "image/png", content: PNG, cid: "shot" }]);
  expect(await receive(user, mailboxId, mail)).toMatchObject({
    ...{ state: Mail_State.STORED, attachmentCount: 1, keptAttachmentCount: 0, refusedAttachmentCount: 1 },
    attachmentReasons: ["FILES_NOT_SET_UP"],
  });
  await service.restart({ SMTP_URL: sink.url, ...FILES });
  // It is looked at again after some minutes: these have passed.
  await service.admin.query("update jobs set due_time = now() where name = 'send_message'");
  await comesTo(user, queued.interactionId, { state: Delivery_State.SENT, attempts: 1 });
  expect(sink.to("patient@example.org")).toHaveLength(1);
});

test("R019, R060 the files of a mail become attachments of the contact once, under names that harm nobody", async () => {
  const { user, mailboxId } = await company();
  const log = randomBytes(300_000);
  const parts = [
    { type: "image/png", content: PNG, cid: "shot" },
    { type: "application/octet-stream", name: "../../logs/printer.log", content: log },
    { type: "application/octet-stream", name: "printer.log", content: log },
  ];
  const mail = letter("files", "lin@example.org", parts);
  const stored = await receive(user, mailboxId, mail);
  const counts = {
    attachmentCount: 3,
    keptAttachmentCount: 3,
    refusedAttachmentCount: 0,
    attachmentReasons: [],
  };
  expect(stored).toMatchObject({ state: Mail_State.STORED, ...counts });
  const kept = await filesOf(user, stored.interactionId);
  expect(kept.map(({ fileName, contentType }) => [fileName, contentType])).toEqual([
    ["part-1.png", "image/png"],
    ["printer.log", "application/octet-stream"],
  ]);
  const from = { address: service.grpcAddress(), token: user.token };
  const wish = DownloadAttachmentRequest.fromPartial({ attachmentId: kept[1]!.attachmentId });
  const pieces = await fetchFile(from, files.downloadAttachment, wish);
  expect(Buffer.concat(pieces.map(({ data }) => data)).equals(log)).toBe(true);
  expect(await receive(user, mailboxId, mail)).toMatchObject({
    state: Mail_State.DUPLICATE,
    attachmentCount: 0,
  });
  // A process that died between the files and the word that they are kept.
  await service.admin.query("update mails set kept_attachment_count = 0 where mail_id = $1", [stored.mailId]);
  await service.admin.query("update jobs set due_time = now() where name = 'read_mail' and subject_id = $1", [
    stored.mailId,
  ]);
  const request = GetMailRequest.fromPartial({ mailId: stored.mailId });
  await vi.waitFor(
    async () => expect(await user.call(mailboxes.getMail, request)).toMatchObject(counts),
    SOON,
  );
  expect(await filesOf(user, stored.interactionId)).toEqual(kept);
});

test("R019 files go with a message, as its sender may read them, and one that is gone keeps it back", async () => {
  const { user, mailboxId } = await company();
  const content = randomBytes(100_000);
  const parts = [{ type: "application/pdf", name: "offer.pdf", content }];
  const stored = await receive(user, mailboxId, letter("offer", "lin@example.org", parts));
  const [{ attachmentId } = { attachmentId: "" }] = await filesOf(user, stored.interactionId);
  const customerId = await customerAt(user.tenantId, "reader@example.org");
  const sent = await send(user, customerId, { attachmentIds: [attachmentId] });
  expect(sent.delivery!.attachmentIds).toEqual([attachmentId]);
  await comesTo(user, sent.interactionId, { state: Delivery_State.SENT, attempts: 1 });
  const [mail] = sink.to("reader@example.org");
  expect(mail!.files.map(({ name }) => name)).toEqual(["offer.pdf"]);
  expect(mail!.files[0]!.content.equals(content)).toBe(true);

  const grants = [{ resource: "interaction", action: "send" }];
  const writer = await service.user({ tenantId: user.tenantId, grants });
  await expect(send(writer, customerId, { attachmentIds: [attachmentId] })).rejects.toMatchObject({
    reason: "PERMISSION_DENIED",
  });
  const stranger = await service.user();
  const theirs = await customerAt(stranger.tenantId, "other@example.org");
  await expect(send(stranger, theirs, { attachmentIds: [attachmentId] })).rejects.toMatchObject({
    reason: "NOT_FOUND",
  });
  // It waits while the store cannot be read, and fails once there is nothing left to be read.
  await service.restart({ FILES_URL: pathToFileURL(path.join(folder, "elsewhere")).href });
  const lost = await send(user, customerId, { attachmentIds: [attachmentId] });
  await comesTo(user, lost.interactionId, {
    ...{ state: Delivery_State.FAILED, attempts: 0, detail: expect.stringContaining("offer.pdf") },
  });
  await service.restart(FILES);
  answerMs = 1_500; // so that the next one is removed before its turn
  const first = await send(user, customerId);
  await comesTo(user, first.interactionId, { state: Delivery_State.SENDING });
  const again = ResendMessageRequest.fromPartial({ interactionId: first.interactionId, ...requested() });
  await expect(user.call(interactions.resendMessage, again)).rejects.toMatchObject({
    reason: "MESSAGE_UNDER_WAY",
  });
  await comesTo(user, first.interactionId, { state: Delivery_State.SENT });
  answerMs = 0;
  await user.call(
    files.removeAttachment,
    RemoveAttachmentRequest.fromPartial({ attachmentId, ...requested() }),
  );
  await user.call(
    interactions.resendMessage,
    ResendMessageRequest.fromPartial({ interactionId: lost.interactionId, ...requested() }),
  );
  await comesTo(user, lost.interactionId, {
    ...{ state: Delivery_State.FAILED, detail: expect.stringContaining("was removed") },
  });
  expect(sink.to("reader@example.org")).toHaveLength(2);
});

const bounceOf = (messageId: string, status: string) =>
  [
    ...[
      "From: mailer-daemon@example.org",
      "To: help@example.com",
      "Subject: Undelivered",
      `Message-ID: <${status}@mx>`,
    ],
    ...['Content-Type: multipart/report; report-type=delivery-status; boundary="b"', ""],
    ...["--b", "Content-Type: message/delivery-status", "", "Reporting-MTA: dns; mx", ""],
    ...["Final-Recipient: rfc822; old@example.org", "Action: failed", `Status: ${status}`, ""],
    ...["--b", "Content-Type: text/rfc822-headers", "", `Message-ID: <${messageId}>`, "", "--b--"],
  ].join("\r\n");

test("R005 where mail came back for good nothing is sent, until the address is given anew or somebody writes from it", async () => {
  const { user, mailboxId } = await company();
  const customerId = await customerAt(user.tenantId, "old@example.org");
  const summary = () =>
    user.call(interactions.getContactSummary, GetContactSummaryRequest.fromPartial({ customerId }));
  const { interactionId } = await send(user, customerId);
  await comesTo(user, interactionId, { state: Delivery_State.SENT });
  const messageId = `${interactionId}.${user.tenantId}@example.com`;
  await receive(user, mailboxId, bounceOf(messageId, "5.7.1")); // of the mail, not of the address
  expect((await summary()).bouncedAddresses).toEqual([]);
  await receive(user, mailboxId, bounceOf(messageId, "5.1.1"));
  expect((await summary()).bouncedAddresses).toMatchObject([
    { address: "old@example.org", contactId: "", interactionId },
  ]);
  await expect(send(user, customerId)).rejects.toMatchObject({ reason: "ADDRESS_BOUNCED" });
  await expect(send(user, customerId, { allowReroute: true })).rejects.toMatchObject({
    reason: "ADDRESS_BOUNCED",
  });
  await changeAddresses(user.tenantId, customerId, "old@example.org", "new@example.org");
  const other = await send(user, customerId, { allowReroute: true });
  expect(other).toMatchObject({ partyAddress: "new@example.org" });
  expect(other.delivery!.rerouteReason).toContain("came back");

  await receive(user, mailboxId, letter("alive", "old@example.org", []));
  expect((await summary()).bouncedAddresses).toEqual([]);
  expect(await send(user, customerId)).toMatchObject({ partyAddress: "old@example.org" });

  await receive(user, mailboxId, bounceOf(messageId, "5.1.10"));
  await expect(send(user, customerId)).rejects.toMatchObject({ reason: "ADDRESS_BOUNCED" });
  await changeAddresses(user.tenantId, customerId, "new@example.org");
  await changeAddresses(user.tenantId, customerId, "old@example.org");
  expect(await send(user, customerId)).toMatchObject({ partyAddress: "old@example.org" });

  const gone = await customerAt(user.tenantId, "gone@example.org");
  const refused = await send(user, gone); // the server says 5.1.1 at once
  await comesTo(user, refused.interactionId, { state: Delivery_State.FAILED });
  await expect(send(user, gone)).rejects.toMatchObject({ reason: "ADDRESS_BOUNCED" });
});

test("R060 a mail whose process is killed before it is settled is settled once, with its files, by the next", async () => {
  const { user, mailboxId } = await company();
  const beside = await startBeside(service, FILES);
  const { admin } = service;
  await admin.query("begin");
  await admin.query("lock table interactions in share row exclusive mode"); // so that the settling cannot end
  const mail = letter("killed", "lin@example.org", [{ type: "image/png", content: PNG, name: "a.png" }]);
  const receiving = receive(user, mailboxId, mail, beside.address).catch((error: unknown) => error);
  const waiting = "select pid from pg_locks where not granted and relation = 'interactions'::regclass";
  const stuck = await vi.waitFor(async () => {
    const { rows } = await admin.query<{ pid: number }>(waiting);
    expect(rows).toHaveLength(1);
    return rows[0]!.pid;
  }, SOON);
  await beside.kill();
  expect(await receiving).toBeInstanceOf(Error);
  await admin.query("select pg_terminate_backend($1)", [stuck]); // it would not notice by itself that nobody is there
  await admin.query("rollback");
  const { rows } = await admin.query<{ id: string; state: string }>(
    "select mail_id as id, state from mails where tenant_id = $1",
    [user.tenantId],
  );
  expect(rows).toMatchObject([{ state: "RECEIVED" }]);
  await admin.query("update jobs set due_time = now() where name = 'read_mail'"); // a minute has passed
  const request = GetMailRequest.fromPartial({ mailId: rows[0]!.id });
  const settled = await vi.waitFor(async () => {
    const read = await user.call(mailboxes.getMail, request);
    expect(read).toMatchObject({ state: Mail_State.STORED, attachmentCount: 1, keptAttachmentCount: 1 });
    return read;
  }, SOON);
  expect((await filesOf(user, settled.interactionId)).map(({ fileName }) => fileName)).toEqual(["a.png"]);
  // Whoever handed it over had no answer, and hands it over again.
  const again = await receive(user, mailboxId, mail);
  expect(again).toMatchObject({ state: Mail_State.DUPLICATE, interactionId: settled.interactionId });
  const recorded = (await service.events(user.tenantId)).filter(({ type }) => type === "InteractionRecorded");
  expect(recorded).toHaveLength(1);
}, 120_000);
