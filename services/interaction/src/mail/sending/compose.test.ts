import { expect, test } from "vitest";
import type { InteractionState } from "../../interactions/interaction-state.ts";
import type { MailboxState } from "../mailbox.ts";
import { ownMessages } from "../message-id.ts";
import { composed, letterOf } from "./compose.ts";
import { LetterFault } from "./letter-fault.ts";

const TENANT = "00000000-0000-4000-8000-000000000001";
const ID = "00000000-0000-4000-8000-000000000002";
const NOW = new Date("2026-01-31T00:00:00Z");

const mailbox = { address: "help@example.com", displayName: "Help", signature: "" } as MailboxState;
const message = {
  interactionId: ID,
  partyAddress: "lin@example.org",
  subject: "Your order",
  body: "It is on its way.",
  automatic: false,
  detail: null,
} as InteractionState;

const mailOf = async (it: Partial<InteractionState> = {}, box: Partial<MailboxState> = {}) =>
  (await composed(letterOf({ ...message, ...it }, { ...mailbox, ...box }, TENANT, NOW))).toString();

test("the Message-ID tells which message of whom it is, and is the same each time", async () => {
  const id = `${ID}.${TENANT}@example.com`;
  expect(await mailOf()).toContain(`\r\nMessage-ID:\r\n <${id}>\r\n`);
  expect(ownMessages([id, "x@y", id], TENANT)).toEqual([ID]);
  expect(ownMessages([id], "00000000-0000-4000-8000-000000000009")).toEqual([]);
});

test.for(["a\r\nBcc: evil@example.com", "a\nb", "a\rb", "a\0b", "a\u001fb"])(
  "a header cannot be broken out of by %j",
  async (text) => {
    await expect(mailOf({ subject: text })).rejects.toThrow(LetterFault);
    await expect(mailOf({}, { displayName: text })).rejects.toThrow(LetterFault);
    await expect(mailOf({ partyAddress: `${text}@example.org` })).rejects.toThrow(LetterFault);
    const value = { inReplyTo: text, references: [] };
    const detail = { $case: "email", value } as unknown as InteractionState["detail"];
    await expect(mailOf({ detail })).rejects.toThrow(LetterFault);
  },
);

test.for(["", "lin", "a@b@c", "<lin@example.org>", "a b@example.org", "lin@example.org, x@y.org"])(
  "%j is no recipient",
  async (partyAddress) => {
    await expect(mailOf({ partyAddress })).rejects.toThrow(LetterFault);
  },
);

test("what a machine says is marked, and only that", async () => {
  expect(await mailOf({ automatic: true })).toContain("Auto-Submitted: auto-generated");
  expect(await mailOf()).not.toContain("Auto-Submitted");
});

test("nothing in a text makes the sender read a file or fetch an address", async () => {
  const mail = await mailOf({ body: "file:///etc/passwd", subject: "{path:/etc/passwd}" });
  expect(mail).toContain("file:///etc/passwd");
  expect(mail).not.toContain("root:");
});
