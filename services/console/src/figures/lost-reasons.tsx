import type { PipelineFigure } from "@guanxi/client/gen/guanxi";
import { useQuery } from "@tanstack/react-query";
import { useLabel } from "../text/texts.ts";
import { Nothing } from "../ui/empty.tsx";
import { FigureCard } from "./card.tsx";
import { both } from "./filters.ts";
import { paretoOf, partsOf } from "./pareto.ts";
import { pipelineQuestion } from "./questions.ts";
import { useRows } from "./rows/context.ts";
import { useShow } from "./sheet.ts";
import { useChartStyle } from "./style.ts";
import { useFiguresSearch } from "./use-search.ts";
import { useSpans } from "./use-span.ts";
import { useFigures } from "./words.ts";

export function LostReasons() {
  const { span } = useSpans();
  const [{ filter }] = useFiguresSearch();
  const say = useFigures();
  const label = useLabel();
  const show = useShow();
  const style = useChartStyle();
  const open = useRows();
  const answer = useQuery(pipelineQuestion(span, "DIMENSION_LOST_REASON", filter));
  const lost = (answer.data?.rows ?? []).filter(({ lostCount }) => lostCount > 0);
  const nameOf = ({ lostReason }: PipelineFigure) =>
    label("OpportunityLostReason", lostReason) || say("unknown");
  const parts = partsOf(lost, nameOf, ({ lostCount }) => lostCount);
  const all = parts.reduce((sum, { count }) => sum + count, 0);
  return (
    <FigureCard
      figure="lost_reasons"
      wide
      origin={{ source: "GET /v1/pipelineFigures", asOf: answer.data?.asOfTime }}
      error={answer.error}
      again={() => void answer.refetch()}
      note={say("n", { n: show(all, "count") })}
      empty={answer.data && all === 0 && <Nothing title={say("noData")} />}
      sheet={
        answer.data && {
          columns: [
            { key: "reason", title: say("byReason"), kind: "text" },
            { key: "count", title: say("lost"), kind: "count" },
            { key: "share", title: say("share"), kind: "share" },
            { key: "cumulative", title: say("cumulative"), kind: "share" },
          ],
          rows: parts.map(({ name, count, cumulative }) => [name, count, count / all, cumulative]),
        }
      }
      chart={paretoOf(parts, style, {
        count: say("lost"),
        cumulative: say("cumulative"),
        percent: (ratio) => show(ratio, "share"),
        number: (count) => show(count, "count"),
      })}
      onPick={(place) => pick(parts[place])}
    />
  );

  function pick(part: (typeof parts)[number] | undefined) {
    if (!part) return;
    const filter = both(part.row.rowsFilter, 'stage_type == "LOST"');
    open({ facts: "opportunities", filter, orderBy: "close_date desc", title: part.name, count: part.count });
  }
}
