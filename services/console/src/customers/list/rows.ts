// The rows of the list: pages by key, kept slim, since somebody may scroll through fifty thousand.
import { type Customer, listCustomers, queryCustomerCounts } from "@guanxi/client/gen/guanxi";
import {
  type InfiniteData,
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
} from "@tanstack/react-query";
import { queries } from "../../api/api.ts";
import { quote } from "../filter/write.ts";
import type { CustomersSearch } from "../search.ts";

const SHOWN = [
  "customerId",
  "kind",
  "displayName",
  "state",
  "grade",
  "gradeSource",
  "lifecycleStage",
  "customerClass",
  "relationshipLevel",
  "loyalty",
  "ownerId",
  "ownerSinceTime",
  "tags",
  "city",
  "industry",
  "categoryId",
  "completeness",
  "custom",
  "createTime",
  "updateTime",
  "etag",
] as const satisfies (keyof Customer)[];

export type Row = Pick<Customer, (typeof SHOWN)[number]> & { source: string; phone: string; email: string };

interface RowPage {
  rows: Row[];
  next: string;
}

export function rowOf(customer: Customer): Row {
  // By the keys of a Row, which fromEntries forgets.
  const kept = Object.fromEntries(SHOWN.map((key) => [key, customer[key]])) as unknown as Row;
  const reach = (kind: string) => {
    const points = customer.contactPoints.filter((each) => each.kind === kind);
    return (points.find(({ primary }) => primary) ?? points[0])?.value ?? "";
  };
  return {
    ...kept,
    source: customer.source?.channel ?? "",
    phone: reach("KIND_PHONE"),
    email: reach("KIND_EMAIL"),
  };
}

/** What the list asks, of what stands in the address. The filter comes first: errors in it name a place in it. */
function askedOf({ filter = "", q = "" }: CustomersSearch): string {
  const named = q && `display_name.contains(${quote(q)})`;
  return filter && named ? `(${filter}) && ${named}` : filter || named;
}

/** Where somebody has just done something comes first. */
export const DEFAULT_ORDER = "update_time desc";

const FIRST_PAGE = 100;
const PAGE = 200;
/** Reading more pages than this again, one behind the other, takes longer than anybody waits. */
const READ_AGAIN = 5;

export const LIST = ["customers", "list"];

export const rowsQuery = (search: CustomersSearch) => {
  const filter = askedOf(search);
  const { order = DEFAULT_ORDER, archived = false } = search;
  return infiniteQueryOptions({
    queryKey: [...LIST, { filter, order, archived }],
    initialPageParam: "",
    placeholderData: keepPreviousData,
    structuralSharing: false,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    refetchOnMount: ({ state }) => (state.data?.pages.length ?? 0) <= READ_AGAIN,
    queryFn: ({ pageParam, signal }) => readPage(search, pageParam, signal),
    getNextPageParam: ({ next }: RowPage) => next || undefined,
  });
};

export async function readPage(
  search: CustomersSearch,
  pageToken: string,
  signal?: AbortSignal,
): Promise<RowPage> {
  const filter = askedOf(search);
  const { customers, nextPageToken } = await listCustomers(
    {
      pageSize: pageToken ? PAGE : FIRST_PAGE,
      ...(pageToken && { pageToken }),
      ...(filter && { filter }),
      orderBy: search.order ?? DEFAULT_ORDER,
      ...(search.archived && { includeArchived: true }),
    },
    signal ? { signal } : {},
  );
  return { rows: customers.map(rowOf), next: nextPageToken };
}

export const countQuery = queryOptions({
  queryKey: ["customers", "count"],
  queryFn: ({ signal }) => queryCustomerCounts({}, { signal }),
  staleTime: 60_000,
});

/** Puts what a command answered into all lists, where these customers stand: no row moves below a person's hand. */
export function renewRows(changed: readonly Customer[]): void {
  const rows = new Map(changed.map((customer) => [customer.customerId, rowOf(customer)]));
  queries.setQueriesData<InfiniteData<RowPage, string>>(
    { queryKey: LIST },
    (data) =>
      data && {
        ...data,
        pages: data.pages.map((page) => ({
          ...page,
          rows: page.rows.map((row) => rows.get(row.customerId) ?? row),
        })),
      },
  );
}
