// The RPC table of what campaigns are built on and judged by: one name per line.
import type { Context } from "@guanxi/bus/app";
import { AttributionServiceService } from "@guanxi/contract/guanxi/marketing/v1/attribution_service";
import { CompetitorServiceService } from "@guanxi/contract/guanxi/marketing/v1/competitor_service";
import { MarketStudyServiceService } from "@guanxi/contract/guanxi/marketing/v1/market_study_service";
import { MarketingEventServiceService } from "@guanxi/contract/guanxi/marketing/v1/marketing_event_service";
import { MarketingPlanServiceService } from "@guanxi/contract/guanxi/marketing/v1/marketing_plan_service";
import { MessageTemplateServiceService } from "@guanxi/contract/guanxi/marketing/v1/message_template_service";
import { PlaybookServiceService } from "@guanxi/contract/guanxi/marketing/v1/playbook_service";
import { TrackingServiceService } from "@guanxi/contract/guanxi/marketing/v1/tracking_service";
import type { AttributionServiceServer } from "@guanxi/contract/guanxi/marketing/v1/attribution_service";
import type { CompetitorServiceServer } from "@guanxi/contract/guanxi/marketing/v1/competitor_service";
import type { MarketStudyServiceServer } from "@guanxi/contract/guanxi/marketing/v1/market_study_service";
import type { MarketingEventServiceServer } from "@guanxi/contract/guanxi/marketing/v1/marketing_event_service";
import type { MarketingPlanServiceServer } from "@guanxi/contract/guanxi/marketing/v1/marketing_plan_service";
import type { MessageTemplateServiceServer } from "@guanxi/contract/guanxi/marketing/v1/message_template_service";
import type { PlaybookServiceServer } from "@guanxi/contract/guanxi/marketing/v1/playbook_service";
import type { TrackingServiceServer } from "@guanxi/contract/guanxi/marketing/v1/tracking_service";
import { implement, type Service } from "@guanxi/kit/edge";
import type { Handlers } from "@guanxi/kit/handler";
import { getCampaignResult } from "./attribution/handlers/get-campaign-result.ts";
import { getChannelCosts } from "./attribution/handlers/get-channel-costs.ts";
import { archiveCompetitor } from "./competitors/handlers/archive-competitor.ts";
import { createCompetitor } from "./competitors/handlers/create-competitor.ts";
import { getCompetitor } from "./competitors/handlers/get-competitor.ts";
import { getCompetitorStanding } from "./competitors/handlers/get-competitor-standing.ts";
import { listCompetitors } from "./competitors/handlers/list-competitors.ts";
import { updateCompetitor } from "./competitors/handlers/update-competitor.ts";
import { cancelMarketingEvent } from "./events/handlers/cancel-marketing-event.ts";
import { checkInGuest } from "./events/handlers/check-in-guest.ts";
import { closeMarketingEvent } from "./events/handlers/close-marketing-event.ts";
import { createMarketingEvent } from "./events/handlers/create-marketing-event.ts";
import { declineGuest } from "./events/handlers/decline-guest.ts";
import { getEventCounts } from "./events/handlers/get-event-counts.ts";
import { getMarketingEvent } from "./events/handlers/get-marketing-event.ts";
import { inviteGuests } from "./events/handlers/invite-guests.ts";
import { listEventGuests } from "./events/handlers/list-event-guests.ts";
import { listMarketingEvents } from "./events/handlers/list-marketing-events.ts";
import { registerGuest } from "./events/handlers/register-guest.ts";
import { updateMarketingEvent } from "./events/handlers/update-marketing-event.ts";
import { closeMarketingPlan } from "./plans/handlers/close-marketing-plan.ts";
import { createMarketingPlan } from "./plans/handlers/create-marketing-plan.ts";
import { getMarketingPlan } from "./plans/handlers/get-marketing-plan.ts";
import { getPlanResult } from "./plans/handlers/get-plan-result.ts";
import { listMarketingPlans } from "./plans/handlers/list-marketing-plans.ts";
import { listPlanRevisions } from "./plans/handlers/list-plan-revisions.ts";
import { updateMarketingPlan } from "./plans/handlers/update-marketing-plan.ts";
import { createPlaybook } from "./playbooks/handlers/create-playbook.ts";
import { getPlaybook } from "./playbooks/handlers/get-playbook.ts";
import { listPlaybookRuns } from "./playbooks/handlers/list-playbook-runs.ts";
import { listPlaybooks } from "./playbooks/handlers/list-playbooks.ts";
import { updatePlaybook } from "./playbooks/handlers/update-playbook.ts";
import { closeMarketStudy } from "./studies/handlers/close-market-study.ts";
import { createMarketStudy } from "./studies/handlers/create-market-study.ts";
import { getMarketStudy } from "./studies/handlers/get-market-study.ts";
import { listMarketStudies } from "./studies/handlers/list-market-studies.ts";
import { listStudyTargets } from "./studies/handlers/list-study-targets.ts";
import { reopenMarketStudy } from "./studies/handlers/reopen-market-study.ts";
import { updateMarketStudy } from "./studies/handlers/update-market-study.ts";
import { archiveMessageTemplate } from "./templates/handlers/archive-message-template.ts";
import { createMessageTemplate } from "./templates/handlers/create-message-template.ts";
import { getMessageTemplate } from "./templates/handlers/get-message-template.ts";
import { listMessageTemplates } from "./templates/handlers/list-message-templates.ts";
import { previewMessageTemplate } from "./templates/handlers/preview-message-template.ts";
import { updateMessageTemplate } from "./templates/handlers/update-message-template.ts";
import { followTrackedLink } from "./tracking/handlers/follow-tracked-link.ts";
import { getUnsubscribePage } from "./tracking/handlers/get-unsubscribe-page.ts";
import { openTrackedMessage } from "./tracking/handlers/open-tracked-message.ts";
import { unsubscribe } from "./tracking/handlers/unsubscribe.ts";
import { linkHolder } from "./tracking/link-holder.ts";
import type { trackingSettings } from "./tracking/settings.ts";

