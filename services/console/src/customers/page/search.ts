// What stands in the address of a customer's page.
import { AREAS, CHANNELS, type TimelineFilter } from "./timeline-filter.ts";

const TABS = ["overview", "timeline", "people"] as const;
export type Tab = (typeof TABS)[number];

export interface CustomerSearch extends TimelineFilter {
  /** Where there is room for one thing at a time. */
  tab?: Tab;
}

const KIND = /^[a-z][a-z0-9_]{0,59}$/;
const MOST_KINDS = 50;

export function customerSearch(search: Record<string, unknown>): CustomerSearch {
  const found: CustomerSearch = {};
  const tab = oneOf(TABS, search["tab"]);
  const area = oneOf(AREAS, search["area"]);
  const channel = oneOf(CHANNELS, search["channel"]);
  const kinds = kindsOf(search["kinds"]);
  if (tab) found.tab = tab;
  if (area) found.area = area;
  if (channel) found.channel = channel;
  if (kinds.length > 0) found.kinds = kinds;
  if (search["minor"] === true) found.minor = true;
  return found;
}

const oneOf = <T extends string>(known: readonly T[], value: unknown): T | undefined =>
  known.find((each) => each === value);

function kindsOf(value: unknown): string[] {
  if (!Array.isArray(value)) return [];
  const kinds = value.filter((each): each is string => typeof each === "string" && KIND.test(each));
  return [...new Set(kinds)].slice(0, MOST_KINDS);
}
