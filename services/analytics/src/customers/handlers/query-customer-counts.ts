import {
  type CustomerCount,
  type QueryCustomerCountsRequest,
  QueryCustomerCountsRequest_Dimension as Dimension,
  type QueryCustomerCountsResponse,
} from "@guanxi/contract/guanxi/analytics/v1/customer_count_service";
import type { Grade, LifecycleStage, Source_Channel } from "@guanxi/contract/guanxi/customer/v1/customer";
import { query } from "@guanxi/kit/handler";
import { refuse } from "@guanxi/kit/refuse";
import { type Count, countsOf, markOf } from "../customer-counts.ts";
import type { Bucket } from "../customer-fact.ts";
import { askedDay, dateOf, invalidDay } from "../days.ts";

const MOST_ROWS = 10_000;

const FIELDS: Partial<Record<Dimension, keyof Bucket>> = {
  [Dimension.STAGE]: "stage",
  [Dimension.GRADE]: "grade",
  [Dimension.SOURCE]: "source",
  [Dimension.DAY]: "day",
};

export const queryCustomerCounts = query<QueryCustomerCountsRequest, QueryCustomerCountsResponse>(
  async ({ groupBy, startDate, endDate }, at) => {
    const by = groupBy.flatMap((dimension) => FIELDS[dimension] ?? []);
    const from = askedDay(startDate, "start_date");
    const until = askedDay(endDate, "end_date");
    if (from && until && from > until) throw invalidDay("end_date", "The end must not be before the start.");
    // The mark first: what commits between the two questions may be in the counts and not yet in it, never the reverse.
    const [mark, counts] = await Promise.all([
      markOf(at),
      countsOf(at, { by, from, until, limit: MOST_ROWS + 1 }),
    ]);
    if (counts.length > MOST_ROWS) throw tooManyRows();
    return {
      rows: counts.map(presentCount),
      total: counts.reduce((sum, { count }) => sum + count, 0),
      asOfTime: mark?.eventTime,
      streamSequence: mark?.streamSequence ?? 0n,
    };
  },
);

const presentCount = ({ stage = 0, grade = 0, source = 0, day, count }: Count): CustomerCount => ({
  stage: stage as LifecycleStage,
  grade: grade as Grade,
  source: source as Source_Channel,
  day: day === undefined ? undefined : dateOf(day),
  count,
});

const tooManyRows = () =>
  refuse(
    "invalid",
    "TOO_MANY_ROWS",
    `That makes more than ${MOST_ROWS} rows: ask for fewer days or groups.`,
    [{ field: "group_by", description: "makes too many rows", reason: "TOO_MANY_ROWS" }],
  );
