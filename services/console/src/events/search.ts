/** What stands in the address of this surface. */
export interface EventsSearch {
  view?: "letters";
  area?: string;
  type?: string;
  customer?: string;
  /** How many minutes back the feed begins; only what is new without it. */
  back?: number;
}

export const BACK = [10, 60, 1440];

const word = (value: unknown) =>
  typeof value === "string" && /^[\w-]{1,80}$/.test(value) ? value : undefined;

export function eventsSearch(search: Record<string, unknown>): EventsSearch {
  const [area, type, customer] = [word(search.area), word(search.type), word(search.customer)];
  const back = Number(search.back);
  return {
    ...(search.view === "letters" && { view: "letters" as const }),
    ...(area && { area }),
    ...(type && { type }),
    ...(customer && { customer }),
    ...(BACK.includes(back) && { back }),
  };
}
