import { app } from "@guanxi/bus/app";
import { effect, projection } from "@guanxi/bus/reaction";
import { CampaignServiceService } from "@guanxi/contract/guanxi/marketing/v1/campaign_service";
import { SuppressionServiceService } from "@guanxi/contract/guanxi/marketing/v1/suppression_service";
import { followAbsorbed, followSeparated } from "@guanxi/directory/follow-merges";
import { followHandOvers } from "@guanxi/directory/hand-overs";
import { mirrorUsers } from "@guanxi/directory/users";
import { implement } from "@guanxi/kit/edge";
import { mirrorOpportunities, mirrorOrders } from "./attribution/conversions.ts";
import { noteOpportunities, noteOrders } from "./attribution/note-conversions.ts";
import { campaigns } from "./campaigns/campaigns.ts";
import { competitors } from "./competitors/competitors.ts";
import { campaignAudienceJob } from "./campaigns/audience-job.ts";
import { mirrorDeals } from "./competitors/deals.ts";
import { linkJobs } from "./customer-links/customer-links.ts";
import { afterEventJob } from "./events/after-event.ts";
import { guests } from "./events/guests.ts";
import { marketingEvents } from "./events/marketing-events.ts";
import { members } from "./members/members.ts";
import { campaignMessages } from "./messages/campaign-messages.ts";
import { followDeliveries } from "./messages/follow-deliveries.ts";
import { migrations } from "./migrations/index.ts";
import { plans } from "./plans/plans.ts";
import { playbooks, runs } from "./playbooks/playbooks.ts";
import { startPlaybooks } from "./playbooks/start-playbooks.ts";
import { mirrorCustomers } from "./projections/customers.ts";
import { mirrorMemberships, mirrorSegments } from "./projections/segments.ts";
import { campaignSendJob } from "./sending/send-job.ts";
import { campaignService, suppressionService } from "./service.ts";
import { strategyServices } from "./strategy-services.ts";
import { studies } from "./studies/studies.ts";
import { suppressions } from "./suppressions/suppressions.ts";
import { templates } from "./templates/templates.ts";
import { trackingSettings } from "./tracking/settings.ts";

export const marketing = app({
  name: "marketing",
  settings: { ...trackingSettings },
  migrations,
  readers: [
    projection("customers", "customer", [mirrorCustomers, mirrorSegments, mirrorMemberships]),
    projection("users", "identity", [mirrorUsers]),
    effect("deliveries", "interaction", [followDeliveries]),
    projection("sales", "sales", [mirrorOrders, mirrorOpportunities, mirrorDeals]),
    effect("conversions", "sales", [noteOrders, noteOpportunities], { imports: true }),
    effect("playbooks", "customer", [startPlaybooks]),
    effect("customer_links", "customer", [followAbsorbed, followSeparated, followHandOvers]),
  ],
  aggregates: [
    ...[campaigns, competitors, plans, studies, templates, marketingEvents, playbooks, suppressions],
    ...[members, campaignMessages, guests, runs],
  ],
  jobs: [campaignAudienceJob, campaignSendJob, afterEventJob, ...linkJobs],
  open: (context) => ({
    services: [
      implement(CampaignServiceService, campaignService(context)),
      implement(SuppressionServiceService, suppressionService),
      ...strategyServices(context),
    ],
  }),
});
