// Figures of all areas, each with what it means, what it is of, and the rows behind it.
import { DatePicker, Flex, Grid, Select, Switch, Tabs, theme, Tooltip } from "antd";
import dayjs from "dayjs";
import { lazy, Suspense, useState } from "react";
import { useMay } from "../api/session.ts";
import { useFormat } from "../text/format.ts";
import { Loading } from "../ui/loading.tsx";
import { useNarrow } from "../ui/media.ts";
import { Page } from "../ui/page.tsx";
import type { Span } from "./period.ts";
import { type RowsAsked, RowsContext } from "./rows/context.ts";
import { PERIODS, type Period, type Tab, TABS } from "./search.ts";
import { useFiguresSearch } from "./use-search.ts";
import { useSpans } from "./use-span.ts";
import { useFigures } from "./words.ts";
import "./figures.css";
import "./vocabulary.ts";

const RowsDrawer = lazy(async () => ({ default: (await import("./rows/rows.tsx")).RowsDrawer }));

const SHOWN = {
  sales: lazy(async () => ({ default: (await import("./sales.tsx")).Sales })),
  pipeline: lazy(async () => ({ default: (await import("./funnel.tsx")).PipelineFigures })),
  value: lazy(async () => ({ default: (await import("./value/value.tsx")).Value })),
  service: lazy(async () => ({ default: (await import("./service.tsx")).Service })),
  satisfaction: lazy(async () => ({ default: (await import("./satisfaction.tsx")).Satisfaction })),
  customers: lazy(async () => ({ default: (await import("./counts.tsx")).CustomerCounts })),
};

/** Of the resources of the figures, what a tab cannot do without. */
const NEEDS: Record<Tab, string> = {
  sales: "sales_figure",
  pipeline: "pipeline_figure",
  value: "customer_value",
  service: "service_figure",
  satisfaction: "satisfaction_figure",
  customers: "customer_count",
};

export function Figures() {
  const say = useFigures();
  const may = useMay();
  const { token } = theme.useToken();
  const [search] = useFiguresSearch();
  const [asked, setAsked] = useState<RowsAsked>();
  const tabs = TABS.filter((tab) => may(NEEDS[tab], "read"));
  const tab = tabs.find((each) => each === search.tab) ?? tabs[0];
  const Shown = tab && SHOWN[tab];
  return (
    <RowsContext value={setAsked}>
      <Page title={say("title")} note={say("note")} actions={tab !== "value" && <PeriodBar />}>
        <div style={{ "--figure-link": token.colorLink } as React.CSSProperties}>
          <TabBar tabs={tabs} tab={tab} />
          <Suspense fallback={<Loading />}>{Shown && <Shown />}</Suspense>
        </div>
      </Page>
      <Suspense>
        <RowsDrawer asked={asked} close={() => setAsked(undefined)} />
      </Suspense>
    </RowsContext>
  );
}

/** On a phone a list: tabs that do not fit hide behind dots. */
function TabBar({ tabs, tab }: { tabs: Tab[]; tab: Tab | undefined }) {
  const say = useFigures();
  const [, change] = useFiguresSearch();
  const show = (key: Tab) => change({ tab: key, by: undefined, filter: undefined });
  if (useNarrow())
    return (
      <Select<Tab>
        aria-label={say("area")}
        style={{ width: "100%", marginBottom: 16 }}
        value={tab}
        options={tabs.map((value) => ({ value, label: say(`tab.${value}`) }))}
        onChange={show}
      />
    );
  return (
    <Tabs
      activeKey={tab}
      items={tabs.map((key) => ({ key, label: say(`tab.${key}`) }))}
      onChange={(key) => show(key as Tab)}
    />
  );
}

function PeriodBar() {
  const say = useFigures();
  const [{ period = "12m", from, to, compare }, change] = useFiguresSearch();
  const { span, before } = useSpans();
  const words = useSpanWords();
  const wide = Grid.useBreakpoint().md ?? true;
  const today = dayjs();
  return (
    <Flex gap={12} align="center" wrap>
      <Select<Period>
        aria-label={say("period")}
        value={period}
        style={{ width: 150 }}
        options={PERIODS.map((value) => ({ value, label: say(`period.${value}`) }))}
        onChange={(value) => change({ period: value, from: undefined, to: undefined })}
      />
      {period === "custom" && (
        <DatePicker.RangePicker
          aria-label={say("period.custom")}
          allowClear={false}
          style={wide ? undefined : { width: "100%" }}
          value={[from ? dayjs(from) : (span.from ?? today), to ? dayjs(to) : today]}
          onChange={(days) =>
            days?.[0] &&
            days[1] &&
            change({ from: days[0].format("YYYY-MM-DD"), to: days[1].format("YYYY-MM-DD") })
          }
        />
      )}
      {period !== "all" && (
        <Tooltip title={before && say("compareHint", { span: words(before) })}>
          <Flex gap={8} align="center" component="label">
            <Switch
              size="small"
              aria-label={say("compare")}
              checked={compare !== "none"}
              onChange={(on) => change({ compare: on ? undefined : "none" })}
            />
            {say("compare")}
          </Flex>
        </Tooltip>
      )}
    </Flex>
  );
}

function useSpanWords(): (span: Span) => string {
  const format = useFormat();
  return ({ from, until }) =>
    `${format.date(from?.toDate())} – ${format.date(until?.subtract(1, "day").toDate())}`;
}
