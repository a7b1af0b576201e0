// How far the audience of a campaign has been read.
import type { At } from "@guanxi/kit/at";
import { named } from "@guanxi/kit/store";

/** Written down when a campaign begins, and again when its members have been found. */
export function keepLaunch(at: At, campaignId: string, complete: boolean): void {
  at.tell({
    name: "campaign launch keep",
    text: `insert into campaign_launches (campaign_id, complete) values ($1, $2)
      on conflict (tenant_id, campaign_id) do update set complete = excluded.complete`,
    values: [campaignId, complete],
  });
}

/** Up to a customer; from the beginning where none is named. */
export const keepReadUntil = (at: At, campaignId: string, customerId: string | null): void =>
  at.tell({
    name: "campaign launch read until",
    text: "update campaign_launches set read_until = $2 where campaign_id = $1",
    values: [campaignId, customerId],
  });

/** The last customer who was read; undefined where it begins. */
export async function readUntil(at: At, campaignId: string): Promise<string | undefined> {
  const [row] = await named<{ id: string | null }>(at, {
    name: "campaign launch read so far",
    text: "select read_until as id from campaign_launches where campaign_id = $1",
    values: [campaignId],
  });
  return row?.id ?? undefined;
}

export async function isAudienceRead(at: At, campaignId: string): Promise<boolean> {
  const [row] = await named<{ complete: boolean }>(at, {
    name: "campaign launch",
    text: "select complete from campaign_launches where campaign_id = $1",
    values: [campaignId],
  });
  return row?.complete ?? false;
}
