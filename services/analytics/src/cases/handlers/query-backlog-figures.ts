import { FigureDimension } from "@guanxi/contract/guanxi/analytics/v1/figure";
import type {
  QueryBacklogFiguresRequest,
  QueryBacklogFiguresResponse,
} from "@guanxi/contract/guanxi/analytics/v1/service_figure_service";
import { query } from "@guanxi/kit/handler";
import { asOf, SERVICE_MARKS } from "../../marks.ts";
import { dimensionsAsked } from "../../measures/dimensions.ts";
import { figuresOf } from "../../measures/figures-of.ts";
import { backlogMeasures, openAt } from "../backlog-measures.ts";
import { caseDimensions } from "../case-dimensions.ts";
import { caseFields } from "../case-fields.ts";
import { SEEN_CASES } from "../seen-cases.ts";

export const queryBacklogFigures = query<QueryBacklogFiguresRequest, QueryBacklogFiguresResponse>(
  async ({ groupBy, filter, atTime }, at) => {
    const by = dimensionsAsked(groupBy, caseDimensions("open_date"));
    const [mark, figures] = await Promise.all([
      asOf(at, SERVICE_MARKS),
      figuresOf(at, {
        source: SEEN_CASES,
        catalogue: caseFields,
        by,
        customer: groupBy.indexOf(FigureDimension.CUSTOMER),
        measures: backlogMeasures,
        rowsMethod: "ListCaseFacts",
        filter,
        atTime,
        where: openAt,
      }),
    ]);
    return { ...figures, ...mark };
  },
);
