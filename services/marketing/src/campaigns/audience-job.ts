// Makes members of the audience of a campaign that has begun. Begun anew after a crash it finds the same members, for a member's
// id is made of campaign and customer; who has come into the segments meanwhile is a member too.
import { isDeepStrictEqual } from "node:util";
import type { Acting } from "@guanxi/bus/act";
import type { Job, JobContext } from "@guanxi/bus/app";
import { enqueue } from "@guanxi/bus/enqueue";
import { CampaignPaused } from "@guanxi/contract/guanxi/marketing/v1/campaign_events";
import { MemberTargeted } from "@guanxi/contract/guanxi/marketing/v1/campaign_member_events";
import { livingOf } from "@guanxi/directory/living";
import type { At } from "@guanxi/kit/at";
import { lockFound, record } from "@guanxi/kit/store";
import { target } from "../members/member.ts";
import type { MemberState } from "../members/member-state.ts";
import { members, membersAmong } from "../members/members.ts";
import { keepDue, nextStep, sendSoon } from "../sending/due-steps.ts";
import { type Audiences, audiencesOf, EVERYTHING, objectionOf } from "./audience.ts";
import { hasAudience, pause } from "./campaign.ts";
import type { CampaignState } from "./campaign-state.ts";
import { campaigns } from "./campaigns.ts";
import { isAudienceRead, keepLaunch, keepReadUntil, readUntil } from "./launches.ts";

const CAMPAIGN_AUDIENCE = "campaign audience";
const BATCH = 200;

/** Then the next job may have the place: two large audiences would keep all others from theirs. */
const TURN_MS = 10_000;

/** From the beginning, since somebody may have said otherwise whom it is for. */
export function readAudience(at: At, campaignId: string): void {
  keepReadUntil(at, campaignId, null);
  enqueue(at, CAMPAIGN_AUDIENCE, campaignId);
}

export const campaignAudienceJob: Job = {
  name: CAMPAIGN_AUDIENCE,
  async run({ tenantId, subjectId, signal }, { settings, settingsOf, act }) {
    const { timeZone, currencyCode } = await settingsOf(tenantId);
    const as = { tenantId, timeZone, currencyCode, actor: "marketing/audience" };
    const [campaign, after] = await act(as, async (at) => [
      await unread(at, subjectId),
      await readUntil(at, subjectId),
    ]);
    if (!campaign) return;
    try {
      const admitting = { as, act, audiences: audiencesOf(settings), end: performance.now() + TURN_MS };
      if (await admitAll(admitting, { campaign, after }, signal)) return { afterMs: 0 };
    } catch (error) {
      const objection = objectionOf(error);
      if (objection === undefined) throw error;
      await act(as, (at) => holdUp(at, subjectId, objection));
    }
  },
};

/** Locked; undefined where there is nothing to be read any more. */
async function unread(at: At, campaignId: string): Promise<CampaignState | undefined> {
  const [campaign] = await lockFound(at, campaigns, [campaignId]);
  return campaign?.status === "ACTIVE" && !(await isAudienceRead(at, campaignId)) ? campaign : undefined;
}

interface Admitting {
  readonly as: Acting;
  readonly act: JobContext["act"];
  readonly audiences: Audiences;
  readonly end: number;
}

interface Place {
  readonly campaign: CampaignState;
  readonly after: string | undefined;
}

/** Whether there is more to read at another turn. */
async function admitAll(
  { as, act, audiences, end }: Admitting,
  { campaign, after: afterCustomerId }: Place,
  signal: AbortSignal,
): Promise<boolean> {
  const { audience } = campaign;
  const admitSome = (ids: readonly string[]) => act(as, (at) => admit(at, campaign, ids));
  const asked = { tenantId: as.tenantId, audience, granted: EVERYTHING, afterCustomerId };
  let ids: string[] = [];
  if (hasAudience(audience))
    for await (const { customer } of audiences.stream(asked, { signal })) {
      signal.throwIfAborted();
      ids.push(customer!.customerId);
      if (ids.length < BATCH) continue;
      if (!(await admitSome(ids))) return false;
      if (performance.now() > end) return true;
      ids = [];
    }
  if (ids.length === 0 || (await admitSome(ids))) await act(as, (at) => finish(at, campaign));
  return false;
}

/** False where the campaign does not go on, or is for others by now. */
async function admit(at: At, of: CampaignState, customerIds: readonly string[]): Promise<boolean> {
  const campaign = await unread(at, of.campaignId);
  if (!campaign || !isDeepStrictEqual(campaign.audience, of.audience)) return false;
  await addMembers(at, campaign, customerIds, "AUDIENCE");
  keepReadUntil(at, campaign.campaignId, customerIds.at(-1)!);
  return true;
}

/** Each customer once, as whom they have become; the caller has locked the campaign. Answers with the new ones. */
export async function addMembers(
  at: At,
  campaign: CampaignState,
  namedIds: readonly string[],
  origin: MemberState["origin"],
): Promise<MemberState[]> {
  const { campaignId } = campaign;
  const customerIds = [...new Set((await livingOf(at, namedIds)).values())];
  const there = await membersAmong(at, campaignId, customerIds);
  const made = customerIds
    .filter((customerId) => !there.has(customerId))
    .map((customerId) => target({ tenantId: at.tenantId, campaignId, customerId, origin, now: at.now }));
  const known = await lockFound(
    at,
    members,
    made.map(({ memberId }) => memberId),
  );
  // A member who is another customer since a merge has kept the id.
  const ids = new Set(known.map(({ memberId }) => memberId));
  const fresh = made.filter(({ memberId }) => !ids.has(memberId));
  if (fresh.length === 0) return [];
  keepDue(
    at,
    campaignId,
    fresh.flatMap((member) => nextStep(campaign, member, 0) ?? []),
  );
  return record(at, members, fresh, MemberTargeted);
}

async function finish(at: At, { campaignId, audience }: CampaignState): Promise<void> {
  const campaign = await unread(at, campaignId);
  if (!campaign || !isDeepStrictEqual(campaign.audience, audience)) return;
  keepLaunch(at, campaignId, true);
  sendSoon(at, campaignId);
}

/** Somebody has to say otherwise whom it is for. */
async function holdUp(at: At, campaignId: string, reason: string): Promise<void> {
  const campaign = await unread(at, campaignId);
  if (campaign) record(at, campaigns, pause(campaign, at.now, reason), CampaignPaused, { reason });
}
