// ECharts in the colours of the page, loaded when the first chart is shown. A figure is never without its words: what stands in
// `label` is what a screen reader says.
import { theme } from "antd";
import type { EChartsCoreOption, EChartsType } from "echarts/core";
import { type Ref, useEffect, useImperativeHandle, useRef } from "react";
import { useMode } from "../shell/mode.ts";

export interface ChartHandle {
  /** A PNG as a data address. */
  picture(): string;
}

interface Props {
  option: EChartsCoreOption;
  label: string;
  height?: number;
  /** The name and index of what was clicked on. */
  onPick?: (picked: { name: string; dataIndex: number; seriesName: string }) => void;
  ref?: Ref<ChartHandle>;
}

export function Chart({ option, label, height = 280, onPick, ref }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType>(undefined);
  const pick = useRef(onPick);
  pick.current = onPick;
  const mode = useMode();
  const { token } = theme.useToken();
  useImperativeHandle(ref, () => ({
    picture: () =>
      chart.current?.getDataURL({ pixelRatio: 2, backgroundColor: token.colorBgContainer }) ?? "",
  }));
  useEffect(() => {
    let gone = false;
    let watch: ResizeObserver | undefined;
    void import("./echarts.ts").then(({ init }) => {
      if (gone || !place.current) return;
      const made = init(place.current, mode === "dark" ? "dark" : undefined);
      chart.current = made;
      made.setOption(dressed(option, token));
      made.on("click", ({ name, dataIndex, seriesName = "" }) =>
        pick.current?.({ name, dataIndex, seriesName }),
      );
      watch = new ResizeObserver(() => made.resize());
      watch.observe(place.current);
    });
    return () => {
      gone = true;
      watch?.disconnect();
      chart.current?.dispose();
      chart.current = undefined;
    };
    // Made anew with the theme; the effect below follows the data.
  }, [mode]);
  useEffect(() => {
    chart.current?.setOption(dressed(option, token), { notMerge: true });
  }, [option, token]);
  return <div ref={place} role="img" aria-label={label} style={{ height, width: "100%" }} />;
}

function dressed(
  option: EChartsCoreOption,
  token: { colorPrimary: string; fontFamily: string; motion: boolean },
): EChartsCoreOption {
  return {
    backgroundColor: "transparent",
    textStyle: { fontFamily: token.fontFamily },
    color: [token.colorPrimary, "#e0a43c", "#4a78b5", "#b0574b", "#7a6bb0", "#6c8f3d", "#c27ba0"],
    grid: { left: 8, right: 16, top: 32, bottom: 8, outerBoundsMode: "same" },
    animation: token.motion,
    animationDuration: 300,
    // What is drawn, not what is written into the page: its policy allows no markup with styles made here.
    tooltip: { trigger: "item", renderMode: "richText", confine: true },
    ...option,
  };
}
