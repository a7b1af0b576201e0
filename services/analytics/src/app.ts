import { app } from "@guanxi/bus/app";
import { projection, type Reader } from "@guanxi/bus/reaction";
import { CustomerCountServiceService } from "@guanxi/contract/guanxi/analytics/v1/customer_count_service";
import { ValueServiceService } from "@guanxi/contract/guanxi/analytics/v1/value_service";
import { PipelineFigureServiceService } from "@guanxi/contract/guanxi/analytics/v1/pipeline_figure_service";
import { InteractionFigureServiceService } from "@guanxi/contract/guanxi/analytics/v1/interaction_figure_service";
import { SatisfactionFigureServiceService } from "@guanxi/contract/guanxi/analytics/v1/satisfaction_figure_service";
import { RelationFigureServiceService } from "@guanxi/contract/guanxi/analytics/v1/relation_figure_service";
import { ReconciliationServiceService } from "@guanxi/contract/guanxi/analytics/v1/reconciliation_service";
import { SalesFigureServiceService } from "@guanxi/contract/guanxi/analytics/v1/sales_figure_service";
import { ServiceFigureServiceService } from "@guanxi/contract/guanxi/analytics/v1/service_figure_service";
import { implement } from "@guanxi/kit/edge";
import { followCases } from "./cases/follow-cases.ts";
import { causeLookJob } from "./cases/look-at-causes.ts";
import { mirrorQueues } from "./cases/mirror-queues.ts";
import { followInteractions } from "./contacts/follow-interactions.ts";
import { countCustomers } from "./customers/count-customers.ts";
import { COUNT_MARKS } from "./customers/customer-counts.ts";
import { mirrorLeads } from "./kpis/mirror-leads.ts";
import { INTERACTION_MARKS, MARKETING_MARKS, marking, SALES_MARKS, SERVICE_MARKS } from "./marks.ts";
import { migrations } from "./migrations/index.ts";
import { followOpportunities } from "./opportunities/follow-opportunities.ts";
import { mirrorPipelines } from "./opportunities/pipelines.ts";
import { countOrders } from "./orders/count-orders.ts";
import { mirrorProducts } from "./orders/mirror-products.ts";
import { mirrorTeams, mirrorUsers } from "./people/mirror-people.ts";
import { reconcileJob } from "./reconciliations/reconcile-job.ts";
import { mirrorCampaigns, mirrorCompetitors } from "./relations/mirror-marketing.ts";
import { mirrorRelationships } from "./relations/mirror-relationships.ts";
import { followWinBacks } from "./relations/follow-win-backs.ts";
import { followFeedback } from "./satisfaction/follow-feedback.ts";
import { followInvitations } from "./satisfaction/follow-invitations.ts";
import {
  customerCountService,
  interactionFigureService,
  pipelineFigureService,
  reconciliationService,
  relationFigureService,
  salesFigureService,
  satisfactionFigureService,
  serviceFigureService,
  valueService,
} from "./service.ts";
import { nightlyRunJob } from "./values/night.ts";
import { valueRunJob } from "./values/run-values.ts";

const readers: readonly Reader[] = [
  projection("customers", "customer", [
    countCustomers,
    followWinBacks,
    mirrorRelationships,
    marking(COUNT_MARKS),
  ]),
  projection("marketing", "marketing", [mirrorCampaigns, mirrorCompetitors, marking(MARKETING_MARKS)]),
  projection("people", "identity", [mirrorUsers, mirrorTeams]),
  projection("sales", "sales", [
    countOrders,
    followOpportunities,
    mirrorLeads,
    mirrorProducts,
    mirrorPipelines,
    marking(SALES_MARKS),
  ]),
  projection("service_desk", "service_desk", [followCases, mirrorQueues, marking(SERVICE_MARKS)]),
  projection("interaction", "interaction", [
    followInteractions,
    followInvitations,
    followFeedback,
    marking(INTERACTION_MARKS),
  ]),
];

export const analytics = app({
  name: "analytics",
  settings: {},
  migrations,
  readers,
  jobs: [valueRunJob, nightlyRunJob, causeLookJob, reconcileJob(readers)],
  open: ({ db }) => ({
    services: [
      implement(CustomerCountServiceService, customerCountService),
      implement(PipelineFigureServiceService, pipelineFigureService),
      implement(SalesFigureServiceService, salesFigureService),
      implement(ServiceFigureServiceService, serviceFigureService),
      implement(SatisfactionFigureServiceService, satisfactionFigureService),
      implement(InteractionFigureServiceService, interactionFigureService),
      implement(ValueServiceService, valueService(db)),
      implement(RelationFigureServiceService, relationFigureService),
      implement(ReconciliationServiceService, reconciliationService(readers.map(({ area }) => area))),
    ],
  }),
});
