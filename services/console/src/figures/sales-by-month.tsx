import type { SalesFigure } from "@guanxi/client/gen/guanxi";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { FigureCard } from "./card.tsx";
import { Choose } from "./choose.tsx";
import { useNames } from "./figure-words.ts";
import { MEASURES, type MeasureName } from "./measures.ts";
import { monthsOf, type Span } from "./period.ts";
import { salesQuestion } from "./questions.ts";
import { useRows } from "./rows/context.ts";
import { type Column, useShow } from "./sheet.ts";
import { useChartStyle } from "./style.ts";
import { useSpans } from "./use-span.ts";
import { useFigures } from "./words.ts";

/** A month, absent where nothing was sold in it. */
interface Month {
  month: string;
  row: SalesFigure | undefined;
}

export function SalesByMonth({ currency }: { currency: string }) {
  const [measure, setMeasure] = useState<MeasureName>("revenue");
  const { answer, months, monthsBefore } = useMonths(currency);
  const say = useFigures();
  const names = useNames();
  const show = useShow();
  const pick = usePick(MEASURES[measure].name);
  const option = useOption(measure, currency, months, monthsBefore);
  const { kind, of, name } = MEASURES[measure];
  const valueOf = ({ row }: Month) => (row ? of(row) : 0);
  const columns: Column[] = [
    { key: "month", title: say("byMonth"), kind: "text" },
    { key: "value", title: names(name), kind },
    { key: "orders", title: names("order_count"), kind: "count" },
  ];
  if (monthsBefore.length > 0)
    columns.push(
      { key: "monthBefore", title: `${say("before")}: ${say("byMonth")}`, kind: "text" },
      { key: "before", title: `${say("before")}: ${names(name)}`, kind },
    );
  return (
    <FigureCard
      figure="revenue"
      wide
      origin={{ source: "GET /v1/salesFigures", asOf: answer.data?.asOfTime }}
      error={answer.error}
      again={() => void answer.refetch()}
      note={say("n", {
        n: show(
          months.reduce((sum, { row }) => sum + (row?.orderCount ?? 0), 0),
          "count",
        ),
      })}
      choice={
        <Choose
          label={say("metric")}
          value={measure}
          onChange={setMeasure}
          options={Object.entries(MEASURES).map(([value, each]) => ({
            value: value as MeasureName,
            label: names(each.name),
          }))}
        />
      }
      sheet={
        answer.data && {
          currency,
          columns,
          rows: months.map((month, place) => {
            const before = monthsBefore[place];
            const cells = [month.month, valueOf(month), month.row?.orderCount ?? 0];
            return before ? [...cells, before.month, valueOf(before)] : cells;
          }),
        }
      }
      chart={option}
      onPick={(place) => pick(months[place])}
      placeOf={({ dataIndex, seriesName }) => {
        if (seriesName !== say("before")) return dataIndex;
        pick(monthsBefore[dataIndex]);
      }}
    />
  );
}

function useMonths(currency: string) {
  const { span, before } = useSpans();
  const answer = useQuery(salesQuestion(span, "DIMENSION_MONTH"));
  const then = useQuery(salesQuestion(before, "DIMENSION_MONTH"));
  const monthsBefore = before && then.data ? monthsIn(before, then.data.rows, currency) : [];
  return { answer, months: monthsIn(span, answer.data?.rows ?? [], currency), monthsBefore };
}

/** All months of the span; without a beginning, those there are. */
function monthsIn(span: Span, rows: readonly SalesFigure[], currency: string): Month[] {
  const known = new Map(rows.filter((row) => row.currencyCode === currency).map((row) => [row.month, row]));
  const months = span.from ? monthsOf(span) : [...known.keys()];
  return months.map((month) => ({ month, row: known.get(month) }));
}

function useOption(
  measure: MeasureName,
  currency: string,
  months: readonly Month[],
  monthsBefore: readonly Month[],
) {
  const say = useFigures();
  const show = useShow();
  const style = useChartStyle();
  const { kind, of } = MEASURES[measure];
  const text = (value: number) => show(value, kind, currency);
  const barsOf = (name: string, all: readonly Month[], color: string) => ({
    name,
    type: "bar",
    barMaxWidth: 28,
    itemStyle: { color },
    data: all.map(({ row }) => (row ? of(row) : 0)),
  });
  const series = [barsOf(say("thisPeriod"), months, style.primary)];
  if (monthsBefore.length > 0) series.push(barsOf(say("before"), monthsBefore, style.before));
  return {
    legend: series.length > 1 ? { ...style.legend, data: series.map(({ name }) => name) } : undefined,
    xAxis: style.category(months.map(({ month }) => month)),
    yAxis: style.value(text),
    tooltip: { trigger: "axis", renderMode: "richText", confine: true, valueFormatter: text },
    series,
  };
}

function usePick(name: Parameters<ReturnType<typeof useNames>>[0]): (month: Month | undefined) => void {
  const open = useRows();
  const names = useNames();
  return (month) => {
    if (!month?.row) return;
    const { rowsFilter: filter, orderCount: count } = month.row;
    open({
      facts: "orders",
      filter,
      orderBy: "order_date desc",
      title: `${names(name)} ${month.month}`,
      count,
    });
  };
}
