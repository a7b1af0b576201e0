// Bars from the most to the least, and the line of what they come to together.
import type { EChartsCoreOption } from "echarts/core";
import { FROM_0_TO_1 } from "./axis.ts";
import { type ChartStyle, cut } from "./style.ts";

export interface Part {
  name: string;
  count: number;
  /** Of this part and all before it, 0 to 1. */
  cumulative: number;
  color?: string;
}

interface Words {
  count: string;
  cumulative: string;
  percent(ratio: number): string;
  number(count: number): string;
}

export function paretoOf(parts: readonly Part[], style: ChartStyle, words: Words): EChartsCoreOption {
  return {
    legend: { ...style.legend, data: [words.count, words.cumulative] },
    xAxis: style.category(
      parts.map(({ name }) => name),
      {
        axisLabel: {
          color: style.muted,
          interval: 0,
          rotate: parts.length > (style.narrow ? 3 : 6) ? 35 : 0,
          formatter: (name: string) => cut(name, 16),
        },
      },
    ),
    yAxis: [
      style.value(words.number, { minInterval: 1 }),
      style.value(words.percent, { ...FROM_0_TO_1, splitLine: { show: false } }),
    ],
    tooltip: { trigger: "axis", renderMode: "richText", confine: true },
    series: [
      {
        name: words.count,
        type: "bar",
        barMaxWidth: 40,
        data: parts.map(({ count, color }) => ({ value: count, ...(color && { itemStyle: { color } }) })),
        label: { show: true, position: "top", color: style.text },
        tooltip: { valueFormatter: words.number },
      },
      {
        name: words.cumulative,
        type: "line",
        yAxisIndex: 1,
        symbolSize: 6,
        data: parts.map(({ cumulative }) => cumulative),
        tooltip: { valueFormatter: words.percent },
      },
    ],
  };
}

/** From the most to the least, with what they come to. */
export function partsOf<T>(
  rows: readonly T[],
  nameOf: (row: T) => string,
  countOf: (row: T) => number,
): (Part & { row: T })[] {
  const sorted = rows.toSorted((a, b) => countOf(b) - countOf(a));
  const sum = sorted.reduce((sum, row) => sum + countOf(row), 0);
  let before = 0;
  return sorted.map((row) => {
    before += countOf(row);
    return { row, name: nameOf(row), count: countOf(row), cumulative: sum === 0 ? 0 : before / sum };
  });
}
