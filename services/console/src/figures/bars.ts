// Bars that lie, the largest at the top, each with its number behind it.
import type { EChartsCoreOption } from "echarts/core";
import { type ChartStyle, cut } from "./style.ts";

interface Bar {
  name: string;
  value: number | undefined;
  /** Behind the bar. */
  label: string;
  color?: string;
}

export const MOST_BARS = 12;

export const barsHeight = (count: number): number => Math.max(120, Math.min(count, MOST_BARS) * 30 + 40);

export function barsOf(
  bars: readonly Bar[],
  style: ChartStyle,
  format: (value: number) => string,
): EChartsCoreOption {
  const shown = bars.slice(0, MOST_BARS);
  return {
    grid: { left: 8, right: 96, top: 8, bottom: 8, outerBoundsMode: "same" },
    xAxis: style.value(format, { splitNumber: style.narrow ? 1 : 3 }),
    yAxis: style.category(
      shown.map(({ name }) => name),
      {
        inverse: true,
        axisLabel: { color: style.muted, formatter: (name: string) => cut(name, style.narrow ? 14 : 22) },
      },
    ),
    tooltip: { trigger: "item", renderMode: "richText", confine: true },
    series: [
      {
        type: "bar",
        barMaxWidth: 18,
        data: shown.map(({ value, label, color }) => ({
          value,
          label: { show: true, position: "right", color: style.text, formatter: label },
          ...(color && { itemStyle: { color } }),
        })),
        tooltip: { formatter: ({ dataIndex }: { dataIndex: number }) => tip(shown[dataIndex]) },
      },
    ],
  };
}

const tip = (bar: Bar | undefined): string => (bar ? `${bar.name}\n${bar.label}` : "");
