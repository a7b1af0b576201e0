import type { CustomerCountServiceServer } from "@guanxi/contract/guanxi/analytics/v1/customer_count_service";
import type { InteractionFigureServiceServer } from "@guanxi/contract/guanxi/analytics/v1/interaction_figure_service";
import type { RelationFigureServiceServer } from "@guanxi/contract/guanxi/analytics/v1/relation_figure_service";
import type { ReconciliationServiceServer } from "@guanxi/contract/guanxi/analytics/v1/reconciliation_service";
import type { SatisfactionFigureServiceServer } from "@guanxi/contract/guanxi/analytics/v1/satisfaction_figure_service";
import type { ServiceFigureServiceServer } from "@guanxi/contract/guanxi/analytics/v1/service_figure_service";
import type { ValueServiceServer } from "@guanxi/contract/guanxi/analytics/v1/value_service";
import type { Db } from "@guanxi/kit/db";
import type { PipelineFigureServiceServer } from "@guanxi/contract/guanxi/analytics/v1/pipeline_figure_service";
import type { SalesFigureServiceServer } from "@guanxi/contract/guanxi/analytics/v1/sales_figure_service";
import type { Handlers } from "@guanxi/kit/handler";
import { listCaseFacts } from "./cases/handlers/list-case-facts.ts";
import { queryBacklogFigures } from "./cases/handlers/query-backlog-figures.ts";
import { queryComplaintCauses } from "./cases/handlers/query-complaint-causes.ts";
import { queryComplaintRates } from "./cases/handlers/query-complaint-rates.ts";
import { queryServiceFigures } from "./cases/handlers/query-service-figures.ts";
import { listInteractionFacts } from "./contacts/handlers/list-interaction-facts.ts";
import { queryInteractionFigures } from "./contacts/handlers/query-interaction-figures.ts";
import { queryCustomerCounts } from "./customers/handlers/query-customer-counts.ts";
import { queryKpis } from "./kpis/handlers/query-kpis.ts";
import { listOpportunityFacts } from "./opportunities/handlers/list-opportunity-facts.ts";
import { queryPipelineFigures } from "./opportunities/handlers/query-pipeline-figures.ts";
import { queryStageFigures } from "./opportunities/handlers/query-stage-figures.ts";
import { listOrderFacts } from "./orders/handlers/list-order-facts.ts";
import { querySalesFigures } from "./orders/handlers/query-sales-figures.ts";
import { createReconciliation } from "./reconciliations/handlers/create-reconciliation.ts";
import { getReconciliation } from "./reconciliations/handlers/get-reconciliation.ts";
import { listDifferences } from "./reconciliations/handlers/list-differences.ts";
import { listReconciliations } from "./reconciliations/handlers/list-reconciliations.ts";
import { queryRelationFigures } from "./relations/handlers/query-relation-figures.ts";
import { listAnswerFacts } from "./satisfaction/handlers/list-answer-facts.ts";
import { listFeedbackFacts } from "./satisfaction/handlers/list-feedback-facts.ts";
import { listInvitationFacts } from "./satisfaction/handlers/list-invitation-facts.ts";
import { queryFeedbackFigures } from "./satisfaction/handlers/query-feedback-figures.ts";
import { querySatisfactionFigures } from "./satisfaction/handlers/query-satisfaction-figures.ts";
import { createValueRun } from "./values/handlers/create-value-run.ts";
import { getCustomerValue } from "./values/handlers/get-customer-value.ts";
import { getValuePlan } from "./values/handlers/get-value-plan.ts";
import { getValueRun } from "./values/handlers/get-value-run.ts";
import { listCustomerValues } from "./values/handlers/list-customer-values.ts";
import { listValueRuns } from "./values/handlers/list-value-runs.ts";
import { queryValueCurve } from "./values/handlers/query-value-curve.ts";
import { queryValueFigures } from "./values/handlers/query-value-figures.ts";
import { reproduceValueRun } from "./values/handlers/reproduce-value-run.ts";
import { updateValuePlan } from "./values/handlers/update-value-plan.ts";

export const customerCountService: Handlers<CustomerCountServiceServer> = { queryCustomerCounts };

export const pipelineFigureService: Handlers<PipelineFigureServiceServer> = {
  queryPipelineFigures,
  queryStageFigures,
  listOpportunityFacts,
};

export const salesFigureService: Handlers<SalesFigureServiceServer> = {
  querySalesFigures,
  listOrderFacts,
  queryKpis,
};

export const serviceFigureService: Handlers<ServiceFigureServiceServer> = {
  queryServiceFigures,
  queryBacklogFigures,
  queryComplaintRates,
  queryComplaintCauses,
  listCaseFacts,
};

export const satisfactionFigureService: Handlers<SatisfactionFigureServiceServer> = {
  querySatisfactionFigures,
  queryFeedbackFigures,
  listAnswerFacts,
  listInvitationFacts,
  listFeedbackFacts,
};

export const interactionFigureService: Handlers<InteractionFigureServiceServer> = {
  queryInteractionFigures,
  listInteractionFacts,
};

export const relationFigureService: Handlers<RelationFigureServiceServer> = { queryRelationFigures };

/** A run is reproduced from a snapshot of its own, for which it needs more than a request's transaction. */
export const valueService = (db: Db): Handlers<ValueServiceServer> => ({
  getValuePlan,
  updateValuePlan,
  createValueRun,
  getValueRun,
  listValueRuns,
  reproduceValueRun: reproduceValueRun(db),
  getCustomerValue,
  listCustomerValues,
  queryValueFigures,
  queryValueCurve,
});

export const reconciliationService = (areas: readonly string[]): Handlers<ReconciliationServiceServer> => ({
  createReconciliation: createReconciliation(areas),
  getReconciliation,
  listReconciliations,
  listDifferences,
});
