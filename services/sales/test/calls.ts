// What the tests ask of products, pipelines and opportunities, in a few words each.
import type { Opportunity } from "@guanxi/contract/guanxi/sales/v1/opportunity";
import {
  CreateOpportunityRequest,
  GetOpportunityRequest,
  ListOpportunitiesRequest,
  ListOpportunityHistoryRequest,
  LoseOpportunityRequest,
  MoveOpportunityRequest,
  OpportunityServiceService as opportunityRpc,
  ReopenOpportunityRequest,
  SummarizePipelineRequest,
  UpdateOpportunityRequest,
  WinOpportunityRequest,
} from "@guanxi/contract/guanxi/sales/v1/opportunity_service";
import type { Pipeline } from "@guanxi/contract/guanxi/sales/v1/pipeline";
import {
  CreatePipelineRequest,
  ListPipelinesRequest,
  PipelineServiceService as pipelineRpc,
  UpdatePipelineRequest,
} from "@guanxi/contract/guanxi/sales/v1/pipeline_service";
import type { Product } from "@guanxi/contract/guanxi/sales/v1/product";
import {
  CreateProductRequest,
  ListProductsRequest,
  ProductServiceService as productRpc,
  UpdateProductRequest,
} from "@guanxi/contract/guanxi/sales/v1/product_service";
import type { TestUser } from "@guanxi/testkit/service";

export { opportunityRpc, pipelineRpc, productRpc };

export const yuan = (units: number, nanos = 0) => ({ currencyCode: "CNY", units: BigInt(units), nanos });
export const day = (text: string) => {
  const [year = 0, month = 0, day = 0] = text.split("-").map(Number);
  return { year, month, day };
};

export const addProduct = (user: TestUser, product: object = {}, requestId = "") =>
  user.call(
    productRpc.createProduct,
    CreateProductRequest.fromPartial({
      product: { productCode: "GTX-PRO", displayName: "GTX Pro", listPrice: yuan(4821), ...product },
      requestId,
    }),
  );

export const updateProduct = (user: TestUser, before: Product, product: object, updateMask?: string[]) =>
  user.call(
    productRpc.updateProduct,
    UpdateProductRequest.fromPartial({
      product: { ...product, productId: before.productId },
      updateMask,
      etag: before.etag,
    }),
  );

export const listProducts = (user: TestUser, request: Partial<ListProductsRequest> = {}) =>
  user.call(productRpc.listProducts, ListProductsRequest.fromPartial(request));

export const createPipeline = (user: TestUser, pipeline: object) =>
  user.call(pipelineRpc.createPipeline, CreatePipelineRequest.fromPartial({ pipeline }));

export const updatePipeline = (user: TestUser, before: Pipeline, pipeline: object, updateMask?: string[]) =>
  user.call(
    pipelineRpc.updatePipeline,
    UpdatePipelineRequest.fromPartial({
      pipeline: { ...pipeline, pipelineId: before.pipelineId },
      updateMask,
      etag: before.etag,
    }),
  );

export const pipelinesOf = async (user: TestUser) =>
  (await user.call(pipelineRpc.listPipelines, ListPipelinesRequest.fromPartial({}))).pipelines;

export const open = (user: TestUser, opportunity: object = {}, requestId = "") =>
  user.call(
    opportunityRpc.createOpportunity,
    CreateOpportunityRequest.fromPartial({
      opportunity: { displayName: "两百套座椅", ...opportunity },
      requestId,
    }),
  );

export const read = (user: TestUser, opportunityId: string, readTime?: Date) =>
  user.call(
    opportunityRpc.getOpportunity,
    GetOpportunityRequest.fromPartial({ opportunityId, ...(readTime && { readTime }) }),
  );

export const update = (user: TestUser, before: Opportunity, opportunity: object, updateMask?: string[]) =>
  user.call(
    opportunityRpc.updateOpportunity,
    UpdateOpportunityRequest.fromPartial({
      opportunity: { ...opportunity, opportunityId: before.opportunityId },
      updateMask,
      etag: before.etag,
    }),
  );

export const move = (user: TestUser, opportunityId: string, stageId: string) =>
  user.call(opportunityRpc.moveOpportunity, MoveOpportunityRequest.fromPartial({ opportunityId, stageId }));

export const win = (user: TestUser, opportunityId: string, more: object = {}) =>
  user.call(opportunityRpc.winOpportunity, WinOpportunityRequest.fromPartial({ opportunityId, ...more }));

export const lose = (user: TestUser, opportunityId: string, more: object) =>
  user.call(opportunityRpc.loseOpportunity, LoseOpportunityRequest.fromPartial({ opportunityId, ...more }));

export const reopen = (user: TestUser, opportunityId: string, more: object) =>
  user.call(
    opportunityRpc.reopenOpportunity,
    ReopenOpportunityRequest.fromPartial({ opportunityId, ...more }),
  );

export const list = (user: TestUser, request: Partial<ListOpportunitiesRequest> = {}) =>
  user.call(opportunityRpc.listOpportunities, ListOpportunitiesRequest.fromPartial(request));

export const historyOf = (user: TestUser, opportunityId: string, more: object = {}) =>
  user.call(
    opportunityRpc.listOpportunityHistory,
    ListOpportunityHistoryRequest.fromPartial({ opportunityId, ...more }),
  );

export const summarize = (user: TestUser, request: object = {}) =>
  user.call(opportunityRpc.summarizePipeline, SummarizePipelineRequest.fromPartial(request));
