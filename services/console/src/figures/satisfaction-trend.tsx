import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { FigureCard } from "./card.tsx";
import { Choose } from "./choose.tsx";
import { useNames } from "./figure-words.ts";
import { satisfactionQuestion } from "./questions.ts";
import { useRows } from "./rows/context.ts";
import { SCORES, scoreIn, type ScoreName } from "./scores.ts";
import { useShow } from "./sheet.ts";
import { useChartStyle } from "./style.ts";
import { useSpans } from "./use-span.ts";
import { useFigures } from "./words.ts";

export function SatisfactionTrend() {
  const { span } = useSpans();
  const [score, setScore] = useState<ScoreName>("csat");
  const say = useFigures();
  const names = useNames();
  const show = useShow();
  const open = useRows();
  const style = useChartStyle();
  const answer = useQuery(satisfactionQuestion(span, "FIGURE_DIMENSION_MONTH"));
  const { figure, kind, axis } = SCORES[score];
  const months = (answer.data?.groups ?? []).map((group) => ({
    month: group.values[0]?.slice(0, 7) ?? "",
    ...scoreIn(group, figure),
  }));
  const text = (value: number | undefined) => show(value, kind);
  return (
    <FigureCard
      figure="satisfaction_trend"
      origin={{ source: "GET /v1/satisfactionFigures", asOf: answer.data?.asOfTime }}
      error={answer.error}
      again={() => void answer.refetch()}
      note={say("n", {
        n: show(
          months.reduce((sum, { n }) => sum + n, 0),
          "count",
        ),
      })}
      choice={<ScoreChoice score={score} setScore={setScore} />}
      sheet={
        answer.data && {
          columns: [
            { key: "month", title: say("byMonth"), kind: "text" },
            { key: "value", title: names(figure), kind },
            { key: "n", title: "n", kind: "count" },
          ],
          rows: months.map(({ month, value, n }) => [month, value, n]),
        }
      }
      chart={{
        xAxis: style.category(months.map(({ month, n }) => `${month}\nn = ${n}`)),
        yAxis: style.value(text, axis),
        tooltip: { trigger: "axis", renderMode: "richText", confine: true, valueFormatter: text },
        series: [
          {
            type: "line",
            name: names(figure),
            symbolSize: 8,
            data: months.map(({ value }) => value),
            label: {
              show: true,
              color: style.text,
              formatter: ({ value }: { value: number }) => text(value),
            },
          },
        ],
      }}
      onPick={(place) => {
        const month = months[place];
        if (month?.n)
          open({ facts: "answers", filter: month.rowsFilter, title: month.month, count: month.n });
      }}
    />
  );
}

export function ScoreChoice({ score, setScore }: { score: ScoreName; setScore: (score: ScoreName) => void }) {
  const say = useFigures();
  return (
    <Choose
      label={say("metric")}
      value={score}
      onChange={setScore}
      options={(Object.keys(SCORES) as ScoreName[]).map((value) => ({ value, label: value.toUpperCase() }))}
    />
  );
}
