// All that happened, newest first. Only what is in sight is in the page; the rest is fetched and drawn as one scrolls.
import type { ListTimelineResponse, TimelineEntry } from "@guanxi/client/gen/guanxi";
import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useVirtualizer } from "@tanstack/react-virtual";
import { Button, Spin, Typography } from "antd";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { Nothing } from "../../ui/empty.tsx";
import { Loading } from "../../ui/loading.tsx";
import { Problem } from "../../ui/problem.tsx";
import { Entry } from "./entry.tsx";
import { Part, Small } from "./part.tsx";
import { useSeen } from "./seen.ts";
import { Filters } from "./timeline-filters.tsx";
import { shownOf, timelineQuery } from "./timeline-query.ts";
import { usePage, useTimelineWords } from "./words.ts";

const route = getRouteApi("/shell/customers/$customerId");

export function Timeline() {
  const page = usePage();
  const { customerId } = useSeen();
  const search = route.useSearch();
  const shown = useMemo(() => shownOf(search), [search]);
  const query = useInfiniteQuery(timelineQuery(customerId, shown));
  return (
    <Part title={page("timeline")}>
      <Filters />
      {query.isPending && <Loading rows={8} />}
      {query.error && <Problem error={query.error} again={() => void query.refetch()} />}
      {query.data && (
        <Told
          pages={query.data.pages}
          more={query.hasNextPage}
          loading={query.isFetchingNextPage}
          load={() => void query.fetchNextPage()}
        />
      )}
    </Part>
  );
}

interface ToldProps {
  pages: ListTimelineResponse[];
  more: boolean;
  loading: boolean;
  load: () => void;
}

function Told({ pages, more, loading, load }: ToldProps) {
  const say = useTimelineWords();
  const entries = useMemo(() => pages.flatMap((each) => each.entries), [pages]);
  const hidden = pages[0]?.hiddenResources ?? [];
  return (
    <>
      {entries.length === 0 && <Empty />}
      {entries.length > 0 && <Entries entries={entries} more={more && !loading} load={load} />}
      {loading && <Spin style={{ display: "block", margin: 12 }} />}
      {entries.length > 0 && !more && (
        <Typography.Paragraph style={{ textAlign: "center", margin: "12px 0 0" }}>
          <Small>{say("end")}</Small>
        </Typography.Paragraph>
      )}
      {hidden.length > 0 && <Small>{say("hidden", { resources: hidden.join(", ") })}</Small>}
    </>
  );
}

function Empty() {
  const say = useTimelineWords();
  const { area, channel, kinds } = route.useSearch();
  const navigate = route.useNavigate();
  if (!area && !channel && !kinds) return <Nothing title={say("nothing")} hint={say("nothingHint")} />;
  const clear = () =>
    void navigate({ search: ({ tab }) => (tab ? { tab } : {}), replace: true, resetScroll: false });
  return (
    <Nothing
      title={say("nothingFits")}
      hint={say("nothingFitsHint")}
      action={<Button onClick={clear}>{say("clear")}</Button>}
    />
  );
}

/** So many below what is in sight are asked for before one gets there. */
const AHEAD = 20;

function Entries({ entries, more, load }: { entries: TimelineEntry[]; more: boolean; load: () => void }) {
  const say = useTimelineWords();
  const place = useRef<HTMLDivElement>(null);
  const top = useTop(place);
  const rows = useVirtualizer({
    count: entries.length,
    getScrollElement: () => document.getElementById("content"),
    estimateSize: () => 62,
    getItemKey: (index) => entries[index]!.entryId,
    overscan: 12,
    scrollMargin: top,
  });
  const drawn = rows.getVirtualItems();
  const last = drawn.at(-1)?.index ?? 0;
  useEffect(() => {
    if (more && last >= entries.length - AHEAD) load();
  }, [more, last, entries.length, load]);
  return (
    <div
      ref={place}
      role="list"
      aria-label={say("feed")}
      style={{ position: "relative", height: rows.getTotalSize() }}
    >
      {drawn.map(({ index, key, start }) => (
        <div
          key={key}
          ref={rows.measureElement}
          data-index={index}
          role="listitem"
          style={{ position: "absolute", insetInline: 0, top: 0, transform: `translateY(${start - top}px)` }}
        >
          <Entry entry={entries[index]!} before={entries[index - 1]} />
        </div>
      ))}
    </div>
  );
}

/** How far below the start of what scrolls the list begins; cards above it come and go. */
function useTop(place: React.RefObject<HTMLDivElement | null>): number {
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    const content = document.getElementById("content");
    const page = content?.firstElementChild;
    if (!content || !page) return;
    const measure = () => {
      const at = place.current?.getBoundingClientRect().top ?? 0;
      setTop(Math.round(at - content.getBoundingClientRect().top + content.scrollTop));
    };
    measure();
    const watch = new ResizeObserver(measure);
    watch.observe(page);
    return () => watch.disconnect();
  }, [place]);
  return top;
}
