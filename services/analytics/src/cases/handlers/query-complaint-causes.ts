import {
  type ComplaintCause,
  type QueryComplaintCausesRequest,
  QueryComplaintCausesRequest_By as By,
  type QueryComplaintCausesResponse,
} from "@guanxi/contract/guanxi/analytics/v1/service_figure_service";
import { dateOf } from "@guanxi/kit/days";
import { compileFilter } from "@guanxi/kit/filter/compile";
import { query } from "@guanxi/kit/handler";
import { type Period, periodOf, refuseTooMany } from "../../figures.ts";
import { asOf, SERVICE_MARKS } from "../../marks.ts";
import { conditions, having, within } from "../../rows-filter.ts";
import { caseFields } from "../case-fields.ts";
import {
  type CauseBy,
  CAUSES,
  causeWeeks,
  mondayOf,
  risesIn,
  type WeekCount,
  withoutCause,
} from "../complaint-causes.ts";
import { pareto } from "../pareto.ts";
import { riseOf } from "../rise.ts";

export const queryComplaintCauses = query<QueryComplaintCausesRequest, QueryComplaintCausesResponse>(
  async ({ by: asked, filter, ...days }, at) => {
    const by: CauseBy = asked === By.TOPIC ? "TOPIC" : "ROOT_CAUSE";
    const question = { by, period: periodOf(days), filter };
    const [mark, counts, withoutCauseCount, rises] = await Promise.all([
      asOf(at, SERVICE_MARKS),
      causeWeeks(at, question),
      withoutCause(at, question),
      risesIn(at, by, mondayOf(at.today)),
    ]);
    refuseTooMany(counts);
    const { causes, total } = pareto(counts, lastDay(question.period, counts, at.today));
    refuseTooMany(causes.flatMap(({ weeks }) => weeks));
    const shown = causes.map(
      ({ weeks, ...cause }): ComplaintCause => ({
        ...cause,
        weeks: weeks.map(({ week, count }) => ({ startDate: dateOf(week), count })),
        rise: rises.get(cause.cause) ?? riseOf(0, []),
        rowsFilter: rowsFilter(question, cause.cause),
      }),
    );
    if (shown[0]) compileFilter(shown[0].rowsFilter, caseFields);
    return { causes: shown, complaintCount: total, withoutCauseCount, ...mark };
  },
);

/** Weeks without a complaint count too: up to the end of the period, or today. */
function lastDay({ until }: Period, counts: readonly WeekCount[], today: string): string {
  const last = counts.reduce((a, { week }) => (week > a ? week : a), "");
  const end = until && until <= today ? dayBefore(until) : today;
  return end > last ? end : last;
}

const dayBefore = (day: string) => new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10);

function rowsFilter(
  { by, period: { from, until }, filter }: { by: CauseBy; period: Period; filter: string },
  cause: string,
): string {
  const { cause: field, date } = CAUSES[by];
  return conditions([
    within(filter),
    'kind == "COMPLAINT" && !(status in ["CANCELLED", "MERGED"])',
    having(field, cause),
    `has(${date})`,
    from ? `${date} >= "${from}"` : "",
    until ? `${date} < "${until}"` : "",
  ]);
}
