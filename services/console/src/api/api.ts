// All calls go through the generated client, to the origin of the page; the session's cookie goes with them by itself.
import { connect, type ProblemDocument, ProblemError } from "@guanxi/client/send";
import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { handsOn } from "./hands.ts";

// A page of another origin cannot set a header of its own without being asked, and it is never answered.
export const OWN_HEADERS = { "x-guanxi-console": "1" };

const hands = handsOn(typeof window === "undefined" ? new EventTarget() : window); // tests have no window

/** So that a query that looks again and again keeps no session alive for a page that everybody has left. */
const UNATTENDED_HEADERS = { ...OWN_HEADERS, "x-guanxi-unattended": "1" };

connect({ url: "", headers: () => (hands.areNear() ? OWN_HEADERS : UNATTENDED_HEADERS) });

let ended = () => {};

/** What is to be done once the session has ended, wherever that comes out. */
export function whenEnded(act: () => void): void {
  ended = act;
}

/** For a refusal that no query and no mutation has seen. */
export function leaveIfEnded(error: unknown): void {
  if (problemOf(error).status === 401) ended();
}

export const queries = new QueryClient({
  queryCache: new QueryCache({ onError: leaveIfEnded }),
  mutationCache: new MutationCache({ onError: leaveIfEnded }),
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      retry: (failures, error) => failures < 2 && worthAnotherTry(problemOf(error)),
    },
    mutations: { retry: false },
  },
});

/** What went wrong, as a problem document whatever it was. */
export function problemOf(error: unknown): ProblemDocument {
  if (error instanceof ProblemError) return error.problem;
  const detail = error instanceof Error ? error.message : String(error);
  return { type: "about:blank", title: "", status: 0, reason: "UNREACHABLE", traceId: "", detail };
}

const worthAnotherTry = ({ status }: ProblemDocument) => status === 0 || status === 502 || status === 503;

/** Where somebody else changed it first, what is shown is read anew: the next try has the etag of now. */
export function renewIfChanged(error: unknown): void {
  if (problemOf(error).status === 412) void queries.invalidateQueries();
}

/** Whoever sends it twice, by a double click or a lost answer, has done it once. */
export const once = (): { "Idempotency-Key": string } => ({ "Idempotency-Key": crypto.randomUUID() });

/** The same key for the same words: a form that is sent again since no answer came does it once. */
export function useOnce(): (sent: unknown) => { "Idempotency-Key": string } {
  const last = useRef({ sent: "", key: once() });
  return (sent) => {
    const words = JSON.stringify(sent);
    if (words !== last.current.sent) last.current = { sent: words, key: once() };
    return last.current.key;
  };
}

/** The version that was read: another one by now is refused with 412. The header wants it in quotes. */
export const ifMatch = (etag: string): { "If-Match": string } => ({ "If-Match": `"${etag}"` });
