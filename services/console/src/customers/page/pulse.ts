// What is new of a customer, found by what has been told since the last look: by the stream where the gateway has one, else by
// asking every few seconds while somebody looks. After an own change one asks quickly, until it shows.
import {
  type ListTimelineParams,
  listTimeline,
  type ListTimelineResponse,
  type TimelineEntry,
} from "@guanxi/client/gen/guanxi";
import { type InfiniteData, useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { queries } from "../../api/api.ts";
import { KINDS } from "./kind-words.ts";
import { both, withNews } from "./timeline-pages.ts";

const CALM_MS = 5_000;
/** The stream names events by their type, and one that is newer than this page is not listened to. */
const STREAMED_MS = 30_000;
const QUICK_MS = 500;
const HURRY_MS = 10_000;
/** The copies of two services do not arrive in the order in which their events were made. */
const OVERLAP_MS = 20_000;
/** Sums of the portrait are counted a moment after the entry is there. */
const COUNTED_MS = 1_500;

const hurried = new Map<string, number>();

/** Something of this customer is about to show. */
export function hurry(customerId: string): void {
  hurried.set(customerId, Date.now() + HURRY_MS);
  void queries.invalidateQueries({ queryKey: ["pulse", customerId] });
}

type Pages = InfiniteData<ListTimelineResponse, string | undefined>;

/** Keeps the portrait and the shown timeline fresh; `since` is the service's own clock at the first answer. */
export function usePulse(customerId: string, since: string | undefined, shown: ListTimelineParams): void {
  const seen = useRef({ customerId, ids: new Set<string>(), until: since });
  if (seen.current.customerId !== customerId) seen.current = { customerId, ids: new Set(), until: since };
  seen.current.until ??= since;
  const streamed = useStream(customerId);
  const { data } = useQuery({
    queryKey: ["pulse", customerId],
    enabled: since !== undefined,
    // What the portrait and the timeline have just said is not asked for again at once.
    initialData: [],
    refetchOnMount: false,
    staleTime: 0,
    gcTime: 0,
    retry: false,
    queryFn: ({ signal }) => toldSince(customerId, seen.current.until!, {}, signal),
    refetchInterval: () => {
      if (Date.now() < (hurried.get(customerId) ?? 0)) return QUICK_MS;
      return streamed.current ? STREAMED_MS : CALM_MS;
    },
  });
  const shownNow = useRef(shown);
  shownNow.current = shown;
  useEffect(() => {
    const fresh = data.filter(({ entryId }) => !seen.current.ids.has(entryId));
    if (fresh.length === 0) return;
    for (const { entryId } of fresh) seen.current.ids.add(entryId);
    const from = seen.current.until!;
    seen.current.until = fresh.reduce((last, { toldTime = "" }) => (toldTime > last ? toldTime : last), from);
    hurried.delete(customerId);
    void show(customerId, from, shownNow.current);
  }, [data, customerId]);
}

async function show(customerId: string, since: string, shown: ListTimelineParams): Promise<void> {
  const renew = () => queries.invalidateQueries({ queryKey: ["portrait"] });
  void renew();
  setTimeout(() => void renew(), COUNTED_MS);
  void queries.invalidateQueries({ queryKey: ["aside", customerId] });
  const news = await toldSince(customerId, since, shown).catch(() => []);
  queries.setQueryData<Pages>(["timeline", customerId, shown], (known) => known && withNews(known, news));
}

async function toldSince(
  customerId: string,
  since: string,
  { filter = "", includeMinor = true }: ListTimelineParams,
  signal?: AbortSignal,
): Promise<TimelineEntry[]> {
  const from = new Date(new Date(since).getTime() - OVERLAP_MS).toISOString();
  const asked = { filter: both(filter, `told_time > timestamp("${from}")`), includeMinor, pageSize: 100 };
  return (await listTimeline(customerId, asked, signal ? { signal } : undefined)).entries;
}

/** order_placed is OrderPlaced. */
const nameOf = (kind: string) => kind.replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** Whether the gateway's stream tells of this customer; each event of it is a reason to look. */
function useStream(customerId: string) {
  const open = useRef(false);
  useEffect(() => {
    let stream: EventSource | undefined;
    const ask = () => void queries.invalidateQueries({ queryKey: ["pulse", customerId] });
    const close = () => {
      open.current = false;
      stream?.close();
      stream = undefined;
    };
    // Over HTTP/1.1 a browser has six connections for all its tabs: one that nobody looks at gives its own back.
    const follow = (wasHidden: boolean) => {
      close();
      if (document.hidden) return;
      stream = streamOf(customerId, open, ask);
      // What was told while nobody listened.
      if (wasHidden) stream.addEventListener("open", ask, { once: true });
    };
    const turn = () => follow(true);
    follow(false);
    document.addEventListener("visibilitychange", turn);
    return () => {
      document.removeEventListener("visibilitychange", turn);
      close();
    };
  }, [customerId]);
  return open;
}

function streamOf(customerId: string, open: { current: boolean }, ask: () => void): EventSource {
  const stream = new EventSource(`/v1/stream?customerId=${encodeURIComponent(customerId)}`);
  const look = () => hurry(customerId);
  stream.addEventListener("open", () => {
    open.current = true;
  });
  for (const kind of KINDS) stream.addEventListener(nameOf(kind), look);
  stream.addEventListener("error", () => {
    open.current = false;
    // Refused: there is no stream here, and asking again would be refused again.
    if (stream.readyState === EventSource.CLOSED) ask();
  });
  return stream;
}
