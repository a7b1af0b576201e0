import type { PipelineFigure, QueryPipelineFiguresRequestDimension } from "@guanxi/client/gen/guanxi";
import { useQuery } from "@tanstack/react-query";
import { amountOf } from "../text/format.ts";
import { useLabel } from "../text/texts.ts";
import { barsHeight, barsOf, MOST_BARS } from "./bars.ts";
import { FigureCard } from "./card.tsx";
import { Choose } from "./choose.tsx";
import { both } from "./filters.ts";
import { pipelineQuestion } from "./questions.ts";
import { useRows } from "./rows/context.ts";
import { useShow } from "./sheet.ts";
import { useChartStyle } from "./style.ts";
import { useFiguresSearch } from "./use-search.ts";
import { useSpans } from "./use-span.ts";
import { type FigureWord, useFigures } from "./words.ts";

const DIMENSIONS = {
  agent: { dimension: "DIMENSION_AGENT", word: "byAgent" },
  product: { dimension: "DIMENSION_PRODUCT", word: "byProduct" },
  manager: { dimension: "DIMENSION_MANAGER", word: "byManager" },
  source: { dimension: "DIMENSION_SOURCE", word: "bySource" },
  region: { dimension: "DIMENSION_REGION", word: "byRegion" },
} satisfies Record<string, { dimension: QueryPipelineFiguresRequestDimension; word: FigureWord }>;

type By = keyof typeof DIMENSIONS;

/** Win rate and cycle of each, the one with most decided opportunities first: a rate of few says little. */
export function Wins({ currency }: { currency: string }) {
  const { span } = useSpans();
  const [search, change] = useFiguresSearch();
  const by = search.by && search.by in DIMENSIONS ? (search.by as By) : "agent";
  const say = useFigures();
  const show = useShow();
  const style = useChartStyle();
  const label = useLabel();
  const open = useRows();
  const answer = useQuery(pipelineQuestion(span, DIMENSIONS[by].dimension, search.filter));
  const rows = (answer.data?.rows ?? [])
    .filter((row) => row.currencyCode === currency)
    .toSorted((a, b) => b.winRateDenominator - a.winRateDenominator);
  const nameOf = (row: PipelineFigure) => {
    const [name = ""] = row.labels;
    return (by === "source" ? label("SourceChannel", `CHANNEL_${name}`) || name : name) || say("unknown");
  };
  const decided = rows.filter((row) => row.winRateDenominator > 0);
  const rest = decided.length - MOST_BARS;
  return (
    <FigureCard
      figure="pipeline_by"
      wide
      origin={{ source: "GET /v1/pipelineFigures", asOf: answer.data?.asOfTime }}
      error={answer.error}
      again={() => void answer.refetch()}
      note={rest > 0 && say("more", { count: rest })}
      choice={
        <Choose
          label={say("byDimension")}
          value={by}
          onChange={(value) => change({ by: value })}
          options={Object.entries(DIMENSIONS).map(([value, { word }]) => ({
            value: value as By,
            label: say(word),
          }))}
        />
      }
      sheet={
        answer.data && {
          currency,
          columns: [
            { key: "name", title: say(DIMENSIONS[by].word), kind: "text" },
            { key: "won", title: say("won"), kind: "count" },
            { key: "lost", title: say("lost"), kind: "count" },
            { key: "winRate", title: say("winRate"), kind: "share" },
            { key: "winRateAmount", title: say("winRateAmount"), kind: "share" },
            { key: "cycle", title: say("cycle"), kind: "days" },
            { key: "averageWon", title: say("averageWon"), kind: "money" },
            { key: "open", title: say("open"), kind: "count" },
            { key: "openAmount", title: say("openAmount"), kind: "money" },
          ],
          rows: rows.map((row) => [
            nameOf(row),
            row.wonCount,
            row.lostCount,
            row.winRate,
            row.winRateByAmount,
            row.cycleMedianDays,
            row.averageWonAmount && amountOf(row.averageWonAmount),
            row.openCount,
            row.openAmount && amountOf(row.openAmount),
          ]),
        }
      }
      height={barsHeight(decided.length)}
      chart={barsOf(
        decided.map((row) => ({
          name: nameOf(row),
          value: row.winRate,
          label: `${show(row.winRate, "share")} · ${say("of", { part: row.wonCount, whole: row.winRateDenominator })}`,
        })),
        style,
        (value) => show(value, "share"),
      )}
      onPick={(place) => pick(rows[place])}
      placeOf={({ dataIndex }) => rows.indexOf(decided[dataIndex]!)}
    />
  );

  function pick(row: PipelineFigure | undefined) {
    if (!row) return;
    const filter = both(row.rowsFilter, 'stage_type in ["WON", "LOST"]');
    const title = `${say("winRate")} ${nameOf(row)}`;
    open({
      facts: "opportunities",
      filter,
      orderBy: "close_date desc",
      title,
      count: row.winRateDenominator,
    });
  }
}
