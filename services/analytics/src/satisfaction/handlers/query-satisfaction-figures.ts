import { FigureDimension } from "@guanxi/contract/guanxi/analytics/v1/figure";
import type {
  QuerySatisfactionFiguresRequest,
  QuerySatisfactionFiguresResponse,
} from "@guanxi/contract/guanxi/analytics/v1/satisfaction_figure_service";
import { query } from "@guanxi/kit/handler";
import { periodOf } from "../../figures.ts";
import { asOf, INTERACTION_MARKS } from "../../marks.ts";
import { satisfactionOf } from "../satisfaction-of.ts";

export const querySatisfactionFigures = query<
  QuerySatisfactionFiguresRequest,
  QuerySatisfactionFiguresResponse
>(async ({ groupBy, surveyId, ...asked }, at) => {
  const period = periodOf(asked);
  const [mark, figures] = await Promise.all([
    asOf(at, INTERACTION_MARKS),
    satisfactionOf(at, { groupBy, surveyId, period, customer: groupBy.indexOf(FigureDimension.CUSTOMER) }),
  ]);
  return { ...figures, ...mark };
});
