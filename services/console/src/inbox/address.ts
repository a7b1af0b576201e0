// The address of the inbox, read and written.
import { getRouteApi } from "@tanstack/react-router";
import type { InboxSearch } from "./search.ts";

const route = getRouteApi("/shell/inbox");

export function useAddress() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  /** What is undefined is left out of the address. */
  const go = (change: { [K in keyof InboxSearch]?: InboxSearch[K] | undefined }, replace = false) =>
    void navigate({
      search: (before: InboxSearch) =>
        Object.fromEntries(
          Object.entries({ ...before, ...change }).filter(([, value]) => value !== undefined),
        ) as InboxSearch,
      replace,
    });
  return { search, view: search.view ?? "mine", go };
}
