// What the surfaces of selling ask the services for.
import {
  listCompetitors,
  listOpportunities,
  listPipelines,
  listProducts,
  queryPipelineFigures,
  type Opportunity,
  type Pipeline,
  type Stage,
  summarizePipeline,
  type User,
} from "@guanxi/client/gen/guanxi";
import { keepPreviousData, useInfiniteQuery, useQueries, useQuery } from "@tanstack/react-query";
import { useNames } from "../api/customer-names.ts";
import { allOf } from "../api/pages.ts";
import { useMay, useMe } from "../api/session.ts";
import { usersQuery } from "../api/users.ts";
import { todayText } from "./days.ts";
import { dealCondition, dealFilter, type Moment, ownerOf } from "./filter.ts";
import { untilHeard } from "./heard.ts";
import type { Close, PipelineSearch } from "./search.ts";
import { byStage, byStageOfFigures, totalOf } from "./sums.ts";

const SETTLED = { staleTime: 300_000 };

export function usePipelines() {
  return useQuery({
    queryKey: ["pipelines"],
    queryFn: ({ signal }) =>
      allOf(
        (asked) => listPipelines(asked, { signal }),
        ({ pipelines }) => pipelines,
      ),
    ...SETTLED,
  });
}

/** The one in the address, else the default one. */
export const chosenPipeline = (
  pipelines: readonly Pipeline[],
  id: string | undefined,
): Pipeline | undefined =>
  pipelines.find(({ pipelineId }) => pipelineId === id) ??
  pipelines.find((each) => each.default) ??
  pipelines[0];

export const openStages = ({ stages }: Pipeline): Stage[] =>
  stages.filter(({ type }) => type === "TYPE_OPEN");
export const stageOfType = ({ stages }: Pipeline, type: Stage["type"]): Stage | undefined =>
  stages.find((each) => each.type === type);

export function useMoment(): Moment {
  const { user } = useMe();
  return { today: todayText(), me: user.userId };
}

export function useUsers(): readonly User[] {
  const may = useMay();
  return useQuery({ ...usersQuery, enabled: may("user", "read") }).data ?? [];
}

/** Empty of nobody and of whom one may not see. */
export function useUserName(): (userId: string) => string {
  const users = useUsers();
  return (userId) => users.find((user) => user.userId === userId)?.displayName ?? "";
}

export function useProducts(enabled = true) {
  const may = useMay();
  return useQuery({
    queryKey: ["products", "all"],
    enabled: enabled && may("product", "read"),
    queryFn: ({ signal }) =>
      allOf(
        (asked) => listProducts({ ...asked, orderBy: "display_name" }, { signal }),
        ({ products }) => products,
      ),
    ...SETTLED,
  });
}

export function useCompetitors(enabled = true) {
  const may = useMay();
  return useQuery({
    queryKey: ["competitors", "all"],
    enabled: enabled && may("competitor", "read"),
    queryFn: ({ signal }) =>
      allOf(
        (asked) => listCompetitors(asked, { signal }),
        ({ competitors }) => competitors,
      ),
    ...SETTLED,
  });
}

interface Asked {
  pipelineId: string;
  type: "OPEN" | "WON" | "LOST";
  stageId?: string | undefined;
  orderBy: string;
}

export function useDeals({ orderBy, ...place }: Asked, chosen: PipelineSearch) {
  const filter = dealFilter(place, chosen, useMoment());
  return useInfiniteQuery({
    queryKey: ["opportunities", "list", filter, orderBy],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) =>
      listOpportunities({ filter, orderBy, pageSize: 50, pageToken: pageParam }, { signal }),
    getNextPageParam: ({ nextPageToken }) => nextPageToken || undefined,
  });
}

export interface Names {
  names: ReadonlyMap<string, string>;
  /** Until those of the first page are there: what stands under a name would jump when it comes. */
  waiting: boolean;
}

/** The names of the customers of many opportunities. */
export function useNamesFor(pages: readonly { opportunities: readonly Opportunity[] }[]): Names {
  const { names, waiting } = useNames(
    pages.flatMap(({ opportunities }) => opportunities.map(({ customerId }) => customerId)),
  );
  const first = pages[0]?.opportunities ?? [];
  return { names, waiting: first.some(({ customerId }) => waiting.has(customerId)) };
}

/** Where a condition goes beyond the owner, analytics answers: it hears of a change a moment later. */
export function useStageSums(pipelineId: string, chosen: PipelineSearch) {
  const moment = useMoment();
  const narrow = Boolean(chosen.customer || chosen.close);
  const ownerId = ownerOf(chosen.owner, moment);
  const condition = dealCondition(chosen, moment);
  return useQuery({
    queryKey: ["opportunities", "sums", pipelineId, narrow ? condition : (ownerId ?? "")],
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      if (!narrow) {
        const { stages } = await summarizePipeline({ pipelineId, ...(ownerId && { ownerId }) }, { signal });
        return { stages: byStage(stages) };
      }
      const filter = `stage_type == "OPEN" && ${condition}`;
      const groupBy = ["DIMENSION_STAGE" as const];
      const { rows, asOfTime } = await queryPipelineFigures({ pipelineId, filter, groupBy }, { signal });
      return { stages: byStageOfFigures(rows), asOfTime: asOfTime ?? "" };
    },
    refetchInterval: ({ state }) => untilHeard(state.data?.asOfTime),
  });
}

/** The parts of the forecast: each a condition of its own, answered by analytics. */
export function useForecast(
  pipelineId: string,
  { owner, customer }: PipelineSearch,
  parts: readonly (Close | undefined)[],
) {
  const moment = useMoment();
  return useQueries({
    queries: parts.map((close) => {
      const condition = dealCondition(
        { ...(owner && { owner }), ...(customer && { customer }), ...(close && { close }) },
        moment,
      );
      const filter = ['stage_type == "OPEN"', condition].filter(Boolean).join(" && ");
      return {
        queryKey: ["opportunities", "forecast", pipelineId, filter],
        placeholderData: keepPreviousData,
        queryFn: async ({ signal }: { signal: AbortSignal }) => {
          const { rows, asOfTime = "" } = await queryPipelineFigures({ pipelineId, filter }, { signal });
          return { sum: totalOf(rows), asOfTime };
        },
        refetchInterval: ({ state }: { state: { data?: { asOfTime: string } | undefined } }) =>
          untilHeard(state.data?.asOfTime),
      };
    }),
  });
}
