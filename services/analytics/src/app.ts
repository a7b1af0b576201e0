import { app } from "@guanxi/bus/app";
import { projection } from "@guanxi/bus/reaction";
import { CustomerCountServiceService } from "@guanxi/contract/guanxi/analytics/v1/customer_count_service";
import { ValueServiceService } from "@guanxi/contract/guanxi/analytics/v1/value_service";
import { PipelineFigureServiceService } from "@guanxi/contract/guanxi/analytics/v1/pipeline_figure_service";
import { SalesFigureServiceService } from "@guanxi/contract/guanxi/analytics/v1/sales_figure_service";
import { implement } from "@guanxi/kit/edge";
import { countCustomers } from "./customers/count-customers.ts";
import { COUNT_MARKS } from "./customers/customer-counts.ts";
import { mirrorLeads } from "./kpis/mirror-leads.ts";
import { marking, SALES_MARKS } from "./marks.ts";
import { migrations } from "./migrations/index.ts";
import { followOpportunities } from "./opportunities/follow-opportunities.ts";
import { mirrorPipelines } from "./opportunities/pipelines.ts";
import { countOrders } from "./orders/count-orders.ts";
import { mirrorProducts } from "./orders/mirror-products.ts";
import { mirrorTeams, mirrorUsers } from "./people/mirror-people.ts";
import { customerCountService, pipelineFigureService, salesFigureService, valueService } from "./service.ts";
import { nightlyRunJob } from "./values/night.ts";
import { valueRunJob } from "./values/run-values.ts";

export const analytics = app({
  name: "analytics",
  settings: {},
  migrations,
  readers: [
    projection("customers", "customer", [countCustomers, marking(COUNT_MARKS)]),
    projection("people", "identity", [mirrorUsers, mirrorTeams]),
    projection("sales", "sales", [
      countOrders,
      followOpportunities,
      mirrorLeads,
      mirrorProducts,
      mirrorPipelines,
      marking(SALES_MARKS),
    ]),
  ],
  jobs: [valueRunJob, nightlyRunJob],
  open: ({ db }) => ({
    services: [
      implement(CustomerCountServiceService, customerCountService),
      implement(PipelineFigureServiceService, pipelineFigureService),
      implement(SalesFigureServiceService, salesFigureService),
      implement(ValueServiceService, valueService(db)),
    ],
  }),
});
