// What goes with the message of a campaign besides its text, and what is asked again when it leaves.
import type { At } from "@guanxi/kit/at";
import { named } from "@guanxi/kit/store";
import type { QuietHours } from "./welcome.ts";

export interface CampaignLetter {
  readonly html: string;
  /** Where one unsubscribes by one click (RFC 8058). */
  readonly unsubscribeUrl: string;
}

interface Terms {
  readonly memberId: string;
  readonly quiet: QuietHours;
}

export function keepLetter(
  at: At,
  interactionId: string,
  { html, unsubscribeUrl, memberId, quiet }: CampaignLetter & Terms,
): void {
  at.tell({
    name: "campaign letters keep",
    text: `insert into campaign_letters (interaction_id, html, unsubscribe_url, member_id, quiet_from, quiet_until, time_zone)
      values ($1, $2, $3, $4, $5, $6, $7)`,
    values: [
      ...[interactionId, html, unsubscribeUrl, memberId],
      ...[quiet.quietFrom, quiet.quietUntil, quiet.timeZone],
    ],
  });
}

export async function letterWith(at: At, interactionId: string): Promise<CampaignLetter | undefined> {
  const [row] = await named<CampaignLetter>(at, {
    name: "campaign letters of message",
    text: `select html, unsubscribe_url as "unsubscribeUrl" from campaign_letters where interaction_id = $1`,
    values: [interactionId],
  });
  return row;
}

export async function termsOf(at: At, interactionId: string): Promise<Terms> {
  const [row] = await named<QuietHours & { memberId: string }>(at, {
    name: "campaign letters terms",
    text: `select member_id as "memberId", quiet_from as "quietFrom", quiet_until as "quietUntil", time_zone as "timeZone"
      from campaign_letters where interaction_id = $1`,
    values: [interactionId],
  });
  return { memberId: row!.memberId, quiet: row! };
}
