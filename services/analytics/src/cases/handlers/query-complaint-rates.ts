import type {
  QueryComplaintRatesRequest,
  QueryComplaintRatesResponse,
} from "@guanxi/contract/guanxi/analytics/v1/service_figure_service";
import type { FigureGroup } from "@guanxi/contract/guanxi/analytics/v1/figure";
import { query } from "@guanxi/kit/handler";
import { type Period, periodOf, refuseTooMany } from "../../figures.ts";
import { asOf, SERVICE_MARKS } from "../../marks.ts";
import { periods } from "../../measures/dimensions.ts";
import { conditions } from "../../rows-filter.ts";
import { complaintCounts, COMPLAINT_RATES, type ComplaintCount, SPANS } from "../complaint-rates.ts";

export const queryComplaintRates = query<QueryComplaintRatesRequest, QueryComplaintRatesResponse>(
  async ({ per, ...asked }, at) => {
    const period = periodOf(asked);
    const [mark, counts] = await Promise.all([
      asOf(at, SERVICE_MARKS),
      complaintCounts(at, period, SPANS[per]),
    ]);
    refuseTooMany(counts);
    const span = periods("open_date")[per];
    const groups = counts.map((count) => groupOf(count, period, span?.condition(count.first) ?? ""));
    return { groups, definitions: [...COMPLAINT_RATES], ...mark };
  },
);

function groupOf(count: ComplaintCount, { from, until }: Period, ofSpan: string): FigureGroup {
  const { first, complaints, orders, customers } = count;
  const rowsFilter = conditions([
    'kind == "COMPLAINT" && !(status in ["CANCELLED", "MERGED"])',
    from ? `open_date >= "${from}"` : "",
    until ? `open_date < "${until}"` : "",
    ofSpan,
  ]);
  const figure = (name: string, numerator: number, denominator: number) => ({
    figure: name,
    value: denominator === 0 ? undefined : numerator / denominator,
    numerator,
    denominator,
    rowsFilter,
  });
  return {
    values: first === null ? [] : [first],
    labels: first === null ? [] : [first],
    figures: [
      figure("complaint_rate", complaints, orders),
      figure("complaint_rate_per_1000_customers", complaints * 1000, customers),
    ],
  };
}
