// What servers and mailbox providers say of a mail of ours: RFC 3464 (delivery status) and RFC 5965 (abuse).
import type { FailedRecipient } from "./parsed-mail.ts";

const MOST_RECIPIENTS = 100;
const MOST_IDS = 50;

/** The blocks of a message/delivery-status part that tell of a failure; what is delayed or delivered is none. */
export function failedRecipients(part: string): FailedRecipient[] {
  const blocks = part.replaceAll(/\r\n?/g, "\n").split(/\n[ \t]*\n/);
  return blocks
    .slice(0, MOST_RECIPIENTS)
    .map(fieldsOf)
    .filter((fields) => fields.get("action")?.toLowerCase() === "failed")
    .map((fields) => {
      const status = /\b[245]\.\d{1,3}\.\d{1,3}\b/.exec(fields.get("status") ?? "")?.[0] ?? "";
      return {
        address: addressOf(fields.get("final-recipient") ?? fields.get("original-recipient") ?? ""),
        status,
        diagnostic: (fields.get("diagnostic-code") ?? "").slice(0, 500),
        hard: isHard(status),
      };
    });
}

/** A full mailbox may be emptied, and an unknown reason may pass. */
const isHard = (status: string) => !status.startsWith("4.") && status !== "5.2.2";

function fieldsOf(block: string): Map<string, string> {
  const unfolded = block.replaceAll(/\n[ \t]+/g, " ");
  return new Map(
    unfolded.split("\n").flatMap((line) => {
      const colon = line.indexOf(":");
      return colon > 0 ? [[line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()]] : [];
    }),
  );
}

/** As in `rfc822; name@example.com`. */
const addressOf = (field: string) =>
  field
    .slice(field.indexOf(";") + 1)
    .replaceAll(/[<>\s]/g, "")
    .toLowerCase();

/** All Message-IDs that stand anywhere in a report, however it is built: servers of all ages write them. */
export const messageIdsIn = (text: string): string[] =>
  [
    ...new Set([...text.matchAll(/^(?:>\s*)?Message-ID:\s*<([^<>\s]{3,900})>/gim)].map(([, id]) => id!)),
  ].slice(0, MOST_IDS);
