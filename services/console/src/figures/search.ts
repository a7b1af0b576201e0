// What stands in the address of the figures: which tab, which days, compared with what, told apart by what.
export const TABS = ["sales", "pipeline", "value", "service", "satisfaction", "customers"] as const;
export const PERIODS = ["12m", "year", "quarter", "month", "all", "custom"] as const;

export type Tab = (typeof TABS)[number];
export type Period = (typeof PERIODS)[number];

export interface FiguresSearch {
  tab?: Tab;
  period?: Period;
  /** First and last day, both counted, of a custom period. */
  from?: string;
  to?: string;
  compare?: "none";
  /** What the facts are told apart by; each tab knows its own. */
  by?: string;
  /** A CEL condition over the facts of the tab. */
  filter?: string;
  segment?: string;
  customer?: string;
}

const LONGEST_FILTER = 1024;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const WORD = /^[a-z_]{1,40}$/;
const ID = /^[0-9a-f-]{36}$/;

export function figuresSearch(search: Record<string, unknown>): FiguresSearch {
  const found: FiguresSearch = {
    tab: TABS.find((each) => each === search.tab),
    period: PERIODS.find((each) => each === search.period),
    from: textLike(search.from, DAY),
    to: textLike(search.to, DAY),
    compare: search.compare === "none" ? "none" : undefined,
    by: textLike(search.by, WORD),
    filter:
      typeof search.filter === "string" ? search.filter.slice(0, LONGEST_FILTER) || undefined : undefined,
    segment: textLike(search.segment, WORD),
    customer: textLike(search.customer, ID),
  };
  // A key without a value would stand in the address.
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
}

const textLike = (value: unknown, form: RegExp): string | undefined =>
  typeof value === "string" && form.test(value) ? value : undefined;
