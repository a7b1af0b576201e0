import { expect, inject, test } from "vitest";
import { killSender } from "./sender-kills.ts";

const MAILS = 500;
const KILLS = 10;

test("ten senders are killed while they send 500 mails: each is sent once, or stands as undecided", async () => {
  const { sent, undecided, queued, other, sunk, sunkTwice, lost } = await killSender(
    inject("adminUrl"),
    MAILS,
    KILLS,
  );
  expect({ queued, other, sunkTwice, lost }).toEqual({ queued: 0, other: 0, sunkTwice: 0, lost: 0 });
  expect(sent + undecided).toBe(MAILS);
  // A process has two connections: so many mails at most are under way when it dies.
  expect(undecided).toBeLessThanOrEqual(2 * KILLS);
  expect(sunk).toBeGreaterThanOrEqual(sent);
  expect(sunk - sent).toBeLessThanOrEqual(undecided);
}, 300_000);
