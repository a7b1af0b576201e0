import { deepStrictEqual } from "node:assert/strict";
import { startPostgres } from "@guanxi/testkit/servers/postgres";
import { killSender } from "../../services/interaction/test/sender-kills.ts";

const MAILS = 10_000;
const KILLS = 100;

/** A sender dies a hundred times among ten thousand mails: none leaves twice, none is said to have left that has not. */
export async function verifyMail(): Promise<string> {
  const postgres = await startPostgres(process.env.GUANXI_PG ?? "18");
  try {
    const { sent, undecided, queued, other, sunk, sunkTwice, lost } = await killSender(
      postgres.adminUrl,
      MAILS,
      KILLS,
    );
    deepStrictEqual({ queued, other, sunkTwice, lost }, { queued: 0, other: 0, sunkTwice: 0, lost: 0 });
    deepStrictEqual(sent + undecided, MAILS);
    const arrived = sunk - sent;
    if (arrived > undecided) throw new Error(`${arrived} arrived of ${undecided} that nobody knows of`);
    return `${KILLS} kills, ${sent} sent once each, ${undecided} undecided (${arrived} of them had arrived), none twice, none lost`;
  } finally {
    await postgres.stop();
  }
}
