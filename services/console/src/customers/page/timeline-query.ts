import { type ListTimelineParams, listTimeline } from "@guanxi/client/gen/guanxi";
import { infiniteQueryOptions } from "@tanstack/react-query";
import { conditionOf, type TimelineFilter } from "./timeline-filter.ts";

const PAGE = 50;

export const shownOf = (filter: TimelineFilter): ListTimelineParams => ({
  filter: conditionOf(filter),
  includeMinor: filter.minor ?? false,
});

export const timelineQuery = (customerId: string, shown: ListTimelineParams) =>
  infiniteQueryOptions({
    queryKey: ["timeline", customerId, shown],
    queryFn: ({ pageParam, signal }) =>
      listTimeline(
        customerId,
        { ...shown, pageSize: PAGE, ...(pageParam ? { pageToken: pageParam } : {}) },
        { signal },
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextPageToken }) => nextPageToken || undefined,
    // What is new is put in by the pulse; all pages anew would be the whole past for one line.
    staleTime: 60_000,
  });
