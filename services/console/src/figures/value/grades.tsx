import type { ValueFigure } from "@guanxi/client/gen/guanxi";
import { useQuery } from "@tanstack/react-query";
import { amountOf } from "../../text/format.ts";
import { useLabel } from "../../text/texts.ts";
import { FigureCard } from "../card.tsx";
import { useRows } from "../rows/context.ts";
import { useShow } from "../sheet.ts";
import { useChartStyle } from "../style.ts";
import { useFigures } from "../words.ts";
import { valuesQuestion } from "./questions.ts";

/** How few hold how much: the share of the customers and of the value, grade by grade. */
export function Grades() {
  const say = useFigures();
  const show = useShow();
  const label = useLabel();
  const open = useRows();
  const style = useChartStyle();
  const answer = useQuery(valuesQuestion("DIMENSION_GRADE"));
  const rows = answer.data ?? [];
  const currency = rows[0]?.revenue?.currencyCode;
  // Without lifetime values, grades go by revenue.
  const worthOf = ({ clv, revenue }: ValueFigure) => amountOf(clv ?? revenue ?? {});
  const customers = rows.reduce((sum, { count }) => sum + count, 0);
  const worth = rows.reduce((sum, row) => sum + worthOf(row), 0);
  const share = (part: number, whole: number) => (whole === 0 ? 0 : part / whole);
  const percent = (value: number) => show(value, "share");
  const [best] = rows;
  const bars = [
    {
      name: say("customersShare"),
      of: (row: ValueFigure) => share(row.count, customers),
      color: style.before,
    },
    { name: say("valueShare"), of: (row: ValueFigure) => share(worthOf(row), worth), color: style.primary },
  ];
  return (
    <FigureCard
      figure="value_grades"
      origin={{ source: "GET /v1/valueFigures" }}
      error={answer.error}
      again={() => void answer.refetch()}
      note={
        best &&
        say("topGrade", {
          grade: label("Grade", best.grade),
          customers: percent(share(best.count, customers)),
          value: percent(share(worthOf(best), worth)),
        })
      }
      sheet={
        answer.data && {
          currency,
          columns: [
            { key: "grade", title: say("byGrade"), kind: "text" },
            { key: "count", title: say("count"), kind: "count" },
            { key: "customers", title: say("customersShare"), kind: "share" },
            { key: "clv", title: say("clv"), kind: "money" },
            { key: "worth", title: say("valueShare"), kind: "share" },
            { key: "average", title: say("averageClv"), kind: "money" },
            { key: "revenue", title: say("revenue"), kind: "money" },
          ],
          rows: rows.map((row) => [
            label("Grade", row.grade),
            row.count,
            share(row.count, customers),
            row.clv && amountOf(row.clv),
            share(worthOf(row), worth),
            row.averageClv && amountOf(row.averageClv),
            row.revenue && amountOf(row.revenue),
          ]),
        }
      }
      height={320}
      chart={{
        legend: { ...style.legend, data: bars.map(({ name }) => name) },
        xAxis: style.category(rows.map(({ grade }) => label("Grade", grade))),
        yAxis: style.value(percent),
        tooltip: { trigger: "axis", renderMode: "richText", confine: true, valueFormatter: percent },
        series: bars.map(({ name, of, color }) => ({
          name,
          type: "bar",
          barMaxWidth: 36,
          itemStyle: { color },
          data: rows.map(of),
          label: {
            show: true,
            position: "top",
            color: style.text,
            formatter: ({ value }: { value: number }) => percent(value),
          },
        })),
      }}
      onPick={(place) => {
        const row = rows[place];
        const title = label("Grade", row?.grade);
        if (row) open({ facts: "values", filter: row.rowsFilter, title, count: row.count });
      }}
    />
  );
}
