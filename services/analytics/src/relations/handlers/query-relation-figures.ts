import type {
  QueryRelationFiguresRequest,
  QueryRelationFiguresResponse,
} from "@guanxi/contract/guanxi/analytics/v1/relation_figure_service";
import { query } from "@guanxi/kit/handler";
import { COUNT_MARKS } from "../../customers/customer-counts.ts";
import { periodOf } from "../../figures.ts";
import { asOf } from "../../marks.ts";
import { reported } from "../relation-report.ts";
import { RELATION_REPORTS } from "../relation-reports.ts";

export const queryRelationFigures = query<QueryRelationFiguresRequest, QueryRelationFiguresResponse>(
  async ({ subject, ...asked }, at) => {
    const report = RELATION_REPORTS[subject]!; // the rules of the message let no other one in
    const [mark, figures] = await Promise.all([asOf(at, COUNT_MARKS), reported(at, report, periodOf(asked))]);
    return { ...figures, ...mark, currencyCode: at.currencyCode };
  },
);