const attributionService: Handlers<AttributionServiceServer> = { getCampaignResult, getChannelCosts };

const competitorService: Handlers<CompetitorServiceServer> = {
  archiveCompetitor,
  createCompetitor,
  getCompetitor,
  getCompetitorStanding,
  listCompetitors,
  updateCompetitor,
};

const marketStudyService: Handlers<MarketStudyServiceServer> = {
  closeMarketStudy,
  createMarketStudy,
  getMarketStudy,
  listMarketStudies,
  listStudyTargets,
  reopenMarketStudy,
  updateMarketStudy,
};

const marketingEventService: Handlers<MarketingEventServiceServer> = {
  cancelMarketingEvent,
  checkInGuest,
  closeMarketingEvent,
  createMarketingEvent,
  declineGuest,
  getEventCounts,
  getMarketingEvent,
  inviteGuests,
  listEventGuests,
  listMarketingEvents,
  registerGuest,
  updateMarketingEvent,
};

const marketingPlanService: Handlers<MarketingPlanServiceServer> = {
  closeMarketingPlan,
  createMarketingPlan,
  getMarketingPlan,
  getPlanResult,
  listMarketingPlans,
  listPlanRevisions,
  updateMarketingPlan,
};

const messageTemplateService: Handlers<MessageTemplateServiceServer> = {
  archiveMessageTemplate,
  createMessageTemplate,
  getMessageTemplate,
  listMessageTemplates,
  previewMessageTemplate,
  updateMessageTemplate,
};

const playbookService: Handlers<PlaybookServiceServer> = {
  createPlaybook,
  getPlaybook,
  listPlaybookRuns,
  listPlaybooks,
  updatePlaybook,
};

/** Whoever has the link of a message may follow it without a token, for which it needs more than a request's transaction. */
function trackingService(context: Context<typeof trackingSettings>): Handlers<TrackingServiceServer> {
  const holder = linkHolder(context);
  return {
    followTrackedLink: followTrackedLink(holder),
    getUnsubscribePage: getUnsubscribePage(holder),
    openTrackedMessage: openTrackedMessage(holder),
    unsubscribe: unsubscribe(holder),
  };
}

export const strategyServices = (context: Context<typeof trackingSettings>): Service[] => [
  implement(AttributionServiceService, attributionService),
  implement(CompetitorServiceService, competitorService),
  implement(MarketStudyServiceService, marketStudyService),
  implement(MarketingEventServiceService, marketingEventService),
  implement(MarketingPlanServiceService, marketingPlanService),
  implement(MessageTemplateServiceService, messageTemplateService),
  implement(PlaybookServiceService, playbookService),
  implement(TrackingServiceService, trackingService(context)),
];
