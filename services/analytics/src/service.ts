import type { CustomerCountServiceServer } from "@guanxi/contract/guanxi/analytics/v1/customer_count_service";
import type { ValueServiceServer } from "@guanxi/contract/guanxi/analytics/v1/value_service";
import type { Db } from "@guanxi/kit/db";
import type { PipelineFigureServiceServer } from "@guanxi/contract/guanxi/analytics/v1/pipeline_figure_service";
import type { SalesFigureServiceServer } from "@guanxi/contract/guanxi/analytics/v1/sales_figure_service";
import type { Handlers } from "@guanxi/kit/handler";
import { queryCustomerCounts } from "./customers/handlers/query-customer-counts.ts";
import { queryKpis } from "./kpis/handlers/query-kpis.ts";
import { listOpportunityFacts } from "./opportunities/handlers/list-opportunity-facts.ts";
import { queryPipelineFigures } from "./opportunities/handlers/query-pipeline-figures.ts";
import { queryStageFigures } from "./opportunities/handlers/query-stage-figures.ts";
import { listOrderFacts } from "./orders/handlers/list-order-facts.ts";
import { querySalesFigures } from "./orders/handlers/query-sales-figures.ts";
import { createValueRun } from "./values/handlers/create-value-run.ts";
import { getCustomerValue } from "./values/handlers/get-customer-value.ts";
import { getValuePlan } from "./values/handlers/get-value-plan.ts";
import { getValueRun } from "./values/handlers/get-value-run.ts";
import { listCustomerValues } from "./values/handlers/list-customer-values.ts";
import { listValueRuns } from "./values/handlers/list-value-runs.ts";
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
});
