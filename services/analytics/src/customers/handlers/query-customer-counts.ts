import {
  type CustomerCount,
  type QueryCustomerCountsRequest,
  QueryCustomerCountsRequest_Dimension as Dimension,
  type QueryCustomerCountsResponse,
} from "@guanxi/contract/guanxi/analytics/v1/customer_count_service";
import type { Grade, LifecycleStage, Source_Channel } from "@guanxi/contract/guanxi/customer/v1/customer";
import { dateOf } from "@guanxi/kit/days";
import { query } from "@guanxi/kit/handler";
import { MOST_ROWS, periodOf, refuseTooMany } from "../../figures.ts";
import { asOf } from "../../marks.ts";
import { type Count, COUNT_MARKS, countsOf } from "../customer-counts.ts";
import type { Bucket } from "../customer-fact.ts";

const FIELDS: Partial<Record<Dimension, keyof Bucket>> = {
  [Dimension.STAGE]: "stage",
  [Dimension.GRADE]: "grade",
  [Dimension.SOURCE]: "source",
  [Dimension.DAY]: "day",
};

export const queryCustomerCounts = query<QueryCustomerCountsRequest, QueryCustomerCountsResponse>(
  async ({ groupBy, ...asked }, at) => {
    const by = groupBy.flatMap((dimension) => FIELDS[dimension] ?? []);
    const period = periodOf(asked);
    const [mark, counts] = await Promise.all([
      asOf(at, COUNT_MARKS),
      countsOf(at, { by, ...period, limit: MOST_ROWS + 1 }),
    ]);
    refuseTooMany(counts);
    const total = counts.reduce((sum, { count }) => sum + count, 0);
    return { rows: counts.map(presentCount), total, ...mark };
  },
);

const presentCount = ({ stage = 0, grade = 0, source = 0, day, count }: Count): CustomerCount => ({
  stage: stage as LifecycleStage,
  grade: grade as Grade,
  source: source as Source_Channel,
  day: day === undefined ? undefined : dateOf(day),
  count,
});
