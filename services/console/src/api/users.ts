// Everybody of the company, those who have left among them: what they did bears their names still.
import { listUsers } from "@guanxi/client/gen/guanxi";
import { queryOptions } from "@tanstack/react-query";
import { allOf } from "./pages.ts";

export const usersQuery = queryOptions({
  queryKey: ["users"],
  queryFn: ({ signal }) =>
    allOf(
      (asked) => listUsers({ ...asked, orderBy: "display_name" }, { signal }),
      ({ users }) => users,
    ),
  staleTime: 300_000,
});
