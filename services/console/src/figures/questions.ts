// What is asked of the services. Each answer is kept under the days and groups it is of.
import {
  queryBacklogFigures,
  queryComplaintCauses,
  type QueryComplaintCausesRequestBy,
  queryComplaintRates,
  queryCustomerCounts,
  type QueryCustomerCountsRequestDimension,
  queryFeedbackFigures,
  type FigureDimension,
  queryKpis,
  queryPipelineFigures,
  type QueryPipelineFiguresRequestDimension,
  querySalesFigures,
  type QuerySalesFiguresRequestDimension,
  querySatisfactionFigures,
  queryServiceFigures,
  queryStageFigures,
} from "@guanxi/client/gen/guanxi";
import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { daysOf, keyOf, type Span } from "./period.ts";

const NO_SPAN: Span = {};

/** What is not asked, for want of days to compare with, has no answer either. */
function question<T>(
  name: string,
  span: Span | undefined,
  more: readonly unknown[],
  ask: (days: Record<string, number>, options: { signal: AbortSignal }) => Promise<T>,
) {
  return queryOptions({
    queryKey: ["figures", name, span ? keyOf(span) : "none", ...more],
    queryFn: ({ signal }) => ask(daysOf(span ?? NO_SPAN), { signal }),
    enabled: span !== undefined,
    placeholderData: span && keepPreviousData,
  });
}

export const salesQuestion = (span: Span | undefined, by?: QuerySalesFiguresRequestDimension) =>
  question("sales", span, [by], (days, options) =>
    querySalesFigures({ ...days, groupBy: by && [by] }, options),
  );

export const kpisQuestion = (span: Span | undefined) =>
  question("kpis", span, [], (days, options) => queryKpis(days, options));

export const stagesQuestion = (span: Span | undefined, filter?: string) =>
  question("stages", span, [filter], (days, options) => queryStageFigures({ ...days, filter }, options));

export const pipelineQuestion = (
  span: Span | undefined,
  by?: QueryPipelineFiguresRequestDimension,
  filter?: string,
) =>
  question("pipeline", span, [by, filter], (days, options) =>
    queryPipelineFigures({ ...days, filter, groupBy: by && [by] }, options),
  );

export const serviceQuestion = (span: Span | undefined, by?: FigureDimension, filter?: string) =>
  question("service", span, [by, filter], (days, options) =>
    queryServiceFigures({ ...days, filter, groupBy: by && [by] }, options),
  );

export const backlogQuestion = (filter?: string) =>
  question("backlog", NO_SPAN, [filter], (_, options) => queryBacklogFigures({ filter }, options));

export const complaintRatesQuestion = (span: Span | undefined, per?: FigureDimension) =>
  question("complaint rates", span, [per], (days, options) => queryComplaintRates({ ...days, per }, options));

export const complaintCausesQuestion = (span: Span, by: QueryComplaintCausesRequestBy) =>
  question("complaint causes", span, [by], (days, options) => queryComplaintCauses({ ...days, by }, options));

export const satisfactionQuestion = (span: Span | undefined, by?: FigureDimension) =>
  question("satisfaction", span, [by], (days, options) =>
    querySatisfactionFigures({ ...days, groupBy: by && [by] }, options),
  );

export const feedbackQuestion = (span: Span | undefined) =>
  question("feedback", span, [], (days, options) => queryFeedbackFigures(days, options));

export const customersQuestion = (span: Span | undefined, by?: QueryCustomerCountsRequestDimension) =>
  question("customers", span, [by], (days, options) =>
    queryCustomerCounts({ ...days, groupBy: by && [by] }, options),
  );
