import {
  listCustomerValues,
  listValueRuns,
  queryValueCurve,
  queryValueFigures,
  type QueryValueFiguresRequestDimension,
} from "@guanxi/client/gen/guanxi";
import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { FACT_KINDS } from "../rows/kinds.ts";
import { customerNames, readPage } from "../rows/read.ts";

const RUNNING_EVERY = 1_500;

/** The newest first; asked again as long as one is under way. */
export const runsQuestion = queryOptions({
  queryKey: ["figures", "value", "runs"],
  queryFn: async ({ signal }) => (await listValueRuns({ pageSize: 10 }, { signal })).valueRuns,
  refetchInterval: ({ state }) =>
    state.data?.some((run) => run.state === "STATE_RUNNING") ? RUNNING_EVERY : false,
});

export const valuesQuestion = (...groupBy: QueryValueFiguresRequestDimension[]) =>
  queryOptions({
    queryKey: ["figures", "value", "figures", ...groupBy],
    queryFn: async ({ signal }) => (await queryValueFigures({ groupBy }, { signal })).rows,
  });

export const curveQuestion = (filter: string) =>
  queryOptions({
    queryKey: ["figures", "value", "curve", filter],
    queryFn: async ({ signal }) =>
      (await queryValueCurve({ filter: filter || undefined }, { signal })).curves,
    placeholderData: keepPreviousData,
  });

export const ownNameQuestion = (customerId: string | undefined) =>
  queryOptions({
    queryKey: ["figures", "value", "name", customerId],
    queryFn: async ({ signal }) => (await customerNames([customerId!], signal)).get(customerId!) ?? "",
    enabled: customerId !== undefined,
  });

/** Whose purchase is due, the earliest first. */
export const dueQuestion = (filter: string) =>
  infiniteQueryOptions({
    queryKey: ["figures", "value", "due", filter],
    queryFn: ({ pageParam, signal }) =>
      readPage(
        FACT_KINDS.values,
        { pageSize: 20, filter: filter || undefined, orderBy: "next_purchase_date", pageToken: pageParam },
        signal,
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextPageToken }) => nextPageToken || undefined,
    placeholderData: keepPreviousData,
  });

/** The most valuable, among whom one chooses without typing. */
export const bestQuestion = queryOptions({
  queryKey: ["figures", "value", "best"],
  queryFn: async ({ signal }) => {
    const { customerValues } = await listCustomerValues({ pageSize: 20, orderBy: "clv desc" }, { signal });
    const ids = customerValues.map(({ customerId }) => customerId);
    const names = await customerNames(ids, signal);
    return ids.map((id) => ({ id, name: names.get(id) ?? id.slice(0, 8) }));
  },
});
