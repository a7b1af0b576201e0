import { deepStrictEqual } from "node:assert/strict";
import { startPostgres } from "@guanxi/testkit/servers/postgres";
import { killLaunch } from "../system/launch-kills.ts";

const MEMBERS = 10_000;
const KILLS = 100;

/** Marketing and interaction die a hundred times in a launch to ten thousand: nobody gets a step twice, nobody is forgotten. */
export async function verifyCampaign(): Promise<string> {
  const postgres = await startPostgres(process.env.GUANXI_PG ?? "18");
  try {
    const { ledger, contacts, sent, undecided, sunk, sunkTwice, lost, strange } = await killLaunch(
      postgres.adminUrl,
      MEMBERS,
      KILLS,
    );
    const expected = { ledger: MEMBERS, contacts: MEMBERS, sunkTwice: 0, lost: 0, strange: 0 };
    deepStrictEqual({ ledger, contacts, sunkTwice, lost, strange }, expected);
    deepStrictEqual(sent + undecided, MEMBERS);
    const arrived = sunk - sent;
    if (arrived > undecided) throw new Error(`${arrived} arrived of ${undecided} that nobody knows of`);
    return `${KILLS} kills, ${sent} sent once each, ${undecided} undecided (${arrived} of them had arrived), none twice, none lost`;
  } finally {
    await postgres.stop();
  }
}
