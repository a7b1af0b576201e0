// What the inbox asks the services, each question under one key.
import {
  type Case,
  getCase,
  getPortrait,
  listCaseChanges,
  listCases,
  listFeedback,
  listInteractions,
  listMailboxes,
  listQueues,
  serviceDeskListAttachments,
  type User,
} from "@guanxi/client/gen/guanxi";
import { infiniteQueryOptions, queryOptions, useQuery } from "@tanstack/react-query";
import { queries } from "../api/api.ts";
import { allOf } from "../api/pages.ts";
import { usersQuery } from "../api/users.ts";
import type { Section } from "./views.ts";

/** News of others; one's own is asked for at once. */
const LOOK_AGAIN_MS = 20_000;
const SELDOM_MS = 5 * 60_000;

export const casesQuery = ({ filter, orderBy }: Section) =>
  infiniteQueryOptions({
    queryKey: ["cases", "list", filter, orderBy],
    queryFn: ({ pageParam, signal }) =>
      listCases({ filter, orderBy, pageSize: 30, ...(pageParam && { pageToken: pageParam }) }, { signal }),
    initialPageParam: "",
    getNextPageParam: ({ nextPageToken }) => nextPageToken || undefined,
    refetchInterval: LOOK_AGAIN_MS,
  });

export const caseQuery = (caseId: string) =>
  queryOptions({
    queryKey: ["cases", "one", caseId],
    queryFn: ({ signal }) => getCase(caseId, undefined, { signal }),
    refetchInterval: LOOK_AGAIN_MS,
  });

/** All of them: what one wants to know of a case stands at the end. */
export const changesQuery = ({ caseId, etag }: Pick<Case, "caseId" | "etag">) =>
  queryOptions({
    queryKey: ["cases", "changes", caseId, etag],
    queryFn: ({ signal }) =>
      allOf(
        (asked) => listCaseChanges(caseId, asked, { signal }),
        ({ changes }) => changes,
      ),
    placeholderData: (before) => before,
  });

export const contactsQuery = (filter: string) =>
  infiniteQueryOptions({
    queryKey: ["interactions", "list", filter],
    queryFn: ({ pageParam, signal }) =>
      listInteractions(
        { filter, orderBy: "event_time desc", pageSize: 20, ...(pageParam && { pageToken: pageParam }) },
        { signal },
      ),
    initialPageParam: "",
    getNextPageParam: ({ nextPageToken }) => nextPageToken || undefined,
    refetchInterval: LOOK_AGAIN_MS,
  });

/** The last mail of the customer in this case; asked for anew each time that one begins to write. */
export const answeredQuery = (caseId: string) =>
  queryOptions({
    queryKey: ["interactions", "answered", caseId],
    queryFn: async ({ signal }) => {
      const filter = `case_id == ${JSON.stringify(caseId)} && channel == "EMAIL" && direction == "INBOUND"`;
      const { interactions } = await listInteractions(
        { filter, orderBy: "event_time desc", pageSize: 1 },
        { signal },
      );
      return interactions[0] ?? null;
    },
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });

export const filesQuery = (caseId: string) =>
  queryOptions({
    queryKey: ["cases", "files", caseId],
    queryFn: ({ signal }) => serviceDeskListAttachments({ recordKind: "case", recordId: caseId }, { signal }),
  });

export const portraitQuery = (customerId: string) =>
  queryOptions({
    queryKey: ["portrait", customerId],
    queryFn: ({ signal }) => getPortrait(customerId, { signal }),
    staleTime: 30_000,
  });

export const feedbackQuery = infiniteQueryOptions({
  queryKey: ["feedback", "open"],
  queryFn: ({ pageParam, signal }) =>
    listFeedback(
      {
        filter: 'state in ["NEW", "ACKNOWLEDGED", "IN_PROGRESS"]',
        orderBy: "deadline_time",
        pageSize: 100,
        ...(pageParam && { pageToken: pageParam }),
      },
      { signal },
    ),
  initialPageParam: "",
  getNextPageParam: ({ nextPageToken }) => nextPageToken || undefined,
  refetchInterval: LOOK_AGAIN_MS,
});

const queuesQuery = queryOptions({
  queryKey: ["queues"],
  queryFn: ({ signal }) =>
    allOf(
      (asked) => listQueues(asked, { signal }),
      ({ queues }) => queues,
    ),
  staleTime: SELDOM_MS,
});

const activeOf = (users: User[]) => users.filter(({ state }) => state === "STATE_ACTIVE");

const mailboxesQuery = queryOptions({
  queryKey: ["mailboxes"],
  queryFn: ({ signal }) =>
    allOf(
      (asked) => listMailboxes(asked, { signal }),
      ({ mailboxes }) => mailboxes,
    ),
  staleTime: SELDOM_MS,
});

export const useQueues = () => useQuery(queuesQuery);
/** Who can be given work. */
export const useUsers = () => useQuery({ ...usersQuery, select: activeOf });
export const useMailboxes = () => useQuery(mailboxesQuery);

/** What somebody is called; of people and queues that are not known here, nothing. */
export function useNames(): (id: string | undefined) => string {
  const { data: users = [] } = useQuery(usersQuery);
  const { data: queues = [] } = useQueues();
  return (id) =>
    users.find(({ userId }) => userId === id)?.displayName ??
    queues.find(({ queueId }) => queueId === id)?.displayName ??
    "";
}

/** Shows at once what a command answered, and asks anew for all lists in which it stands. */
export function keep(it: Case): void {
  queries.setQueryData(caseQuery(it.caseId).queryKey, it);
  void queries.invalidateQueries({ queryKey: ["cases", "list"] });
  if (it.customerId) void queries.invalidateQueries({ queryKey: ["portrait", it.customerId] });
}

/**
 * What was said reaches the case by an event, a moment later: asks until it has, or, where it changes nothing, gives up.
 */
export async function awaitNews({ caseId, etag }: Pick<Case, "caseId" | "etag">): Promise<void> {
  void queries.invalidateQueries({ queryKey: ["interactions"] });
  for (let tries = 0; tries < 12; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 400));
    const it = await queries.fetchQuery({ ...caseQuery(caseId), staleTime: 0 });
    if (it.etag !== etag) return keep(it);
  }
}
