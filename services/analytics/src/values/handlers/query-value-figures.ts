import {
  type QueryValueFiguresRequest,
  QueryValueFiguresRequest_Dimension as Dimension,
  type QueryValueFiguresResponse,
  type ValueFigure,
} from "@guanxi/contract/guanxi/analytics/v1/value_service";
import { Grade } from "@guanxi/contract/guanxi/customer/v1/customer";
import { query } from "@guanxi/kit/handler";
import { divide, moneyOf } from "@guanxi/kit/micros";
import { conditions, having } from "../../rows-filter.ts";
import { type FigureRow, figuresOf } from "../customer-values.ts";

const COLUMNS: Partial<Record<Dimension, "segment" | "grade">> = {
  [Dimension.SEGMENT]: "segment",
  [Dimension.GRADE]: "grade",
};

export const queryValueFigures = query<QueryValueFiguresRequest, QueryValueFiguresResponse>(
  async ({ groupBy }, at) => {
    const by = groupBy.flatMap((dimension) => COLUMNS[dimension] ?? []);
    return { rows: (await figuresOf(at, by)).map(presentFigure) };
  },
);

function presentFigure(row: FigureRow): ValueFigure {
  const { segment, grade, count, currencyCode, revenueMicros, clvMicros, clvCount } = row;
  const money = (micros: bigint) => moneyOf(micros, currencyCode);
  return {
    segment: segment ?? "",
    grade: grade ? Grade[grade] : Grade.UNSPECIFIED,
    count,
    revenue: money(revenueMicros),
    clv: clvMicros === null ? undefined : money(clvMicros),
    averageClv: clvMicros === null ? undefined : money(divide(clvMicros, BigInt(clvCount))),
    rowsFilter: conditions([segment ? having("segment", segment) : "", grade ? having("grade", grade) : ""]),
  };
}
