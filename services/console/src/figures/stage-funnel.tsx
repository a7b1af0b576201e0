import type { StageFigure } from "@guanxi/client/gen/guanxi";
import { useQuery } from "@tanstack/react-query";
import { Alert } from "antd";
import { useStageName } from "../pipeline/stage-name.ts";
import { barsHeight, barsOf } from "./bars.ts";
import { FigureCard } from "./card.tsx";
import { stagesQuestion } from "./questions.ts";
import { useRows } from "./rows/context.ts";
import { type Sheet, useShow } from "./sheet.ts";
import { SheetTable } from "./sheet-table.tsx";
import { useChartStyle } from "./style.ts";
import { useFiguresSearch } from "./use-search.ts";
import { useSpans } from "./use-span.ts";
import { useFigures } from "./words.ts";

/** Stages are gone through in this order; what was lost is no stage that one goes through. */
export function StageFunnel() {
  const { span } = useSpans();
  const [{ filter }] = useFiguresSearch();
  const say = useFigures();
  const open = useRows();
  const show = useShow();
  const style = useChartStyle();
  const nameOf = useStageName();
  const answer = useQuery(stagesQuestion(span, filter));
  const stages = (answer.data?.rows ?? []).filter(({ stageType }) => stageType !== "TYPE_LOST");
  const sheet = useSheet(stages);
  const pick = (place: number) => {
    const stage = stages[place];
    if (!stage) return;
    const title = say("stageRows", { stage: nameOf(stage) });
    open({
      facts: "opportunities",
      filter: stage.rowsFilter,
      orderBy: "amount desc",
      title,
      hint: say("stageRowsHint"),
    });
  };
  return (
    <FigureCard
      figure="stage_funnel"
      wide
      origin={{ source: "GET /v1/stageFigures", asOf: answer.data?.asOfTime }}
      error={answer.error}
      again={() => void answer.refetch()}
      sheet={answer.data && sheet}
      height={barsHeight(stages.length)}
      chart={barsOf(
        stages.map((stage) => ({
          name: nameOf(stage),
          value: stage.enteredCount,
          label:
            stage.conversionRate === undefined
              ? show(stage.enteredCount, "count")
              : say("funnelLabel", {
                  entered: show(stage.enteredCount, "count"),
                  conversion: show(stage.conversionRate, "share"),
                }),
          color: stage.bottleneck ? style.warning : undefined,
        })),
        style,
        (value) => show(value, "count"),
      )}
      onPick={pick}
    >
      {answer.data && <Bottleneck stage={stages.find(({ bottleneck }) => bottleneck)} />}
      {answer.data && <SheetTable sheet={sheet} label={say("stage")} onPick={pick} />}
    </FigureCard>
  );
}

function Bottleneck({ stage }: { stage: StageFigure | undefined }) {
  const say = useFigures();
  const show = useShow();
  const nameOf = useStageName();
  if (!stage) return <Alert type="info" showIcon title={say("noBottleneck")} />;
  const title = say("bottleneckWhy", {
    stage: nameOf(stage),
    days: show(stage.medianDays, "days"),
    dropOff: show(stage.dropOffRate, "share"),
    lost: show(stage.lostCount, "count"),
    left: show(stage.conversionDenominator, "count"),
  });
  return <Alert type="warning" showIcon title={title} />;
}

function useSheet(stages: readonly StageFigure[]): Sheet {
  const say = useFigures();
  const nameOf = useStageName();
  return {
    columns: [
      { key: "stage", title: say("stage"), kind: "text" },
      { key: "entered", title: say("entered"), kind: "count" },
      { key: "advanced", title: say("advanced"), kind: "count" },
      { key: "lost", title: say("lost"), kind: "count" },
      { key: "staying", title: say("staying"), kind: "count" },
      { key: "conversion", title: say("conversion"), kind: "share" },
      { key: "dropOff", title: say("dropOff"), kind: "share" },
      { key: "days", title: say("medianDays"), kind: "days" },
    ],
    rows: stages.map((stage) => [
      nameOf(stage),
      stage.enteredCount,
      ...(stage.stageType === "TYPE_OPEN"
        ? [stage.advancedCount, stage.lostCount, stage.stayingCount]
        : [undefined, undefined, undefined]),
      stage.conversionRate,
      stage.dropOffRate,
      stage.medianDays,
    ]),
  };
}
