import { expect, test } from "vitest";
import { blocksOf, chainOf, type ToldEvent } from "./told.ts";

const STREAM = 'retry: 2000\nid: 7\n\n:\nid: 8\n\nevent: CustomerChanged\nid: 9\ndata: {"a":"b: c"}\n\n';

test("a stream is read the same whatever pieces it comes in", () => {
  const whole = blocksOf()(STREAM);
  expect(whole).toEqual([
    { event: "message", data: "", id: "7" },
    { event: "message", data: "", id: "8" },
    { event: "CustomerChanged", data: '{"a":"b: c"}', id: "9" },
  ]);
  for (let size = 1; size < STREAM.length; size += 1) {
    const take = blocksOf();
    const pieces = STREAM.match(new RegExp(`[^]{1,${size}}`, "g"))!;
    expect(pieces.flatMap(take)).toEqual(whole);
  }
});

const event = (eventId: string, causationId: string) => ({ meta: { eventId, causationId } }) as ToldEvent;

test("what was caused stands below its cause, and a cause that is not here begins a chain", () => {
  const events = [
    event("a", "request"),
    event("b", "a"),
    event("c", "request"),
    event("d", "b"),
    event("e", "a"),
  ];
  expect(chainOf(events).map(({ event: { meta }, depth }) => [meta.eventId, depth])).toEqual([
    ["a", 0],
    ["b", 1],
    ["d", 2],
    ["e", 1],
    ["c", 0],
  ]);
});
