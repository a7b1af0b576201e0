export const VIEWS = [
  "mine",
  "queues",
  "unassigned",
  "due",
  "complaints",
  "open",
  "resolved",
  "all",
  "feedback",
] as const;
export type View = (typeof VIEWS)[number];

/** What stands in the address of this surface. */
export interface InboxSearch {
  view?: View;
  /** Words of the subject, or a number. */
  words?: string;
  /** CaseKind without its prefix. */
  kind?: string;
  /** Ids of what is open. */
  case?: string;
  feedback?: string;
  /** The customer's pane is folded away. */
  folded?: true;
}

export function inboxSearch(search: Record<string, unknown>): InboxSearch {
  const { view, words, kind, folded } = search;
  const found: InboxSearch = {};
  if (VIEWS.includes(view as View)) found.view = view as View;
  // A number in an address is one, however it was meant.
  if ((typeof words === "string" && words) || typeof words === "number")
    found.words = String(words).slice(0, 200);
  if (typeof kind === "string" && /^[A-Z_]{1,40}$/.test(kind)) found.kind = kind;
  if (isId(search.case)) found.case = search.case;
  if (isId(search.feedback)) found.feedback = search.feedback;
  if (folded === true) found.folded = true;
  return found;
}

const isId = (value: unknown): value is string =>
  typeof value === "string" && /^[0-9a-fA-F-]{36}$/.test(value);
