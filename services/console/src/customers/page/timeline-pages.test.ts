import type { TimelineEntry } from "@guanxi/client/gen/guanxi";
import fc from "fast-check";
import { expect, test } from "vitest";
import { both, withNews } from "./timeline-pages.ts";

const entry = (entryId: string, minute: number) =>
  ({ entryId, time: new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString() }) as TimelineEntry;

const pagesOf = (entries: TimelineEntry[], size: number, more: boolean) => {
  const pages = [];
  for (let at = 0; at < entries.length || at === 0; at += size)
    pages.push({ entries: entries.slice(at, at + size), nextPageToken: "more", hiddenResources: [] });
  if (!more) pages.at(-1)!.nextPageToken = "";
  return { pages, pageParams: pages.map(() => undefined) };
};

const ids = (pages: { entries: TimelineEntry[] }[]) =>
  pages.flatMap(({ entries }) => entries.map(({ entryId }) => entryId));

const newestFirst = (a: TimelineEntry, b: TimelineEntry) =>
  a.time === b.time ? (a.entryId > b.entryId ? -1 : 1) : a.time! > b.time! ? -1 : 1;

test("what is told late goes where it happened", () => {
  const known = pagesOf([entry("c", 30), entry("a", 10)], 1, false);
  expect(ids(withNews(known, [entry("b", 20), entry("d", 40)]).pages)).toEqual(["d", "c", "b", "a"]);
});

test("what is behind the pages that were read comes with the next one", () => {
  const known = pagesOf([entry("c", 30)], 1, true);
  expect(withNews(known, [entry("a", 10)])).toBe(known);
});

test("news among all that is known stand in one order, each once", () => {
  const many = fc.uniqueArray(fc.integer({ min: 0, max: 40 }), { maxLength: 20 });
  fc.assert(
    fc.property(many, many, fc.integer({ min: 1, max: 7 }), (old, fresh, size) => {
      const one = (value: number) => entry(String(value).padStart(3, "0"), value % 9);
      const known = pagesOf(old.map(one).toSorted(newestFirst), size, false);
      const all = [...new Set([...old, ...fresh])].map(one).toSorted(newestFirst);
      expect(ids(withNews(known, fresh.map(one)).pages)).toEqual(all.map(({ entryId }) => entryId));
    }),
  );
});

test("two conditions are one, and an empty one asks for nothing", () => {
  expect(both("", "a")).toBe("a");
  expect(both("a", "")).toBe("a");
  expect(both("a || b", "c")).toBe("(a || b) && (c)");
});
