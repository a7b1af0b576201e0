import { expect, test } from "vitest";
import { startOf, type StreamQuery } from "./stream-query.ts";

const EMPTY = { first: 1, last: 0 };
const SOME = { first: 5, last: 9 };
const PURGED = { first: 10, last: 9 };

const after = (place: number | undefined): StreamQuery => ({
  topics: [],
  customerId: undefined,
  correlationId: undefined,
  since: undefined,
  after: place,
});

test.for([
  ["nothing of a stream that never had anything", EMPTY, undefined, 1, false],
  ["its beginning", EMPTY, 0, 1, false],
  ["a place that it never had, being made anew", EMPTY, 7, 1, true],
  ["nothing", SOME, undefined, 10, false],
  ["what is gone", SOME, 3, 5, true],
  ["the last that is gone", SOME, 4, 5, false],
  ["one that is there", SOME, 5, 6, false],
  ["the last", SOME, 9, 10, false],
  ["one that is yet to come", SOME, 10, 5, true],
  ["all of what was purged", PURGED, 9, 10, false],
  ["some of what was purged", PURGED, 8, 10, true],
] as const)(
  "who has had %s goes on where nothing is left out, or is told of a gap",
  ([, places, had, from, gap]) => {
    expect(startOf(after(had), places)).toEqual({ from, gap });
  },
);
