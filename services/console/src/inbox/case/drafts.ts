// What somebody has begun to write to a case, kept while they look at another one.
export interface Draft {
  mode?: Mode | undefined;
  to?: string;
  subject?: string;
  body?: string;
  allowReroute?: boolean;
  channel?: string;
  direction?: string;
  minutes?: number;
  outcome?: string;
  learned?: string;
}

export type Mode = "mail" | "contact" | "note";

const drafts = new Map<string, Draft>();

/** Whoever signs in next on this page must not send what another has begun. */
export const deskOf = (userId: string, caseId: string): string => `${userId} ${caseId}`;

export const draftOf = (desk: string): Draft => drafts.get(desk) ?? {};

export function keepDraft(desk: string, draft: Draft): void {
  drafts.set(desk, { ...draftOf(desk), ...draft });
}

export const dropDraft = (desk: string): boolean => drafts.delete(desk);
