// The next step of each member who has one.
import { enqueue } from "@guanxi/bus/enqueue";
import type { At } from "@guanxi/kit/at";
import { named } from "@guanxi/kit/store";
import type { CampaignState } from "../campaigns/campaign-state.ts";
import type { MemberState } from "../members/member-state.ts";

/** The job of a campaign that has something to send; its subject is the campaign. */
export const CAMPAIGN_SEND = "campaign send";

const DAY_MS = 86_400_000;

export interface DueStep {
  readonly memberId: string;
  readonly step: number;
  readonly dueTime: Date;
}

/** Steps are counted from the launch; for whoever becomes a member later, from then. */
export function nextStep(campaign: CampaignState, member: MemberState, after: number): DueStep | undefined {
  const step = campaign.steps.find((each) => each.step === after + 1);
  if (!step || !campaign.launchTime) return undefined;
  const isLate = member.origin !== "AUDIENCE" && member.targetedTime > campaign.launchTime;
  const from = isLate ? member.targetedTime : campaign.launchTime;
  return {
    memberId: member.memberId,
    step: step.step,
    dueTime: new Date(from.getTime() + step.waitDays * DAY_MS),
  };
}

export function keepDue(at: At, campaignId: string, steps: readonly DueStep[]): void {
  if (steps.length === 0) return;
  at.tell({
    name: "campaign steps keep",
    text: `insert into campaign_steps_due (member_id, campaign_id, step, due_time)
      select member_id, $1, step, due_time from unnest($2::uuid[], $3::int[], $4::timestamptz[]) as i (member_id, step, due_time)
      on conflict (tenant_id, member_id) do update set step = excluded.step, due_time = excluded.due_time`,
    values: [
      campaignId,
      steps.map(({ memberId }) => memberId),
      steps.map(({ step }) => step),
      steps.map(({ dueTime }) => dueTime.toISOString()),
    ],
  });
}

/** Some that are due, in the order of their time: the caller has locked the campaign, so that nobody else takes them. */
export const dueSteps = (at: At, campaignId: string, most: number): Promise<DueStep[]> =>
  named<DueStep>(at, {
    name: "campaign steps due",
    text: `select member_id as "memberId", step, due_time as "dueTime" from campaign_steps_due
      where campaign_id = $1 and due_time <= $2 order by due_time, member_id limit $3`,
    values: [campaignId, at.now.toISOString(), most],
  });

export function forgetDue(at: At, memberIds: readonly string[]): void {
  if (memberIds.length === 0) return;
  at.tell({
    name: "campaign steps forget",
    text: "delete from campaign_steps_due where member_id = any($1::uuid[])",
    values: [memberIds],
  });
}

/** Of a campaign that is over: what has not fallen due does not any more. */
export const forgetLater = (at: At, campaignId: string, time: Date): void =>
  at.tell({
    name: "campaign steps forget later",
    text: "delete from campaign_steps_due where campaign_id = $1 and due_time > $2",
    values: [campaignId, time.toISOString()],
  });

/** When the next one falls due. */
export async function nextDue(at: At, campaignId: string): Promise<Date | undefined> {
  const [row] = await named<{ time: Date | null }>(at, {
    name: "campaign steps next",
    text: "select min(due_time) as time from campaign_steps_due where campaign_id = $1",
    values: [campaignId],
  });
  return row?.time ?? undefined;
}

export const sendSoon = (at: At, campaignId: string): void => enqueue(at, CAMPAIGN_SEND, campaignId);

/** Of a campaign that begins: the first step of those who were added by hand before. */
export function dueOfMembers(at: At, { campaignId, launchTime, steps: [first] }: CampaignState): void {
  if (!first || !launchTime) return;
  const dueTime = new Date(launchTime.getTime() + first.waitDays * DAY_MS);
  at.tell({
    name: "campaign steps of members",
    text: `insert into campaign_steps_due (member_id, campaign_id, step, due_time)
      select member_id, campaign_id, $2::int, $3::timestamptz from campaign_members where campaign_id = $1
      on conflict (tenant_id, member_id) do nothing`,
    values: [campaignId, first.step, dueTime.toISOString()],
  });
}
