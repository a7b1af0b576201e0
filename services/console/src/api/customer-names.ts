// Names of customers that other records only know by id: each is asked for once, together with those of the same moment.
import { batchGetCustomers } from "@guanxi/client/gen/guanxi";
import { queryOptions, useQueries } from "@tanstack/react-query";
import { useMay } from "./session.ts";

/** The rows of one moment are drawn within it. */
const GATHER_MS = 20;
const AT_ONCE = 100;

type Answer = ReadonlyMap<string, string>;

let gathering: { ids: Set<string>; names: Promise<Answer> } | undefined;

function nameOf(customerId: string): Promise<string> {
  if (!gathering || gathering.ids.size >= AT_ONCE) gathering = gather();
  gathering.ids.add(customerId);
  return gathering.names.then((names) => names.get(customerId) ?? "");
}

function gather() {
  const ids = new Set<string>();
  const names = new Promise((resolve) => setTimeout(resolve, GATHER_MS)).then(async (): Promise<Answer> => {
    if (gathering?.ids === ids) gathering = undefined;
    const { customers } = await batchGetCustomers({ customerIds: [...ids] });
    return new Map(customers.map(({ customerId, displayName }) => [customerId, displayName]));
  });
  return { ids, names };
}

const nameQuery = (customerId: string, enabled: boolean) =>
  queryOptions({
    queryKey: ["customer-names", customerId],
    queryFn: () => nameOf(customerId),
    enabled,
    staleTime: 300_000,
  });

export interface CustomerNames {
  /** Of those that are there. */
  names: ReadonlyMap<string, string>;
  /** Those whose names are still to come. */
  waiting: ReadonlySet<string>;
}

/** A name that was there once stays while others come. */
export function useNames(ids: readonly (string | undefined)[]): CustomerNames {
  const may = useMay();
  const wanted = [...new Set(ids.filter((id): id is string => Boolean(id)))];
  const enabled = may("customer", "read");
  return useQueries({
    queries: wanted.map((id) => nameQuery(id, enabled)),
    combine: (answers) => ({
      names: new Map(
        answers.flatMap(({ data }, at): [string, string][] => (data ? [[wanted[at]!, data]] : [])),
      ),
      waiting: new Set(wanted.filter((_, at) => answers[at]?.isLoading)),
    }),
  });
}
