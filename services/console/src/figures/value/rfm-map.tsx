import type { ValueFigure } from "@guanxi/client/gen/guanxi";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { amountOf } from "../../text/format.ts";
import { FigureCard } from "../card.tsx";
import { Choose } from "../choose.tsx";
import { useRows } from "../rows/context.ts";
import { type Sheet, useShow } from "../sheet.ts";
import { useChartStyle } from "../style.ts";
import { useFigures } from "../words.ts";
import { valuesQuestion } from "./questions.ts";

const SCORES = ["1", "2", "3", "4", "5"];

/** How many customers, or what they are worth, in each cell of recency and frequency. */
export function RfmMap() {
  const say = useFigures();
  const show = useShow();
  const open = useRows();
  const style = useChartStyle();
  const [measure, setMeasure] = useState<"count" | "clv" | "revenue">("count");
  const answer = useQuery(valuesQuestion("DIMENSION_RECENCY_SCORE", "DIMENSION_FREQUENCY_SCORE"));
  const cells = answer.data ?? [];
  const currency = cells[0]?.revenue?.currencyCode;
  const kind = measure === "count" ? ("count" as const) : ("money" as const);
  const valueOf = (cell: ValueFigure) => (measure === "count" ? cell.count : amountOf(cell[measure] ?? {}));
  const most = Math.max(1, ...cells.map(valueOf));
  const nameOf = ({ recencyScore, frequencyScore }: ValueFigure) => `R${recencyScore} F${frequencyScore}`;
  return (
    <FigureCard
      figure="rfm_map"
      origin={{ source: "GET /v1/valueFigures" }}
      error={answer.error}
      again={() => void answer.refetch()}
      note={say("n", {
        n: show(
          cells.reduce((sum, { count }) => sum + count, 0),
          "count",
        ),
      })}
      choice={
        <Choose
          label={say("metric")}
          value={measure}
          onChange={setMeasure}
          options={(["count", "clv", "revenue"] as const).map((value) => ({ value, label: say(value) }))}
        />
      }
      sheet={answer.data && sheetOf(cells, currency, say)}
      height={320}
      chart={{
        grid: { left: 8, right: 8, top: 8, bottom: 8, outerBoundsMode: "same" },
        xAxis: style.category(SCORES, {
          name: `${say("recency")} (${say("recentBest")})`,
          ...MIDDLE,
          nameGap: 28,
        }),
        yAxis: style.category(SCORES, {
          name: `${say("frequency")} (${say("oftenBest")})`,
          ...MIDDLE,
          nameGap: 24,
        }),
        visualMap: {
          show: false,
          min: 0,
          max: most,
          inRange: { color: [style.from, style.primary] },
        },
        tooltip: {
          trigger: "item",
          renderMode: "richText",
          confine: true,
          formatter: ({ dataIndex }: { dataIndex: number }) => tipOf(cells[dataIndex]),
        },
        series: [
          {
            type: "heatmap",
            data: cells.map((cell) => ({
              value: [cell.recencyScore - 1, cell.frequencyScore - 1, valueOf(cell)],
              label: { color: valueOf(cell) > most * 0.8 ? style.onPrimary : style.text },
            })),
            label: {
              show: true,
              formatter: ({ value }: { value: number[] }) => show(value[2], kind, currency),
            },
            itemStyle: { borderColor: style.ground, borderWidth: 2 },
          },
        ],
      }}
      onPick={(place) => {
        const cell = cells[place];
        if (cell) open({ facts: "values", filter: cell.rowsFilter, title: nameOf(cell), count: cell.count });
      }}
    />
  );

  function tipOf(cell: ValueFigure | undefined): string {
    if (!cell) return "";
    const money = (of: ValueFigure["clv"]) => show(of && amountOf(of), "money", currency);
    return [
      nameOf(cell),
      `${say("count")} ${show(cell.count, "count")}`,
      `${say("clv")} ${money(cell.clv)}`,
      `${say("revenue")} ${money(cell.revenue)}`,
    ].join("\n");
  }
}

const MIDDLE = { nameLocation: "middle" };

const sheetOf = (
  cells: readonly ValueFigure[],
  currency: string | undefined,
  say: ReturnType<typeof useFigures>,
): Sheet => ({
  currency,
  columns: [
    { key: "cell", title: "RF", kind: "text" },
    { key: "recency", title: say("recency"), kind: "count" },
    { key: "frequency", title: say("frequency"), kind: "count" },
    { key: "count", title: say("count"), kind: "count" },
    { key: "clv", title: say("clv"), kind: "money" },
    { key: "revenue", title: say("revenue"), kind: "money" },
  ],
  rows: cells.map(({ recencyScore, frequencyScore, count, clv, revenue }) => [
    `R${recencyScore} F${frequencyScore}`,
    recencyScore,
    frequencyScore,
    count,
    clv && amountOf(clv),
    revenue && amountOf(revenue),
  ]),
});
