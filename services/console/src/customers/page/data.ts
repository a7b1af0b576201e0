// What the page asks for. The portrait and the head of the timeline come first, side by side; all else when it is looked at.
import { type Customer, listFieldDefinitions, type Portrait } from "@guanxi/client/gen/guanxi";
import { queryOptions, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { queries } from "../../api/api.ts";
import { allOf } from "../../api/pages.ts";
import { usersQuery } from "../../api/users.ts";
import { hurry } from "./pulse.ts";

export const fieldsQuery = queryOptions({
  queryKey: ["fieldDefinitions"],
  queryFn: ({ signal }) =>
    allOf(
      (asked) => listFieldDefinitions(asked, { signal }),
      ({ fieldDefinitions }) => fieldDefinitions,
    ),
  staleTime: 300_000,
});

export const useUsers = () => useQuery(usersQuery);

/** Whom an id stands for; empty while that is not known. */
export function useNames(): (userId: string) => string {
  const { data } = useUsers();
  return useMemo(() => {
    const names = new Map(data?.map(({ userId, displayName }) => [userId, displayName]));
    return (userId) => names.get(userId) ?? "";
  }, [data]);
}

/** After a change that the customer service has answered itself. */
export function keep(customer: Customer): void {
  const { customerId } = customer;
  // Under whatever id it was opened.
  queries.setQueriesData<Portrait>({ queryKey: ["portrait"] }, (known) =>
    known?.customer?.customerId === customerId ? { ...known, customer } : known,
  );
  renew(customerId);
}

/** After a change of which the customer service hears a moment later, by its event. */
export function renew(customerId: string): void {
  hurry(customerId);
  void queries.invalidateQueries({ queryKey: ["portrait"] });
  void queries.invalidateQueries({ queryKey: ["aside", customerId] });
}
