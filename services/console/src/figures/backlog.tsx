import { useQuery } from "@tanstack/react-query";
import { Nothing } from "../ui/empty.tsx";
import { FigureCard } from "./card.tsx";
import { figureIn } from "./figure-in.ts";
import { backlogQuestion } from "./questions.ts";
import { useRows } from "./rows/context.ts";
import { useShow } from "./sheet.ts";
import { useChartStyle } from "./style.ts";
import { useFiguresSearch } from "./use-search.ts";
import { useFigures } from "./words.ts";

const AGES = [
  { figure: "open_0_to_1_days", word: "days0" },
  { figure: "open_1_to_3_days", word: "days1" },
  { figure: "open_3_to_7_days", word: "days3" },
  { figure: "open_7_to_14_days", word: "days7" },
  { figure: "open_14_to_30_days", word: "days14" },
  { figure: "open_from_30_days", word: "days30" },
] as const;

export function Backlog() {
  const [{ filter }] = useFiguresSearch();
  const say = useFigures();
  const show = useShow();
  const open = useRows();
  const style = useChartStyle();
  const answer = useQuery(backlogQuestion(filter));
  const group = answer.data?.groups[0];
  const all = figureIn(group, "open_cases")?.numerator ?? 0;
  const bands = AGES.map(({ figure, word }) => ({
    figure,
    name: say(word),
    count: figureIn(group, figure)?.numerator ?? 0,
    filter: figureIn(group, figure)?.rowsFilter ?? "",
  }));
  return (
    <FigureCard
      figure="backlog"
      origin={{
        source: "GET /v1/backlogFigures",
        definition: answer.data?.definitions.find(({ figure }) => figure === "open_cases")?.definition,
        asOf: answer.data?.asOfTime,
      }}
      error={answer.error}
      again={() => void answer.refetch()}
      note={`${say("n", { n: show(all, "count") })} · ${say("now")}`}
      empty={answer.data && all === 0 && <Nothing title={say("noneOpen")} />}
      sheet={
        answer.data && {
          columns: [
            { key: "age", title: say("age"), kind: "text" },
            { key: "count", title: say("cases"), kind: "count" },
          ],
          rows: bands.map(({ name, count }) => [name, count]),
        }
      }
      chart={{
        xAxis: style.category(
          bands.map(({ name }) => name),
          { axisLabel: { color: style.muted, interval: 0 } },
        ),
        yAxis: style.value((value) => show(value, "count"), { minInterval: 1 }),
        series: [
          {
            type: "bar",
            barMaxWidth: 40,
            data: bands.map(({ count }) => count),
            label: { show: true, position: "top", color: style.text },
          },
        ],
      }}
      onPick={(place) => {
        const band = bands[place];
        if (band?.count) open({ facts: "cases", filter: band.filter, title: band.name, count: band.count });
      }}
    />
  );
}
