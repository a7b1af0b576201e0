// What columns can fill of an opportunity, with the names by which HubSpot, Salesforce, Zoho and Chinese systems export it.
import { Source_Channel } from "@guanxi/contract/guanxi/customer/v1/customer";
import { Opportunity_LostReason, Opportunity_Type } from "@guanxi/contract/guanxi/sales/v1/opportunity";
import { ForecastCategory } from "@guanxi/contract/guanxi/sales/v1/pipeline";
import type { Field } from "@guanxi/import/service/kind";
import { namesOf } from "@guanxi/kit/enum-names";
import type { PipelineState } from "../pipelines/pipeline.ts";

const FIXED: readonly Field[] = [
  {
    name: "external_id",
    kind: "text",
    headers: ["Opportunity ID", "Record ID", "Record Id", "Deal ID", "Id", "商机编号", "商机ID"],
  },
  {
    name: "display_name",
    kind: "text",
    headers: ["Name", "Deal Name", "Opportunity Name", "Opportunity", "Deal", "Title", "商机名称", "商机"],
  },
  {
    name: "customer",
    kind: "reference",
    headers: [
      "Account",
      "Account Name",
      "Company",
      "Company Name",
      "Customer Name",
      "Associated Company",
      "Organization",
      "客户",
      "客户名称",
      "公司",
      "公司名称",
    ],
  },
  {
    name: "owner",
    kind: "reference",
    action: "assign",
    headers: [
      "Deal Owner",
      "Opportunity Owner",
      "Owner Name",
      "Sales Agent",
      "Salesperson",
      "Assigned To",
      "负责人",
      "销售",
      "销售人员",
      "所有人",
    ],
  },
  {
    name: "products",
    kind: "reference",
    repeated: true,
    headers: ["Product", "Product Name", "Product Code", "SKU", "产品", "产品名称", "商品"],
  },
  {
    name: "pipeline",
    kind: "reference",
    headers: ["Deal Pipeline", "Sales Pipeline", "Pipeline Name", "销售流程", "管道"],
  },
  {
    name: "stage",
    kind: "reference",
    required: true,
    headers: ["Deal Stage", "Stage Name", "Sales Stage", "Opportunity Stage", "阶段", "商机阶段", "销售阶段"],
  },
  {
    name: "amount",
    kind: "money",
    headers: [
      "Close Value",
      "Deal Amount",
      "Value",
      "Expected Revenue",
      "金额",
      "商机金额",
      "预计金额",
      "成交金额",
    ],
  },
  {
    name: "currency_code",
    kind: "text",
    headers: ["Currency", "Deal Currency", "Currency ISO Code", "币种", "货币"],
  },
  { name: "probability", kind: "number", headers: ["Probability (%)", "Win Probability", "赢率", "概率"] },
  {
    name: "forecast_category",
    kind: "enum",
    values: namesOf(ForecastCategory),
    headers: ["Forecast", "预测类别"],
  },
  {
    name: "open_date",
    kind: "date",
    headers: [
      "Engage Date",
      "Create Date",
      "Created Date",
      "Created On",
      "Start Date",
      "开始日期",
      "创建日期",
    ],
  },
  {
    name: "expected_close_date",
    kind: "date",
    headers: ["Expected Close", "Expected Closing Date", "Closing Date", "预计成交日期", "预计结单日期"],
  },
  // Of a deal that is open, the day on which it may be closed.
  {
    name: "close_date",
    kind: "date",
    headers: ["Closed Date", "Actual Close Date", "成交日期", "结单日期", "关闭日期"],
  },
  {
    name: "lost_reason",
    kind: "enum",
    values: namesOf(Opportunity_LostReason),
    headers: ["Closed Lost Reason", "Loss Reason", "Reason for Loss", "输单原因"],
  },
  { name: "lost_note", kind: "text", headers: ["Closed Lost Notes", "Loss Description", "输单说明"] },
  {
    name: "type",
    kind: "enum",
    values: namesOf(Opportunity_Type),
    headers: ["Deal Type", "Opportunity Type", "商机类型"],
  },
  { name: "next_step", kind: "text", headers: ["Next Activity", "下一步", "下一步计划"] },
  {
    name: "next_step_date",
    kind: "date",
    headers: ["Next Activity Date", "Next Step Due", "下一步日期", "下次跟进日期"],
  },
  {
    name: "source_channel",
    kind: "enum",
    values: namesOf(Source_Channel),
    headers: ["Lead Source", "Source", "Original Source", "来源", "来源渠道", "商机来源"],
  },
  {
    name: "source_detail",
    kind: "text",
    headers: ["Source Detail", "Original Source Drill-Down 1", "来源说明"],
  },
  {
    name: "source_campaign",
    kind: "text",
    headers: ["Campaign", "Primary Campaign Source", "Campaign Source", "市场活动"],
  },
];

export const ENTERED = "entered.";

/** A day of entering for each stage, as in HubSpot's: Date entered "Proposal (Sales Pipeline)". */
export function fieldsWith(pipelines: readonly PipelineState[]): Field[] {
  const stages = pipelines.flatMap(({ displayName: pipeline, stages }) =>
    stages.map(({ stageId, displayName }) => ({
      stageId,
      headers: [
        `Date entered "${displayName} (${pipeline})"`,
        `Date entered "${displayName}"`,
        `Entered ${displayName}`,
        `进入${displayName}日期`,
      ],
    })),
  );
  const entered = [...Map.groupBy(stages, ({ stageId }) => stageId)].map(
    ([stageId, all]): Field => ({
      name: `${ENTERED}${stageId}`,
      kind: "date",
      headers: all.flatMap(({ headers }) => headers),
    }),
  );
  return [...FIXED, ...entered];
}
