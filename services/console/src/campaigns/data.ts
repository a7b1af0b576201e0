// What several parts of this surface ask for.
import { listMarketingPlans, listMessageTemplates, listSegments } from "@guanxi/client/gen/guanxi";
import { queryOptions } from "@tanstack/react-query";
import { allOf } from "../api/pages.ts";

const ACTIVE = 'state == "ACTIVE"';

/** By which ids are named: of whatever was chosen once, though nobody can choose it any more. */
export const namesQuery = queryOptions({
  queryKey: ["segments", "templates", "plans", "names"],
  staleTime: 0,
  queryFn: async ({ signal }) => {
    const [segments, templates, plans] = await Promise.all([
      allOf(
        (asked) => listSegments({ ...asked, includeArchived: true }, { signal }),
        (page) => page.segments,
      ),
      allOf(
        (asked) => listMessageTemplates(asked, { signal }),
        (page) => page.messageTemplates,
      ),
      allOf(
        (asked) => listMarketingPlans(asked, { signal }),
        (page) => page.marketingPlans,
      ),
    ]);
    return { segments, templates, plans };
  },
});

export const segmentsQuery = queryOptions({
  queryKey: ["segments"],
  queryFn: ({ signal }) =>
    allOf(
      (asked) => listSegments(asked, { signal }),
      ({ segments }) => segments,
    ),
});

export const templatesQuery = queryOptions({
  queryKey: ["templates"],
  queryFn: ({ signal }) =>
    allOf(
      (asked) => listMessageTemplates({ ...asked, filter: ACTIVE }, { signal }),
      ({ messageTemplates }) => messageTemplates,
    ),
});

export const plansQuery = queryOptions({
  queryKey: ["plans"],
  queryFn: ({ signal }) =>
    allOf(
      (asked) => listMarketingPlans({ ...asked, filter: ACTIVE }, { signal }),
      ({ marketingPlans }) => marketingPlans,
    ),
});
