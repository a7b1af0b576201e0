// Who is signed in. The gateway keeps the session in a cookie that no script can read.
import { getMe } from "@guanxi/client/gen/guanxi";
import { send } from "@guanxi/client/send";
import { queryOptions, useSuspenseQuery } from "@tanstack/react-query";
import { queries } from "./api.ts";
import { signedInIs } from "./own.ts";

export interface Person {
  subject: string;
  displayName: string;
  job: string;
}

/** Whether somebody is signed in, and else whom one can sign in as to try the system. */
export interface Session {
  signedIn: boolean;
  people?: Person[];
}

export const sessionQuery = queryOptions({
  queryKey: ["session"],
  queryFn: () => send<Session>("/session", {}),
  staleTime: 60_000,
});

const meQuery = queryOptions({
  queryKey: ["me"],
  queryFn: async ({ signal }) => {
    const { user, tenant, grants } = await getMe({ signal });
    if (!user || !tenant) throw new Error("/v1/me tells of nobody"); // it always tells of both
    return { user, tenant, grants };
  },
  staleTime: 60_000,
});

export async function loadMe(): Promise<void> {
  const { user } = await queries.ensureQueryData(meQuery);
  signedInIs(user.userId);
}

export const useMe = () => useSuspenseQuery(meQuery).data;

/** Whether this person has the right; the services decide, this only spares them what would be refused. */
export function useMay(): (resource: string, action: string) => boolean {
  const { grants } = useMe();
  const fits = (granted: string, asked: string) => granted === "*" || granted === asked;
  return (resource, action) =>
    grants.some((each) => fits(each.resource, resource) && fits(each.action, action));
}

export async function signIn(person: string): Promise<void> {
  await send("/session", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ person }),
  });
  queries.clear();
}

export const signOut = (): Promise<void> => send("/session", { method: "DELETE" });
