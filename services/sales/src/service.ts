// The RPC table: one name per line.
import type { LeadServiceServer } from "@guanxi/contract/guanxi/sales/v1/lead_service";
import type { OpportunityServiceServer } from "@guanxi/contract/guanxi/sales/v1/opportunity_service";
import type { OrderServiceServer } from "@guanxi/contract/guanxi/sales/v1/order_service";
import type { PipelineServiceServer } from "@guanxi/contract/guanxi/sales/v1/pipeline_service";
import type { ProductServiceServer } from "@guanxi/contract/guanxi/sales/v1/product_service";
import type { Handlers } from "@guanxi/kit/handler";
import { assignLead } from "./leads/handlers/assign-lead.ts";
import { convertLead } from "./leads/handlers/convert-lead.ts";
import { createLead } from "./leads/handlers/create-lead.ts";
import { disqualifyLead } from "./leads/handlers/disqualify-lead.ts";
import { getLead } from "./leads/handlers/get-lead.ts";
import { listLeads } from "./leads/handlers/list-leads.ts";
import { moveLead } from "./leads/handlers/move-lead.ts";
import { qualifyLead } from "./leads/handlers/qualify-lead.ts";
import { recycleLead } from "./leads/handlers/recycle-lead.ts";
import { updateLead } from "./leads/handlers/update-lead.ts";
import { changeOpportunityOwner } from "./opportunities/handlers/change-opportunity-owner.ts";
import { createOpportunity } from "./opportunities/handlers/create-opportunity.ts";
import { getOpportunity } from "./opportunities/handlers/get-opportunity.ts";
import { listOpportunities } from "./opportunities/handlers/list-opportunities.ts";
import { listOpportunityHistory } from "./opportunities/handlers/list-opportunity-history.ts";
import { loseOpportunity } from "./opportunities/handlers/lose-opportunity.ts";
import { moveOpportunity } from "./opportunities/handlers/move-opportunity.ts";
import { reopenOpportunity } from "./opportunities/handlers/reopen-opportunity.ts";
import { summarizePipeline } from "./opportunities/handlers/summarize-pipeline.ts";
import { updateOpportunity } from "./opportunities/handlers/update-opportunity.ts";
import { winOpportunity } from "./opportunities/handlers/win-opportunity.ts";
import { cancelOrder } from "./orders/handlers/cancel-order.ts";
import { confirmOrder } from "./orders/handlers/confirm-order.ts";
import { createOrder } from "./orders/handlers/create-order.ts";
import { fulfilOrder } from "./orders/handlers/fulfil-order.ts";
import { getOrder } from "./orders/handlers/get-order.ts";
import { listOrders } from "./orders/handlers/list-orders.ts";
import { returnOrder } from "./orders/handlers/return-order.ts";
import { startOrderFulfilment } from "./orders/handlers/start-order-fulfilment.ts";
import { updateOrder } from "./orders/handlers/update-order.ts";
import { createPipeline } from "./pipelines/handlers/create-pipeline.ts";
import { getPipeline } from "./pipelines/handlers/get-pipeline.ts";
import { listPipelines } from "./pipelines/handlers/list-pipelines.ts";
import { updatePipeline } from "./pipelines/handlers/update-pipeline.ts";
import { archiveProduct } from "./products/handlers/archive-product.ts";
import { createProduct } from "./products/handlers/create-product.ts";
import { getProduct } from "./products/handlers/get-product.ts";
import { listProducts } from "./products/handlers/list-products.ts";
import { restoreProduct } from "./products/handlers/restore-product.ts";
import { updateProduct } from "./products/handlers/update-product.ts";

export const productService: Handlers<ProductServiceServer> = {
  archiveProduct,
  createProduct,
  getProduct,
  listProducts,
  restoreProduct,
  updateProduct,
};

export const pipelineService: Handlers<PipelineServiceServer> = {
  createPipeline,
  getPipeline,
  listPipelines,
  updatePipeline,
};

export const opportunityService: Handlers<OpportunityServiceServer> = {
  changeOpportunityOwner,
  createOpportunity,
  getOpportunity,
  listOpportunities,
  listOpportunityHistory,
  loseOpportunity,
  moveOpportunity,
  reopenOpportunity,
  summarizePipeline,
  updateOpportunity,
  winOpportunity,
};

export const orderService: Handlers<OrderServiceServer> = {
  cancelOrder,
  confirmOrder,
  createOrder,
  fulfilOrder,
  getOrder,
  listOrders,
  returnOrder,
  startOrderFulfilment,
  updateOrder,
};

export const leadService: Handlers<LeadServiceServer> = {
  assignLead,
  convertLead,
  createLead,
  disqualifyLead,
  getLead,
  listLeads,
  moveLead,
  qualifyLead,
  recycleLead,
  updateLead,
};
