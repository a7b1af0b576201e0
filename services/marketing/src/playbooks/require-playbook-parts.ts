import type { Playbook } from "@guanxi/contract/guanxi/marketing/v1/playbook";
import type { At } from "@guanxi/kit/at";
import { refuse } from "@guanxi/kit/refuse";
import { named } from "@guanxi/kit/store";
import { requireCampaign } from "../campaigns/require-campaign.ts";

export async function requirePlaybookParts(at: At, { campaignId, tasks }: Playbook): Promise<void> {
  await requireCampaign(at, campaignId, "playbook.campaign_id");
  const ids = [...new Set(tasks.flatMap(({ assigneeId }) => assigneeId.toLowerCase() || []))];
  const found = await named<{ id: string }>(at, {
    name: "users active among",
    text: "select user_id as id from users where user_id = any($1::uuid[]) and active",
    values: [ids],
  });
  const missing = ids.filter((id) => !found.some((user) => user.id === id));
  if (missing.length === 0) return;
  throw refuse("invalid", "UNKNOWN_ASSIGNEE", `Nobody who works here is ${missing.join(", ")}.`, [
    { field: "playbook.tasks", description: "name somebody who is not here", reason: "UNKNOWN_ASSIGNEE" },
  ]);
}
