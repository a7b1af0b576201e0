// Colours and axes of the charts, of the page's own tokens, so that both looks read well.
import { theme } from "antd";
import { useNarrow } from "../ui/media.ts";

export interface ChartStyle {
  text: string;
  muted: string;
  line: string;
  before: string;
  primary: string;
  warning: string;
  error: string;
  from: string;
  ground: string;
  /** On the primary colour. */
  onPrimary: string;
  /** No room for long names. */
  narrow: boolean;
  category(data: string[], more?: object): object;
  value(format: (value: number) => string, more?: object): object;
  legend: object;
}

export function useChartStyle(): ChartStyle {
  const { token } = theme.useToken();
  const narrow = useNarrow();
  const label = { color: token.colorTextSecondary, fontSize: 12 };
  const line = token.colorBorderSecondary;
  return {
    text: token.colorText,
    muted: token.colorTextSecondary,
    line,
    before: token.colorTextQuaternary,
    primary: token.colorPrimary,
    warning: token.colorWarning,
    error: token.colorError,
    from: token.colorPrimaryBg,
    ground: token.colorBgContainer,
    onPrimary: token.colorTextLightSolid,
    narrow,
    category: (data, more) => ({
      type: "category",
      data,
      axisLabel: { ...label, hideOverlap: true },
      axisTick: { show: false },
      axisLine: { lineStyle: { color: line } },
      nameTextStyle: label,
      ...more,
    }),
    value: (format, more) => ({
      type: "value",
      axisLabel: { ...label, formatter: format, hideOverlap: true },
      splitLine: { lineStyle: { color: line } },
      splitNumber: 4,
      ...more,
    }),
    legend: {
      top: 0,
      right: 0,
      icon: "roundRect",
      itemWidth: 12,
      itemHeight: 8,
      textStyle: { color: token.colorTextSecondary },
    },
  };
}

/** Names on an axis are cut, never the chart. A Chinese character is as wide as two letters. */
export function cut(name: string, most = 22): string {
  let width = 0;
  for (const [place, char] of [...name].entries()) {
    width += char > "\u2e7f" ? 2 : 1;
    if (width > most) return `${[...name].slice(0, place).join("").trimEnd()}…`;
  }
  return name;
}
