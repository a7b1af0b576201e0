import { expect, inject, test } from "vitest";
import { killLaunch } from "./launch-kills.ts";

const MEMBERS = 500;
const KILLS = 10;

test("R125 marketing and interaction are killed ten times in a launch to 500: nobody gets a step twice, nobody is forgotten", async () => {
  const counts = await killLaunch(inject("adminUrl"), MEMBERS, KILLS);
  const { ledger, contacts, sent, undecided, sunk, sunkTwice, lost, strange } = counts;
  expect({ ledger, contacts, sunkTwice, lost, strange }).toEqual({
    ...{ ledger: MEMBERS, contacts: MEMBERS, sunkTwice: 0, lost: 0, strange: 0 },
  });
  expect(sent + undecided).toBe(MEMBERS);
  // A process has two connections: so many mails at most are under way when it dies.
  expect(undecided).toBeLessThanOrEqual(2 * KILLS);
  expect(sunk - sent).toBeLessThanOrEqual(undecided);
  expect(sunk).toBeGreaterThanOrEqual(sent);
}, 600_000);
