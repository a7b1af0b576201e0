import { refuse } from "./refuse.ts";

interface Versioned {
  readonly version: number;
}

/** An etag is the version: what a writer says it has seen. */
export const etagOf = (state: Versioned) => String(state.version);

/** For Update and Delete, which may not be blind. */
export function requireEtag(state: Versioned, etag: string): void {
  if (!etag) {
    throw refuse("precondition", "ETAG_REQUIRED", "Send the etag that you read, over HTTP in If-Match.");
  }
  matchEtag(state, etag);
}

/** For verbs, where an etag is a choice: an empty one skips the check. */
export function matchEtag(state: Versioned, etag: string): void {
  if (etag && etag !== etagOf(state)) throw staleEtag();
}

export function staleEtag() {
  return refuse("aborted", "ETAG_MISMATCH", "Somebody else changed it meanwhile: read it again.");
}
