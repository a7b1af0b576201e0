import { FigureDimension } from "@guanxi/contract/guanxi/analytics/v1/figure";
import type {
  QueryFeedbackFiguresRequest,
  QueryFeedbackFiguresResponse,
} from "@guanxi/contract/guanxi/analytics/v1/satisfaction_figure_service";
import { query } from "@guanxi/kit/handler";
import { periodOf } from "../../figures.ts";
import { customerName, productName, teamName, userName } from "../../labels.ts";
import { asOf, INTERACTION_MARKS } from "../../marks.ts";
import { dimension, type Dimensions, dimensionsAsked, periods } from "../../measures/dimensions.ts";
import { figuresOf, inPeriod } from "../../measures/figures-of.ts";
import { SEEN_FEEDBACK } from "../seen-feedback.ts";
import { feedbackFields } from "../feedback-fields.ts";
import { feedbackMeasures, noSpam } from "../feedback-measures.ts";

const DIMENSIONS: Dimensions = {
  [FigureDimension.SOURCE]: dimension("source"),
  [FigureDimension.AGENT]: dimension("owner_id", userName),
  [FigureDimension.TEAM]: dimension("team_id", teamName),
  [FigureDimension.PRODUCT]: dimension("product_id", productName),
  [FigureDimension.CUSTOMER]: dimension("customer_id", customerName),
  [FigureDimension.TOPIC]: dimension("topic"),
  ...periods("event_date"),
};

export const queryFeedbackFigures = query<QueryFeedbackFiguresRequest, QueryFeedbackFiguresResponse>(
  async ({ groupBy, filter, atTime, ...asked }, at) => {
    const period = periodOf(asked);
    const by = dimensionsAsked(groupBy, DIMENSIONS);
    const [mark, figures] = await Promise.all([
      asOf(at, INTERACTION_MARKS),
      figuresOf(at, {
        source: SEEN_FEEDBACK,
        catalogue: feedbackFields,
        by,
        customer: groupBy.indexOf(FigureDimension.CUSTOMER),
        measures: feedbackMeasures,
        rowsMethod: "ListFeedbackFacts",
        filter,
        atTime,
        where: () => [noSpam, ...inPeriod("event_date", period)],
      }),
    ]);
    return { ...figures, ...mark };
  },
);
