import { useQuery } from "@tanstack/react-query";
import { FigureCard } from "./card.tsx";
import { dayText } from "./day.ts";
import { monthsOf } from "./period.ts";
import { customersQuestion } from "./questions.ts";
import { useShow } from "./sheet.ts";
import { useChartStyle } from "./style.ts";
import { useSpans } from "./use-span.ts";
import { useFigures } from "./words.ts";

/** By the month of registration, added up from the days that the service counts. */
export function NewCustomers() {
  const { span } = useSpans();
  const say = useFigures();
  const show = useShow();
  const style = useChartStyle();
  const answer = useQuery(customersQuestion(span, "DIMENSION_DAY"));
  const counts = new Map<string, number>(monthsOf(span).map((month) => [month, 0]));
  for (const { day, count } of answer.data?.rows ?? []) {
    const month = dayText(day)?.slice(0, 7) ?? "";
    counts.set(month, (counts.get(month) ?? 0) + count);
  }
  const months = [...counts].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return (
    <FigureCard
      figure="new_customers"
      origin={{ source: "GET /v1/customerCounts", asOf: answer.data?.asOfTime }}
      error={answer.error}
      again={() => void answer.refetch()}
      note={say("n", { n: show(answer.data?.total, "count") })}
      sheet={
        answer.data && {
          columns: [
            { key: "month", title: say("byMonth"), kind: "text" },
            { key: "count", title: say("count"), kind: "count" },
          ],
          rows: months,
        }
      }
      chart={{
        xAxis: style.category(months.map(([month]) => month)),
        yAxis: style.value((value) => show(value, "count"), { minInterval: 1 }),
        tooltip: { trigger: "axis", renderMode: "richText", confine: true },
        series: [
          { type: "bar", name: say("count"), barMaxWidth: 36, data: months.map(([, count]) => count) },
        ],
      }}
    />
  );
}
