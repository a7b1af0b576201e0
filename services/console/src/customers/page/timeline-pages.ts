// The pages of a timeline as they are kept, and what has happened since put into its place among them.
import type { ListTimelineResponse, TimelineEntry } from "@guanxi/client/gen/guanxi";
import type { InfiniteData } from "@tanstack/react-query";

type Pages = InfiniteData<ListTimelineResponse, string | undefined>;

/** Two conditions as one; an empty one asks for nothing. */
export function both(a: string, b: string): string {
  if (!a || !b) return a || b;
  return `(${a}) && (${b})`;
}

const later = (a: TimelineEntry, b: TimelineEntry) =>
  (a.time ?? "") === (b.time ?? "") ? a.entryId > b.entryId : (a.time ?? "") > (b.time ?? "");

/**
 * What happened long ago may be told only now, so each entry goes where its time is; what would stand behind the last page that
 * was read comes with the pages after it.
 */
export function withNews(known: Pages, news: readonly TimelineEntry[]): Pages {
  const there = new Set(known.pages.flatMap(({ entries }) => entries.map(({ entryId }) => entryId)));
  const pages = known.pages.map((page) => ({ ...page, entries: [...page.entries] }));
  let changed = false;
  for (const entry of news) {
    if (there.has(entry.entryId)) continue;
    there.add(entry.entryId);
    changed = put(pages, entry) || changed;
  }
  return changed ? { ...known, pages } : known;
}

function put(pages: ListTimelineResponse[], entry: TimelineEntry): boolean {
  for (const { entries } of pages) {
    const place = entries.findIndex((each) => later(entry, each));
    if (place < 0) continue;
    entries.splice(place, 0, entry);
    return true;
  }
  const last = pages.at(-1);
  if (!last || last.nextPageToken) return false;
  last.entries.push(entry);
  return true;
}
