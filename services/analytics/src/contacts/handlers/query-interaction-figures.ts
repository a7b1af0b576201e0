import { FigureDimension } from "@guanxi/contract/guanxi/analytics/v1/figure";
import type {
  QueryInteractionFiguresRequest,
  QueryInteractionFiguresResponse,
} from "@guanxi/contract/guanxi/analytics/v1/interaction_figure_service";
import { query } from "@guanxi/kit/handler";
import { periodOf } from "../../figures.ts";
import { customerName, teamName, userName } from "../../labels.ts";
import { asOf, INTERACTION_MARKS } from "../../marks.ts";
import { dimension, type Dimensions, dimensionsAsked, periods } from "../../measures/dimensions.ts";
import { figuresOf, inPeriod } from "../../measures/figures-of.ts";
import { SEEN_INTERACTIONS } from "../seen-interactions.ts";
import { interactionFields } from "../interaction-fields.ts";
import { interactionMeasures } from "../interaction-measures.ts";

const DIMENSIONS: Dimensions = {
  [FigureDimension.CHANNEL]: dimension("channel"),
  [FigureDimension.DIRECTION]: dimension("direction"),
  [FigureDimension.AGENT]: dimension("user_id", userName),
  [FigureDimension.TEAM]: dimension("team_id", teamName),
  [FigureDimension.CUSTOMER]: dimension("customer_id", customerName),
  [FigureDimension.TOPIC]: dimension("topic"),
  ...periods("event_date"),
};

export const queryInteractionFigures = query<QueryInteractionFiguresRequest, QueryInteractionFiguresResponse>(
  async ({ groupBy, filter, atTime, ...asked }, at) => {
    const period = periodOf(asked);
    const by = dimensionsAsked(groupBy, DIMENSIONS);
    const [mark, figures] = await Promise.all([
      asOf(at, INTERACTION_MARKS),
      figuresOf(at, {
        source: SEEN_INTERACTIONS,
        catalogue: interactionFields,
        by,
        customer: groupBy.indexOf(FigureDimension.CUSTOMER),
        measures: interactionMeasures,
        rowsMethod: "ListInteractionFacts",
        filter,
        atTime,
        where: () => inPeriod("event_date", period),
      }),
    ]);
    return { ...figures, ...mark };
  },
);
