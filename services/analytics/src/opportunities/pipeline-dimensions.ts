// What opportunities can be told apart by: where it stands, what it is called, and how a list finds it again.
import { QueryPipelineFiguresRequest_Dimension as Dimension } from "@guanxi/contract/guanxi/analytics/v1/pipeline_figure_service";
import { customerName, pipelineName, productName, stageName, teamName, userName } from "../labels.ts";
import { having } from "../rows-filter.ts";

export interface PipelineDimension {
  readonly column: string;
  /** Where it is no column of the opportunity. */
  readonly from?: string;
  readonly label: string;
  readonly condition: (value: string | null) => string;
}

const dimension = (column: string, label = `g.${column}`): PipelineDimension => ({
  column,
  label,
  condition: (value) => having(column, value),
});

const product: PipelineDimension = {
  column: "product_id",
  from: "p.text_value",
  label: productName("product_id"),
  condition: (value) => (value === null ? "!has(product_ids)" : `${JSON.stringify(value)} in product_ids`),
};

export const PIPELINE_DIMENSIONS: Readonly<Partial<Record<Dimension, PipelineDimension>>> = {
  [Dimension.PIPELINE]: dimension("pipeline_id", pipelineName("pipeline_id")),
  [Dimension.STAGE]: dimension("stage_id", stageName("stage_id")),
  [Dimension.AGENT]: dimension("owner_id", userName("owner_id")),
  [Dimension.MANAGER]: dimension("manager_id", userName("manager_id")),
  [Dimension.PRODUCT]: product,
  [Dimension.REGION]: dimension("region_id", teamName("region_id")),
  [Dimension.CUSTOMER_REGION]: dimension("customer_region_code"),
  [Dimension.CUSTOMER]: dimension("customer_id", customerName("customer_id")),
  [Dimension.SOURCE]: dimension("source_channel"),
  [Dimension.CLOSE_MONTH]: dimension("close_month"),
  [Dimension.LOST_REASON]: dimension("lost_reason"),
};
