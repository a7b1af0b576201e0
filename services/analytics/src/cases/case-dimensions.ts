import { FigureDimension } from "@guanxi/contract/guanxi/analytics/v1/figure";
import { customerName, productName, queueName, teamName, userName } from "../labels.ts";
import { dimension, type Dimensions, periods } from "../measures/dimensions.ts";

/** By its day of opening, resolution or closing. */
export type CaseDate = "open_date" | "resolve_date" | "close_date";

export const caseDimensions = (date: CaseDate): Dimensions => ({
  [FigureDimension.QUEUE]: dimension("queue_id", queueName),
  [FigureDimension.TEAM]: dimension("team_id", teamName),
  [FigureDimension.AGENT]: dimension("assignee_id", userName),
  [FigureDimension.PRODUCT]: dimension("product_id", productName),
  [FigureDimension.GRADE]: dimension("grade"),
  [FigureDimension.PHASE]: dimension("phase"),
  [FigureDimension.PRIORITY]: dimension("priority"),
  [FigureDimension.TOPIC]: dimension("topic"),
  [FigureDimension.KIND]: dimension("kind"),
  [FigureDimension.CUSTOMER]: dimension("customer_id", customerName),
  [FigureDimension.ROOT_CAUSE]: dimension("root_cause"),
  [FigureDimension.ORIGIN]: dimension("origin"),
  ...periods(date),
});
