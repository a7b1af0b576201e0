// The newest scan of the book, and the pairs that it has found.
import {
  batchGetCustomers,
  cancelDuplicateScan,
  type Customer,
  type DuplicatePair,
  listDuplicatePairs,
  listDuplicateScans,
  startDuplicateScan,
} from "@guanxi/client/gen/guanxi";
import { infiniteQueryOptions, queryOptions, useMutation, useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { once, queries } from "../../api/api.ts";
import { useComplain } from "../../ui/problem.tsx";

const SCAN = ["duplicates", "scan"];
const PAIRS = ["duplicates", "pairs"];

const scanQuery = queryOptions({
  queryKey: SCAN,
  queryFn: async ({ signal }) =>
    (await listDuplicateScans({ pageSize: 1 }, { signal })).duplicateScans[0] ?? null,
  refetchInterval: ({ state }) => (state.data?.state === "STATE_RUNNING" ? 1000 : false),
});

/** The newest scan; once it is through, its pairs are read. */
export function useScan() {
  const { data: scan, error, refetch } = useQuery(scanQuery);
  const isRunning = scan?.state === "STATE_RUNNING";
  const wasRunning = useRef(false);
  useEffect(() => {
    if (wasRunning.current && !isRunning) void queries.invalidateQueries({ queryKey: PAIRS });
    wasRunning.current = isRunning;
  }, [isRunning]);
  return { scan, error, refetch, isRunning };
}

export function useScanning() {
  const complain = useComplain();
  const settle = { onError: complain, onSettled: () => queries.invalidateQueries({ queryKey: SCAN }) };
  const start = useMutation({ mutationFn: () => startDuplicateScan({}, once()), ...settle });
  const cancel = useMutation({ mutationFn: (id: string) => cancelDuplicateScan(id, {}, once()), ...settle });
  return { start, cancel };
}

interface PairPage {
  pairs: DuplicatePair[];
  customers: Customer[];
  next: string;
}

const PAGE = 30;

/** With the customers themselves: a pair knows them by id. */
export const pairsQuery = (isDismissed: boolean) =>
  infiniteQueryOptions({
    queryKey: [...PAIRS, isDismissed],
    initialPageParam: "",
    queryFn: async ({ pageParam, signal }): Promise<PairPage> => {
      const { duplicatePairs: pairs, nextPageToken } = await listDuplicatePairs(
        {
          pageSize: PAGE,
          ...(pageParam && { pageToken: pageParam }),
          ...(isDismissed && {
            includeDismissed: true,
            filter: 'state == "DISMISSED"',
            orderBy: "update_time desc",
          }),
        },
        { signal },
      );
      const customerIds = [...new Set(pairs.flatMap((each) => [each.customerId, each.otherCustomerId]))];
      const { customers } =
        customerIds.length > 0 ? await batchGetCustomers({ customerIds }, { signal }) : { customers: [] };
      return { pairs, customers, next: nextPageToken };
    },
    getNextPageParam: ({ next }) => next || undefined,
  });

export const renewPairs = () => queries.invalidateQueries({ queryKey: PAIRS });

/** As it stands now; undefined where it is none any more. */
export async function pairAgain(pairId: string): Promise<DuplicatePair | undefined> {
  await renewPairs();
  const known = queries.getQueryData(pairsQuery(false).queryKey);
  return known?.pages.flatMap(({ pairs }) => pairs).find(({ duplicatePairId }) => duplicatePairId === pairId);
}
