// How far a campaign is, counted at the moment of the question: two walks along an index each.
import { CampaignMember_Status } from "@guanxi/contract/guanxi/marketing/v1/campaign_member";
import type { CampaignProgress, StepProgress } from "@guanxi/contract/guanxi/marketing/v1/campaign_service";
import type { At } from "@guanxi/kit/at";
import { numberOf } from "@guanxi/kit/enum-names";
import { named } from "@guanxi/kit/store";
import type { MemberStatus } from "../members/member-state.ts";
import type { MessageState } from "../messages/message-state.ts";
import type { CampaignState } from "./campaign-state.ts";
import { isAudienceRead } from "./launches.ts";

interface MemberRow {
  readonly status: MemberStatus;
  readonly count: number;
  readonly audience: number;
}

interface LineRow {
  readonly step: number;
  readonly state: MessageState["state"];
  readonly reason: string;
  readonly count: number;
}

interface DueRow {
  readonly step: number;
  readonly count: number;
}

const MEMBERS = `select status, count(*)::int as count, count(*) filter (where origin = 'AUDIENCE')::int as audience
  from campaign_members where campaign_id = $1 group by status order by status`;
const LINES = `select step, state, reason, count(*)::int as count from campaign_messages where campaign_id = $1
  group by step, state, reason order by step, count desc, reason`;
const DUE = `select step, count(*)::int as count from campaign_steps_due where campaign_id = $1 group by step`;

export async function progressOf(at: At, { campaignId, steps }: CampaignState): Promise<CampaignProgress> {
  const values = [campaignId];
  const [members, lines, due, audienceComplete] = await Promise.all([
    named<MemberRow>(at, { name: "campaign progress members", text: MEMBERS, values }),
    named<LineRow>(at, { name: "campaign progress messages", text: LINES, values }),
    named<DueRow>(at, { name: "campaign progress due", text: DUE, values }),
    isAudienceRead(at, campaignId),
  ]);
  return {
    audienceCount: sum(members.map(({ audience }) => audience)),
    audienceComplete,
    memberCount: sum(members.map(({ count }) => count)),
    members: members.map(({ status, count }) => ({ status: numberOf(CampaignMember_Status, status), count })),
    steps: steps.map(({ step }) =>
      stepOf(
        step,
        lines.filter((line) => line.step === step),
        due.find((each) => each.step === step)?.count ?? 0,
      ),
    ),
  };
}

const sum = (counts: readonly number[]) => counts.reduce((all, count) => all + count, 0);

function stepOf(step: number, lines: readonly LineRow[], undecided: number): StepProgress {
  const of = (state: LineRow["state"]) =>
    sum(lines.filter((line) => line.state === state).map(({ count }) => count));
  const suppressed = of("SUPPRESSED");
  const decided = sum(lines.map(({ count }) => count));
  return {
    step,
    decided,
    requested: decided - suppressed,
    sent: of("SENT"),
    bounced: of("BOUNCED"),
    failed: of("FAILED"),
    waiting: of("REQUESTED"),
    suppressed,
    reasons: lines.filter(({ reason }) => reason !== "").map(({ reason, count }) => ({ reason, count })),
    undecided,
  };
}
