import { app } from "@guanxi/bus/app";
import { effect, projection } from "@guanxi/bus/reaction";
import { ImportServiceService } from "@guanxi/contract/guanxi/sales/v1/import_service";
import { LeadServiceService } from "@guanxi/contract/guanxi/sales/v1/lead_service";
import { OpportunityServiceService } from "@guanxi/contract/guanxi/sales/v1/opportunity_service";
import { OrderServiceService } from "@guanxi/contract/guanxi/sales/v1/order_service";
import { PipelineServiceService } from "@guanxi/contract/guanxi/sales/v1/pipeline_service";
import { ProductServiceService } from "@guanxi/contract/guanxi/sales/v1/product_service";
import { followAbsorbed, followSeparated } from "@guanxi/directory/follow-merges";
import { followHandOvers } from "@guanxi/directory/hand-overs";
import { mirrorUsers } from "@guanxi/directory/users";
import { importService } from "@guanxi/import/service/import-service";
import { implement } from "@guanxi/kit/edge";
import { products } from "./products/products.ts";
import { pipelines } from "./pipelines/pipelines.ts";
import { orders } from "./orders/orders.ts";
import { opportunities } from "./opportunities/opportunities.ts";
import { leads } from "./leads/leads.ts";
import { linkJobs } from "./customer-links/customer-links.ts";
import { leadKind } from "./imports/leads.ts";
import { opportunityKind } from "./imports/opportunities.ts";
import { orderKind } from "./imports/orders.ts";
import { productKind } from "./imports/products.ts";
import { completeConversion, refuseConversion } from "./leads/answers.ts";
import { migrations } from "./migrations/index.ts";
import { furnishTenants } from "./pipelines/pipelines.ts";
import { mirrorCustomers } from "./projections/customers.ts";
import { leadService, opportunityService, orderService, pipelineService, productService } from "./service.ts";

const imports = importService([productKind, leadKind, opportunityKind, orderKind]);

export const sales = app({
  name: "sales",
  settings: {},
  migrations,
  readers: [
    projection("customers", "customer", [mirrorCustomers]),
    projection("users", "identity", [mirrorUsers]),
    projection("tenants", "identity", [furnishTenants]),
    effect("lead_conversions", "customer", [completeConversion, refuseConversion]),
    effect("customer_links", "customer", [followAbsorbed, followSeparated, followHandOvers]),
  ],
  aggregates: [leads, opportunities, orders, pipelines, products],
  jobs: [...imports.jobs, ...linkJobs],
  open: () => ({
    services: [
      implement(ProductServiceService, productService),
      implement(PipelineServiceService, pipelineService),
      implement(OpportunityServiceService, opportunityService),
      implement(OrderServiceService, orderService),
      implement(LeadServiceService, leadService),
      implement(ImportServiceService, imports.handlers),
    ],
  }),
});
