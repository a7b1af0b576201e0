// How much is read of what passes, counted, which no stopwatch says as well.
import { fromBinary } from "@bufbuild/protobuf";
import { Customer } from "@guanxi/contract/guanxi/customer/v1/customer";
import { CustomerRegistered } from "@guanxi/contract/guanxi/customer/v1/customer_events";
import { loadContract } from "@guanxi/kit/contract";
import { register } from "prom-client";
import { expect, test, vi } from "vitest";
import { eventTypes } from "./stream-event.ts";
import type { StreamQuery } from "./stream-query.ts";
import { type Passing, tell } from "./stream-tell.ts";
import { newTurns } from "./stream-turns.ts";

const TENANT = "0190a1b2-0000-7000-8000-000000000001";
const OTHER = "0190a1b2-0000-7000-8000-000000000002";
const CUSTOMER = "0190a1b2-0000-7000-8000-00000000000a";
const SINCE = new Date("2026-03-01T00:00:00Z");

const registered = (custom: Record<string, unknown> = {}, meta = {}) =>
  CustomerRegistered.encode(
    CustomerRegistered.fromPartial({
      meta: { tenantId: TENANT, customerId: CUSTOMER, aggregateId: CUSTOMER, correlationId: "c1", ...meta },
      customer: Customer.fromPartial({ customerId: CUSTOMER, displayName: "晨光贸易", custom }),
    }),
  ).finish();

const passing = (seq: number, changes: Partial<Passing> = {}): Passing => ({
  seq,
  subject: `guanxi.${TENANT}.customer.v1.CustomerRegistered.p00`,
  data: registered(),
  time: SINCE,
  headers: new Headers({ "ce-partitionkey": CUSTOMER }) as never,
  ...changes,
});

interface Listening {
  readonly query?: Partial<StreamQuery>;
  readonly grants?: readonly string[];
  readonly rest?: () => Promise<void>;
}

async function listen(messages: readonly Passing[], { query, grants = ["read"], rest }: Listening = {}) {
  const told: { event: string; data: { sequence?: string; firstSequence?: string }; place?: number }[] = [];
  const places: number[] = [];
  const read = vi.fn<typeof fromBinary>(fromBinary);
  const error = vi.fn<(about: object, text: string) => void>();
  await tell({
    query: {
      topics: [],
      customerId: undefined,
      correlationId: undefined,
      since: undefined,
      after: 0,
      ...query,
    },
    tenantId: TENANT,
    feed: {
      until: messages.length,
      messages: (async function* () {
        yield* messages;
      })(),
    },
    out: {
      passed: (place) => void places.push(place),
      async event(event, data, place) {
        told.push({ event, data: JSON.parse(data) as object, ...(place !== undefined && { place }) });
      },
    },
    types: eventTypes(loadContract(), read as typeof fromBinary),
    rights: { may: (_, action) => grants.includes(action), outdated() {}, current: async () => undefined },
    turns: newTurns(rest),
    log: { error } as never,
  });
  return { told, places, error, reads: read.mock.calls.length };
}

const outcomes = async () => {
  const { values } = await register.getSingleMetric("http_stream_events_total")!.get();
  return Object.fromEntries(values.map(({ labels, value }) => [labels.outcome, value]));
};

test("what one asked for and may read is read once, and told", async () => {
  const { told, reads } = await listen([passing(1), passing(2)]);
  expect(told).toMatchObject([
    { event: "CustomerRegistered", data: { sequence: "1" }, place: 1 },
    { event: "CustomerRegistered", data: { sequence: "2" }, place: 2 },
    { event: "caught-up" },
  ]);
  expect(reads).toBe(2);
});

test.for<[string, Partial<Passing>, Listening]>([
  ["another topic", {}, { query: { topics: ["sales", "customer.CustomerChanged"] } }],
  ["another customer", {}, { query: { customerId: OTHER } }],
  ["another customer, by an event without headers", { headers: undefined }, { query: { customerId: OTHER } }],
  ["another chain of causes", {}, { query: { correlationId: "c2" } }],
  ["an earlier time", { time: new Date(SINCE.getTime() - 1) }, { query: { since: SINCE } }],
  ["what one may not read", {}, { grants: ["read_personal"] }],
  ["another company", { subject: `guanxi.${OTHER}.customer.v1.CustomerRegistered.p00` }, {}],
  ["another company, under a subject of this one", { data: registered({}, { tenantId: OTHER }) }, {}],
  ["a later release", { subject: `guanxi.${TENANT}.customer.v2.CustomerRegistered.p00` }, {}],
])("of %s nothing is read, and the place goes on", async ([, changes, listening]) => {
  const { told, places, reads, error } = await listen([passing(1, changes), passing(2, changes)], listening);
  expect([reads, places]).toEqual([0, [1, 2]]);
  expect(told.map(({ event }) => event)).toEqual(["caught-up"]);
  expect(error).not.toHaveBeenCalled();
});

test("a long past that nobody may read is gone through by turns", async () => {
  const rest = vi.fn<() => Promise<void>>(async () => undefined);
  const { places } = await listen(
    Array.from({ length: 1_000 }, (_, index) => passing(index + 1)),
    { grants: [], rest },
  );
  expect(places).toHaveLength(1_000);
  expect(rest).toHaveBeenCalledTimes(9);
});

test.for<[string, Uint8Array]>([
  ["that is no message", Buffer.from("not a message")],
  ["without meta", new Uint8Array()],
  ["that has no JSON", registered({ rate: Number.NaN })],
])("an event %s is told as a gap, noted and counted, and what follows comes", async ([, data]) => {
  register.resetMetrics();
  const { told, error } = await listen([passing(1), passing(2, { data }), passing(3)]);
  expect(told).toMatchObject([
    { event: "CustomerRegistered", place: 1 },
    { event: "gap", data: { firstSequence: "3" }, place: 2 },
    { event: "CustomerRegistered", place: 3 },
    { event: "caught-up" },
  ]);
  expect(error).toHaveBeenCalledExactlyOnceWith(
    expect.objectContaining({ sequence: 2, subject: passing(2).subject }),
    expect.any(String),
  );
  expect(await outcomes()).toEqual({ told: 2, unreadable: 1 });
});

test("who has not the right to read it is told of no gap either", async () => {
  const { told } = await listen([passing(1, { data: Buffer.from("not a message") })], { grants: [] });
  expect(told.map(({ event }) => event)).toEqual(["caught-up"]);
});
