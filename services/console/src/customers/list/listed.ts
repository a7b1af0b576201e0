import { useInfiniteQuery } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import { faultOf } from "../filter/fault.ts";
import type { CustomersSearch } from "../search.ts";
import { rowsQuery } from "./rows.ts";

export type Listed = ReturnType<typeof useListed>;

/** The rows that were read, and what is to be said of those to come. */
export function useListed(search: CustomersSearch) {
  const query = useInfiniteQuery(rowsQuery(search));
  const { data, error, hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage, refetch } =
    query;
  const rows = useMemo(() => data?.pages.flatMap((page) => page.rows) ?? [], [data]);
  const onAhead = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage && !isFetchNextPageError) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage]);
  return {
    rows,
    error,
    fault: faultOf(error, search),
    isPending: query.isPending,
    isAll: query.isSuccess && !hasNextPage,
    isPartial: isFetchNextPageError,
    isReloading: query.isRefetching && !isFetchingNextPage,
    /** What is shown is still what was asked for before. */
    isOld: query.isPlaceholderData,
    onAhead,
    again: () => void (isFetchNextPageError ? fetchNextPage() : refetch()),
  };
}
