// What stands in the addresses of these surfaces.

/** Of the expected day: past, in a month as 2026-12, after the months that are shown, or not said. */
export type Close = "overdue" | "later" | "none" | `${number}-${number}`;

export interface PipelineSearch {
  /** The default one where it is left out. */
  pipeline?: string;
  /** A user, or "me". */
  owner?: string;
  customer?: string;
  close?: Close;
  /** The board where it is left out. */
  view?: "list";
  /** Open ones where it is left out; the others stand in the list alone. */
  state?: "won" | "lost";
  /** A stage: all that a phone shows of the board, and a condition of the list. */
  stage?: string;
  sort?: DealSort;
  /** Whose particulars are open beside the rest. */
  opportunity?: string;
}

const DEAL_SORTS = [
  "expected_close_date",
  "expected_close_date desc",
  "amount",
  "amount desc",
  "update_time desc",
] as const;
export type DealSort = (typeof DEAL_SORTS)[number];

export function pipelineSearch(search: Record<string, unknown>): PipelineSearch {
  return known({
    pipeline: uuid(search.pipeline),
    owner: search.owner === "me" ? "me" : uuid(search.owner),
    customer: uuid(search.customer),
    close: closeIn(search.close),
    view: search.view === "list" ? "list" : undefined,
    state: search.state === "won" || search.state === "lost" ? search.state : undefined,
    stage: fits(/^[a-z][a-z0-9_]{0,39}$/, search.stage),
    sort: DEAL_SORTS.find((each) => each === search.sort),
    opportunity: uuid(search.opportunity),
  });
}

export const LEAD_STATUSES = [
  "NEW",
  "ASSIGNED",
  "CONTACTING",
  "NURTURING",
  "QUALIFIED",
  "CONVERTED",
  "DISQUALIFIED",
  "RECYCLED",
] as const;
export type LeadStatusName = (typeof LEAD_STATUSES)[number];

export interface LeadsSearch {
  status?: LeadStatusName;
  /** A user, "me", or "nobody". */
  owner?: string;
  /** A part of the name of an organisation. */
  text?: string;
  lead?: string;
}

export function leadsSearch(search: Record<string, unknown>): LeadsSearch {
  const text = typeof search.text === "number" ? String(search.text) : search.text;
  return known({
    status: LEAD_STATUSES.find((each) => each === search.status),
    owner: search.owner === "me" || search.owner === "nobody" ? search.owner : uuid(search.owner),
    text: typeof text === "string" && text !== "" ? text.slice(0, 100) : undefined,
    lead: uuid(search.lead),
  });
}

const fits = (form: RegExp, value: unknown) =>
  typeof value === "string" && form.test(value) ? value : undefined;

const uuid = (value: unknown) => fits(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i, value);

const closeIn = (value: unknown) =>
  fits(/^(overdue|later|none|\d{4}-(0[1-9]|1[0-2]))$/, value) as Close | undefined;

/** Without what is not said: an address with empty names is an ugly one. */
const known = <T extends object>(search: T): T =>
  Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined)) as T;
