import { FigureDimension } from "@guanxi/contract/guanxi/analytics/v1/figure";
import {
  type QueryServiceFiguresRequest,
  QueryServiceFiguresRequest_Basis as Basis,
  type QueryServiceFiguresResponse,
} from "@guanxi/contract/guanxi/analytics/v1/service_figure_service";
import { query } from "@guanxi/kit/handler";
import { periodOf } from "../../figures.ts";
import { asOf, SERVICE_MARKS } from "../../marks.ts";
import { dimensionsAsked } from "../../measures/dimensions.ts";
import { figuresOf, inPeriod } from "../../measures/figures-of.ts";
import { caseDimensions, type CaseDate } from "../case-dimensions.ts";
import { caseFields } from "../case-fields.ts";
import { caseMeasures } from "../case-measures.ts";
import { SEEN_CASES } from "../seen-cases.ts";

const DATES: Readonly<Partial<Record<Basis, CaseDate>>> = {
  [Basis.RESOLVE_DATE]: "resolve_date",
  [Basis.CLOSE_DATE]: "close_date",
};

export const queryServiceFigures = query<QueryServiceFiguresRequest, QueryServiceFiguresResponse>(
  async ({ groupBy, filter, atTime, basis, ...asked }, at) => {
    const date = DATES[basis] ?? "open_date";
    const period = periodOf(asked);
    const by = dimensionsAsked(groupBy, caseDimensions(date));
    const [mark, figures] = await Promise.all([
      asOf(at, SERVICE_MARKS),
      figuresOf(at, {
        source: SEEN_CASES,
        catalogue: caseFields,
        by,
        customer: groupBy.indexOf(FigureDimension.CUSTOMER),
        measures: caseMeasures,
        rowsMethod: "ListCaseFacts",
        filter,
        atTime,
        where: () => inPeriod(date, period),
      }),
    ]);
    return { ...figures, ...mark };
  },
);
