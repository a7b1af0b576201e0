// What of marketing follows its customer when customers are merged, and goes to others when somebody leaves.
import { MemberChanged } from "@guanxi/contract/guanxi/marketing/v1/campaign_member_events";
import { CampaignMessageChanged } from "@guanxi/contract/guanxi/marketing/v1/campaign_message_events";
import { CampaignChanged } from "@guanxi/contract/guanxi/marketing/v1/campaign_events";
import { GuestChanged } from "@guanxi/contract/guanxi/marketing/v1/event_guest_events";
import { MarketStudyChanged } from "@guanxi/contract/guanxi/marketing/v1/market_study_events";
import { MarketingEventChanged } from "@guanxi/contract/guanxi/marketing/v1/marketing_event_events";
import { MarketingPlanChanged } from "@guanxi/contract/guanxi/marketing/v1/marketing_plan_events";
import { PlaybookRunChanged } from "@guanxi/contract/guanxi/marketing/v1/playbook_run_events";
import { linked, mergeJobs } from "@guanxi/directory/follow-merges";
import { book, handOverJob } from "@guanxi/directory/hand-overs";
import type { Codec } from "@guanxi/kit/codec";
import type { State } from "@guanxi/kit/columns";
import { record } from "@guanxi/kit/store";
import type { Table } from "@guanxi/kit/table";
import { campaigns } from "../campaigns/campaigns.ts";
import { guests } from "../events/guests.ts";
import { marketingEvents } from "../events/marketing-events.ts";
import { members } from "../members/members.ts";
import { campaignMessages } from "../messages/campaign-messages.ts";
import { plans } from "../plans/plans.ts";
import { runs } from "../playbooks/playbooks.ts";
import { studies } from "../studies/studies.ts";

type Owned = State & { readonly ownerId: string | null; readonly updateTime: Date };

/** Of no customer, so all of it goes to the first who takes over. */
const owned = <S extends Owned>(table: Table<S>, open: string, event: Codec<unknown>) =>
  book<S>({
    table,
    owner: "owner_id",
    open,
    ownerOf: ({ ownerId }) => ownerId,
    give: (at, row, ownerId) => record(at, table, { ...row, ownerId, updateTime: at.now }, event),
  });

export const linkJobs = [
  // Who was a member of a campaign twice stays so: the sender writes to the first one only.
  ...mergeJobs("marketing", [
    linked(members, MemberChanged),
    linked(campaignMessages, CampaignMessageChanged),
    linked(guests, GuestChanged),
    linked(runs, PlaybookRunChanged),
  ]),
  handOverJob("marketing", [
    owned(campaigns, "status in ('PLANNED', 'ACTIVE', 'PAUSED')", CampaignChanged),
    owned(plans, "state = 'ACTIVE'", MarketingPlanChanged),
    owned(studies, "state = 'OPEN'", MarketStudyChanged),
    owned(marketingEvents, "state = 'PLANNED'", MarketingEventChanged),
  ]),
];
