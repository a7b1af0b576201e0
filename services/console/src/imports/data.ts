// Imports of all services as one list, and one import while it is under way.
import type { Import, ImportField } from "@guanxi/client/gen/guanxi";
import { queryOptions, useQueries, useQuery } from "@tanstack/react-query";
import { useMay } from "../api/session.ts";
import { useLanguage } from "../text/texts.ts";
import { AREAS, type Area } from "./areas.ts";

const SHOWN = 50;
const LOOK_AGAIN_MS = 700;

const UNDER_WAY = new Set<Import["state"]>(["STATE_RUNNING", "STATE_UNDOING"]);
export const underWay = ({ state }: Import): boolean => UNDER_WAY.has(state);

export const hasRun = ({ state }: Import) => state !== "STATE_UPLOADED" && state !== "STATE_CREATED";

export const similarOf = ({ counts }: Import): number => Number(counts?.similarRows ?? 0);

/** How many rows the file of failures has; what another mapping has made of the file says nothing any more. */
export const listedOf = (data: Import): number =>
  hasRun(data)
    ? Number(data.counts?.failedRows ?? 0) + similarOf(data) + Number(data.undoCounts?.keptRecords ?? 0)
    : 0;

/** The newest of each service, newest first; a service that does not answer is named, and the others are shown. */
export function useNewest() {
  const may = useMay();
  const areas = Object.entries(AREAS).filter(([, { resource }]) => may(resource, "read"));
  const answers = useQueries({
    queries: areas.map(([name, area]) => ({
      queryKey: ["imports", name],
      queryFn: async ({ signal }: { signal: AbortSignal }) =>
        (await area.list({ pageSize: SHOWN }, { signal })).imports,
      refetchInterval: (query: { state: { data?: Import[] } }) =>
        query.state.data?.some(underWay) ? LOOK_AGAIN_MS : false,
    })),
  });
  const rows = answers.flatMap(({ data }, index) =>
    (data ?? []).map((each) => ({ ...each, area: areas[index]![0] })),
  );
  return {
    rows: rows.toSorted((a, b) => (b.createTime ?? "").localeCompare(a.createTime ?? "")),
    loading: answers.some(({ isPending }) => isPending),
    errors: answers.map(({ error }) => error).filter((error) => error !== null),
  };
}

export const importQuery = (name: string, area: Area, importId: string) =>
  queryOptions({
    queryKey: ["imports", name, importId],
    queryFn: ({ signal }) => area.get(importId, {}, { signal }),
    refetchInterval: ({ state: { data } }) => (data && underWay(data) ? LOOK_AGAIN_MS : false),
  });

export interface Kind {
  area: string;
  kind: string;
  fields: ImportField[];
}

/** All that files can become here. */
export function useKinds() {
  const may = useMay();
  return useQuery({
    queryKey: ["import-kinds"],
    staleTime: Number.POSITIVE_INFINITY, // a release tells of others
    queryFn: async (): Promise<Kind[]> => {
      const areas = Object.entries(AREAS).filter(([, { resource }]) => may(resource, "read"));
      const answers = await Promise.all(areas.map(([, area]) => area.kinds()));
      return answers.flatMap(({ kinds }, index) =>
        kinds.map(({ kind, fields }) => ({ area: areas[index]![0], kind, fields })),
      );
    },
  });
}

/** A field by the header that a person would give it: the service knows some in Chinese. */
export function useFieldName(): (field: ImportField) => string {
  const language = useLanguage();
  return ({ name, headers }) => {
    const chinese = language === "zh" && headers.find((each) => /\p{Script=Han}/u.test(each));
    return chinese || (language === "en" ? name.replaceAll("_", " ") : name);
  };
}
