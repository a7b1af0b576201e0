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
import { type FigureColumn, type FigureRow, figuresOf } from "../customer-values.ts";

const COLUMNS: Partial<Record<Dimension, FigureColumn>> = {
  [Dimension.SEGMENT]: "segment",
  [Dimension.GRADE]: "grade",
  [Dimension.RECENCY_SCORE]: "recency_score",
  [Dimension.FREQUENCY_SCORE]: "frequency_score",
  [Dimension.MONETARY_SCORE]: "monetary_score",
};

const SCORES = ["recency_score", "frequency_score", "monetary_score"] as const;

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
    recencyScore: row.recency_score ?? 0,
    frequencyScore: row.frequency_score ?? 0,
    monetaryScore: row.monetary_score ?? 0,
    rowsFilter: conditions([
      segment ? having("segment", segment) : "",
      grade ? having("grade", grade) : "",
      ...SCORES.map((score) => (row[score] ? `${score} == ${row[score]}` : "")),
    ]),
  };
}
